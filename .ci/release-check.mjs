// Makes the next release in a copy, publishes nothing, and holds version, changelog and lockfile against the changesets.
// Needs no network. Where there are no changesets, the version that stands is checked in their place.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'release-check-'));

const read = (file) => readFileSync(join(copy, file), 'utf8');
const json = (file) => JSON.parse(read(file));
const run = (command, ...args) =>
  execFileSync(command, args, {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_config_offline: 'true' },
  });
const git = (...args) => run('git', '-c', 'user.name=check', '-c', 'user.email=check@localhost', ...args);

/** The version after a change of this size (Semantic Versioning 2.0.0 §6–8). */
function bump(version, type) {
  const [major, minor, patch] = version.split('.').map(Number);
  return { major: [major + 1, 0, 0], minor: [major, minor + 1, 0], patch: [major, minor, patch + 1] }[type].join('.');
}

/** The text below a heading, up to the next one of its level or above. */
function section(text, heading) {
  const level = heading.indexOf(' ');
  const [, body] = text.split(new RegExp(`^${heading.replaceAll('.', '\\.')}$`, 'm'));
  return body?.split(new RegExp(`^#{1,${level}} `, 'm'))[0];
}

const words = (text) => text.split(/\s+/).filter(Boolean).join(' ');

try {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of files.toString().split('\0').filter(Boolean))
    if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--no-verify', '--message=The state to release');

  const before = json('package.json');
  const lockBefore = json('package-lock.json');
  const logBefore = existsSync(join(copy, 'CHANGELOG.md')) ? read('CHANGELOG.md') : '';
  run('npm', 'run', 'changeset', '--', 'status', '--output=plan.json');
  const changes = json('plan.json').changesets.map(({ summary, releases }) => ({ summary, type: releases[0]?.type }));
  rmSync(join(copy, 'plan.json'));
  const used = changes.filter(({ type }) => type !== undefined && type !== 'none');
  const largest = ['major', 'minor', 'patch'].find((size) => used.some(({ type }) => type === size));
  const version = largest ? bump(before.version, largest) : before.version;

  // Without a changeset, not even an empty one, it refuses to run.
  if (changes.length > 0) run('npm', 'run', 'version-packages');

  const after = json('package.json');
  assert.deepEqual(after, { ...before, version }, 'package.json changes in its version alone');
  const ownBefore = { ...lockBefore.packages[''], version };
  assert.deepEqual(
    json('package-lock.json'),
    { ...lockBefore, version, packages: { ...lockBefore.packages, '': ownBefore } },
    'package-lock.json changes in the version of the package alone',
  );
  const left = readdirSync(join(copy, '.changeset')).filter((name) => /\.md$/.test(name) && name !== 'README.md');
  assert.deepEqual(left, [], 'the changesets are spent');

  if (largest) {
    const log = read('CHANGELOG.md');
    assert(log.startsWith(`# ${before.name}\n\n## ${version}\n`), 'CHANGELOG.md begins with the new version');
    const entry = section(log, `## ${version}`);
    for (const type of ['major', 'minor', 'patch']) {
      const summaries = used.filter((change) => change.type === type).map(({ summary }) => words(summary));
      const part = section(entry, `### ${type[0].toUpperCase()}${type.slice(1)} Changes`);
      // The items of the list, without the commit that changesets puts before each.
      const items = (part ?? '')
        .split(/^- /m)
        .slice(1)
        .map((item) => words(item.replace(/^[\da-f]{7,}: /, '')));
      assert.deepEqual(items.toSorted(), summaries.toSorted(), `CHANGELOG.md has the ${type} changes`);
    }
    const older = logBefore.replace(/^# .*\n/, '');
    assert(log.endsWith(older), 'CHANGELOG.md keeps what it had');
  }

  const published = JSON.parse(run('npm', 'publish', '--dry-run', '--json', '--ignore-scripts'));
  assert.equal(published.id ?? published[before.name].id, `${before.name}@${version}`);
  console.log(`${before.name} ${before.version} → ${version}, changes: ${used.length}`);
} catch (error) {
  console.error(error.stdout ? `${error.message}\n${error.stdout}` : error.message);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
