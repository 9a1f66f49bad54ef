// What the libraries weigh: bytes in a bundle, CPU to import.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { median } from './measure.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

const VERIFY = 'verify, import a key';
const SIGN = '… and sign';
const REMOTE = 'verify, import a key, remote keys';

const ENTRIES = {
  [VERIFY]: {
    jwtight: "export { createVerifier, key } from 'jwtight';",
    jose: "export { jwtVerify, importJWK } from 'jose';",
    hono: "export { verify } from 'hono/jwt';",
    '@tsndr': "export { verify } from '@tsndr/cloudflare-worker-jwt';",
    'fast-jwt': "export { createVerifier } from 'fast-jwt';",
    jsonwebtoken: "import jwt from 'jsonwebtoken'; export const { verify } = jwt;",
  },
  [SIGN]: {
    jwtight: "export { createVerifier, key, sign, claims, header } from 'jwtight';",
    jose: "export { jwtVerify, importJWK, SignJWT } from 'jose';",
    hono: "export { verify, sign } from 'hono/jwt';",
    '@tsndr': "export { verify, sign } from '@tsndr/cloudflare-worker-jwt';",
    'fast-jwt': "export { createVerifier, createSigner } from 'fast-jwt';",
    jsonwebtoken: "import jwt from 'jsonwebtoken'; export const { verify, sign } = jwt;",
  },
  [REMOTE]: {
    jwtight: "export { createVerifier, key } from 'jwtight'; export { remoteJwks } from 'jwtight/jwks';",
    jose: "export { jwtVerify, importJWK, createRemoteJWKSet } from 'jose';",
  },
};

/** Bytes minified and gzipped, by what is taken and from which library. */
export async function sizes() {
  const table = {};
  for (const [what, entries] of Object.entries(ENTRIES)) {
    table[what] = {};
    for (const [name, contents] of Object.entries(entries)) {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        platform: ['fast-jwt', 'jsonwebtoken'].includes(name) ? 'node' : 'browser',
        logLevel: 'error',
      });
      table[what][name] = gzipSync(outputFiles[0].contents, { level: 9 }).length;
    }
  }
  return table;
}

const IMPORTS = {
  nothing: '',
  jwtight: "await import('jwtight');",
  jose: "await import('jose');",
  'fast-jwt': "await import('fast-jwt');",
  jsonwebtoken: "await import('jsonwebtoken');",
  hono: "await import('hono/jwt');",
  '@tsndr': "await import('@tsndr/cloudflare-worker-jwt');",
};

/** Milliseconds of CPU above those of an empty process, each in processes of its own that take turns. */
export function importTimes(rounds) {
  const times = Object.fromEntries(Object.keys(IMPORTS).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, code] of Object.entries(IMPORTS)) {
      const source = `${code} const { user, system } = process.cpuUsage(); console.log(user + system);`;
      const output = execFileSync(process.execPath, ['--input-type=module', '--eval', source], { cwd: folder });
      times[name].push(Number(output) / 1000);
    }
  const { nothing, ...rest } = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
  return Object.fromEntries(Object.entries(rest).map(([name, time]) => [name, time - nothing]));
}
