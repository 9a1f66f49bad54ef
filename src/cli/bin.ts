#!/usr/bin/env node
// The entry of the command: connects it with the process.

import { createRequire } from 'node:module';
import { main } from './main.js';

// Whoever reads has had enough (| head): what is left to print goes nowhere, and the exit code stays what it is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 3;
  });
}

const { version } = createRequire(import.meta.url)('jwtight/package.json') as { version: string };
const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(
  process.argv.slice(2),
  { stdin, stdout, stderr, env, cwd: process.cwd(), clock: Date.now },
  version,
);
