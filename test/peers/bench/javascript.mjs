// What a call costs besides cryptography: crypto.subtle answers at once with a promise that has been kept already.
// node bench/javascript.mjs, in test/peers, prints the table of docs/benchmarks.md; node --cpu-prof shows where it goes.
import { candidates } from './candidates.mjs';

const TURNS = 27;
const CALLS = 5000;

/** The thread's CPU in microseconds a call. */
async function turn(task) {
  const start = process.threadCpuUsage();
  for (let i = 0; i < CALLS; i++) await task();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / CALLS;
}

const subtle = Object.getPrototypeOf(crypto.subtle);
const { verify, sign } = subtle;
console.log('| | jwtight | jose | ÷ |\n|---|--:|--:|--:|');
for (const alg of ['HS256', 'RS256', 'ES256']) {
  const tasks = await candidates(alg);
  const signature = Promise.resolve(new ArrayBuffer(64));
  const valid = Promise.resolve(true);
  Object.assign(subtle, { verify: () => valid, sign: () => signature });
  for (const operation of ['verify', 'sign']) {
    const least = { jwtight: Infinity, jose: Infinity };
    for (let i = 0; i < TURNS; i++)
      for (const name of Object.keys(least)) least[name] = Math.min(least[name], await turn(tasks[operation][name]));
    const { jwtight, jose } = least;
    console.log(
      `| ${alg} ${operation} | ${jwtight.toFixed(1)} | ${jose.toFixed(1)} | ${(jwtight / jose).toFixed(2)} |`,
    );
  }
  Object.assign(subtle, { verify, sign });
}
