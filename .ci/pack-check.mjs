// Packs the built package, looks at what is in it, installs the tarball into an empty project, and uses it there as a
// stranger would: imported, required, type-checked in both module systems, and at the command line. Runs under the Node
// that calls it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Code and types; who made the data; what npm always takes. No maps: the code is not minified. */
const SHIPPED =
  /^(?:dist\/[\w./-]+\.(?:js|cjs|d\.ts|d\.cts)|src\/entropy\/data\/NOTICE\.md|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const NEEDED = ['package.json', 'README.md', 'LICENSE', 'src/entropy/data/NOTICE.md'];
/** Bytes, packed. Raise it for a feature, not for an accident. */
const LARGEST = 600_000;

const root = fileURLToPath(new URL('../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json');
const modules = subpaths.map((subpath) => manifest.name + subpath.slice(1));

const roundTrip = `
  const { privateKey, publicKey } = await key('ES256').id().generate();
  const token = await sign(claims().issuer('i').audience('a').subject('s').expiresIn('1m'), privateKey);
  const verify = createVerifier({ keys: publicKey, issuer: 'i', audience: 'a' });
  const result = await verify(token);
  if (result.claims.sub !== 's') throw new Error('the subject was lost');
`;

const sameNames = `
  for (const module of ${JSON.stringify(modules)}) {
    const names = (namespace) => Object.keys(namespace).filter((name) => !['default', 'module.exports'].includes(name)).sort();
    const imported = names(await import(module));
    const required = names(require(module));
    if (imported.length === 0) throw new Error(module + ' exports nothing');
    if (imported.join() !== required.join()) throw new Error(module + ': import and require export different names');
  }
`;

const typed = `
  import { claims, createVerifier, key, sign } from '${manifest.name}';
  ${modules.map((module, i) => `import * as m${i} from '${module}';`).join('\n')}
  export const namespaces: object[] = [${modules.map((_, i) => `m${i}`)}];
  export async function subject(): Promise<string | undefined> {
    ${roundTrip}
    return result.claims.sub;
  }
  // @ts-expect-error: a misspelt algorithm does not type-check, so these are types and not \`any\`.
  key('HS265');
`;

const files = {
  'package.json': JSON.stringify({ name: 'consumer', private: true }),
  'imports.mjs': `
    import { createRequire } from 'node:module';
    import { claims, createVerifier, key, sign } from '${manifest.name}';
    const require = createRequire(import.meta.url);
    ${sameNames} ${roundTrip}`,
  'requires.cjs': `
    const { claims, createVerifier, key, sign } = require('${manifest.name}');
    (async () => { ${roundTrip} })();`,
  'typed.mts': typed,
  'typed.cts': typed,
  // With skipLibCheck off and no Node types: the declarations have to stand on their own.
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      lib: ['ES2022', 'DOM'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    },
  }),
};

/** Every file that the package's entries lead to, by way of imports, requires and types. */
function reachable() {
  const targets = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry ?? {}).flatMap(targets));
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, specifier] of text.matchAll(/\b(?:from|import|require)\s*\(?\s*['"](\.\.?\/[^'"]+)['"]/g)) {
      const target = posix.join(posix.dirname(path), specifier);
      visit(/\.d\.c?ts$/.test(path) ? target.replace(/\.(c?)js$/, '.d.$1ts') : target);
    }
  };
  for (const path of [manifest.exports, manifest.bin].flatMap(targets)) visit(posix.normalize(path));
  found.delete('package.json');
  return found;
}

const consumer = mkdtempSync(join(tmpdir(), 'pack-check-'));
const run = (command, ...args) => execFileSync(command, args, { cwd: consumer, stdio: ['ignore', 'pipe', 'inherit'] });

/** The installed command: makes a key, signs with it, verifies with its public half. */
function checkCommand() {
  const version = String(run('npx', '--offline', 'jwtight', '--version')).trim();
  if (version !== manifest.version) throw new Error('the command says another version than package.json');
  // What npm has linked, under this very Node.
  const bin = realpathSync(join(consumer, 'node_modules/.bin/jwtight'));
  const jwtight = (...args) => String(run(process.execPath, bin, ...args));
  jwtight('keygen', 'ES256', '--out', 'private.jwk', '--public-out', 'public.jwk');
  if (process.platform !== 'win32' && (statSync(join(consumer, 'private.jwk')).mode & 0o777) !== 0o600)
    throw new Error('others may read the private key');
  const policy = ['--issuer', 'i', '--audience', 'a'];
  const token = jwtight('sign', '--key-file', 'private.jwk', ...policy, '--expires-in', '1m');
  writeFileSync(join(consumer, 'token.txt'), token);
  const verified = jwtight('verify', '--token-file', 'token.txt', '--key-file', 'public.jwk', ...policy, '--json');
  if (JSON.parse(verified).claims.iss !== 'i') throw new Error('the issuer was lost');
  const audited = JSON.parse(jwtight('audit', 'token.txt', 'public.jwk', '--json'));
  if (audited.audits.length !== 2) throw new Error('the audit looked at something else');
}

try {
  const [tarball] = JSON.parse(run('npm', 'pack', root, '--json', '--pack-destination', consumer));
  const shipped = tarball.files.map(({ path }) => path);
  const used = reachable();
  const stray = shipped.filter((path) => !SHIPPED.test(path) || (path.startsWith('dist/') && !used.has(path)));
  if (stray.length > 0) throw new Error(`the tarball holds ${stray.join(', ')}`);
  const missing = [...NEEDED, ...used].filter((path) => !shipped.includes(path));
  if (missing.length > 0) throw new Error(`the tarball lacks ${missing.join(', ')}`);
  if (tarball.size > LARGEST) throw new Error(`the tarball has ${tarball.size} bytes, more than ${LARGEST}`);

  for (const [file, text] of Object.entries(files)) writeFileSync(join(consumer, file), text);
  run('npm', 'install', '--offline', '--no-audit', '--no-fund', `./${tarball.filename}`);
  run(process.execPath, 'imports.mjs');
  run(process.execPath, 'requires.cjs');
  checkCommand();
  run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'));
  console.log(
    `${tarball.filename} (${tarball.files.length} files, ${tarball.size} bytes) works in Node ${process.version}`,
  );
} catch (error) {
  // What tsc finds goes to standard output.
  console.error(error.stdout ? `${error.message}\n${error.stdout}` : error.message);
  process.exitCode = 1;
} finally {
  rmSync(consumer, { recursive: true, force: true });
}
