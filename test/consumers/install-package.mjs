// Packs the built package and unpacks it into node_modules, so that every consumer has what a stranger gets.
// Not a dependency of package.json: its lockfile would then hold a hash that every build changes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = fileURLToPath(new URL('node_modules/jwtight', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jwtight-pack-'));
try {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const report = JSON.parse(packed);
  const { filename } = Array.isArray(report) ? report[0] : Object.values(report)[0];
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', target]);
} finally {
  rmSync(folder, { recursive: true });
}
