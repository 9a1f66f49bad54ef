// Lets a private package below test/ import the built package by its name. Not a `file:` dependency: its lockfile would
// then hold the version and dependencies of this package, and be out of step with every change of them.
import { rmSync, symlinkSync } from 'node:fs';

const link = 'node_modules/jwtight';
rmSync(link, { force: true });
symlinkSync('../../..', link, 'junction');
