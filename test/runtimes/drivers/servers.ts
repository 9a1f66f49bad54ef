// Node, Deno, Bun and workerd: a process that prints its outcomes.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ML_DSA, type Runtime, readOutcomes } from './driver.ts';

const execute = promisify(execFile);

async function outcomesOf(command: string, args: readonly string[]) {
  const { stdout, stderr } = await execute(command, args, { timeout: 120_000, maxBuffer: 1 << 24 });
  return readOutcomes(`${stdout}\n${stderr}`);
}

const modules = new URL('../node_modules/', import.meta.url).pathname;

function node(version: number, lacks: readonly string[]): Runtime {
  return {
    name: `Node ${version}`,
    lacks,
    drive: ({ folder }) => outcomesOf(`${modules}node${version}/bin/node`, [`${folder}/main.mjs`]),
  };
}

export const servers: readonly Runtime[] = [
  node(20, ML_DSA),
  node(22, ML_DSA),
  node(24, []),
  node(26, []),
  {
    name: 'Deno',
    lacks: [],
    drive: ({ folder, keyHost }) =>
      outcomesOf(`${modules}.bin/deno`, ['run', '--no-prompt', `--allow-net=${keyHost}`, `${folder}/main.mjs`]),
  },
  { name: 'Bun', lacks: [], drive: ({ folder }) => outcomesOf(`${modules}.bin/bun`, [`${folder}/main.mjs`]) },
  {
    name: 'workerd',
    lacks: ML_DSA,
    drive: ({ folder }) => outcomesOf(`${modules}.bin/workerd`, ['test', `${folder}/workerd.capnp`]),
  },
];
