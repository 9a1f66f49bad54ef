// What `audit` looks at: one subject of everything that options name, and one for each thing found in a file.

import type { AuditSubject, SecretEnvironment } from '../audit/subject.js';
import type { SarifRegion } from '../audit/to-sarif.js';
import { isAlgorithm } from '../keys/algorithms.js';
import type { Context } from './command.js';
import { readEnvFile } from './env-file.js';
import { unusable, usage } from './exit.js';
import { readSecret } from './key-input.js';
import { isUrl, keySetDocument } from './key-set-input.js';
import { toJsonObject } from './read-text.js';
import { isReference, isSecretName, looksLikeToken, subjectByForm } from './recognise.js';
import { warnOfHistory } from './token-input.js';

/** Something to audit, and where it was found. */
export interface AuditItem {
  /** What it is called in the output. */
  readonly source: string;
  /** The file, as it was given. */
  readonly path?: string;
  readonly region?: SarifRegion;
  readonly subject: AuditSubject;
}

const SECRET_SOURCES = ['code', 'config', 'env', 'file', 'vault'] as const;
type SecretSource = NonNullable<SecretEnvironment['secretSource']>;

/** Everything that the command line names, in its order. */
export async function readAuditItems(context: Context): Promise<AuditItem[]> {
  const { args, reader, output } = context;
  const items: AuditItem[] = [];
  const combined = await readCombined(context);
  if (combined) items.push(combined);
  for (const path of args.list('env')) items.push(...readVariables(await reader.file(path, '--env'), path, context));
  for (const [i, word] of args.positionals.entries()) {
    if (looksLikeToken(word)) {
      warnOfHistory(output, 'token', '--token-file or --token-env');
      items.push({ source: 'the token', subject: { token: word } });
    } else {
      const what = word === '-' ? 'standard input' : args.positionals.length === 1 ? 'the file' : `file ${i + 1}`;
      items.push(...readByForm(await reader.file(word, what), word, what, context));
    }
  }
  if (items.length > 0) return items;
  if (reader.isInteractive) throw usage('nothing to audit: pass files, or options such as --token-file and --jwks');
  return readByForm(await reader.stdin('standard input'), '-', 'standard input', context);
}

/** The subject that the options make together: a token with its key, a secret with where it comes from. */
async function readCombined(context: Context): Promise<AuditItem | undefined> {
  const { args, io, reader, output } = context;
  const token = args.only('token-file', 'token-env');
  const key = args.only('key-file', 'key-env');
  const subjectFile = args.text('subject');
  const algorithm = args.text('algorithm');
  const subject: Record<string, unknown> =
    subjectFile === undefined ? {} : toJsonObject(await reader.file(subjectFile, '--subject'), '--subject');
  const add = (name: string, value: unknown, option: string) => {
    if (Object.hasOwn(subject, name)) throw usage(`--${option} and --subject both have a ${name}: leave one out`);
    subject[name] = value;
  };
  const paths = [subjectFile];
  for (const [name, option] of [
    ['token', token],
    ['key', key],
  ] as const) {
    if (!option) continue;
    const value = args.text(option)!;
    const isFile = option.endsWith('-file');
    if (isFile) paths.push(value);
    add(name, isFile ? await reader.file(value, `--${option}`) : reader.variable(value, `--${option}`), option);
  }
  const secret = await readSecret(args, reader, output);
  if (secret) {
    add('secret', secret.text, secret.what.slice(2));
    add('environment', environmentOf(context), secret.what.slice(2));
    paths.push(args.text('secret-file'));
  }
  const jwks = args.text('jwks');
  if (jwks !== undefined) {
    add('jwks', await keySetDocument(jwks, reader, io), 'jwks');
    if (!isUrl(jwks)) paths.push(jwks);
  }
  if (Object.keys(subject).length === 0) return undefined;
  if (algorithm !== undefined) add('algorithm', algorithm, 'algorithm');
  const path = paths.find((path) => path !== undefined && path !== '-');
  const source = path ?? `the ${Object.keys(subject).find((name) => name !== 'environment' && name !== 'algorithm')}`;
  return { source, subject: subject as AuditSubject, ...(path !== undefined && { path }) };
}

/** Where the secret of the options comes from. */
function environmentOf({ args }: Context): SecretEnvironment {
  const variable = args.text('secret-env');
  const byOption: SecretSource | undefined =
    variable !== undefined ? 'env' : args.has('secret-file') ? 'file' : undefined;
  const secretSource = args.oneOf('secret-source', SECRET_SOURCES) ?? byOption;
  return { ...(secretSource && { secretSource }), ...(variable !== undefined && { variable }) };
}

/** What a file holds, told by its form and, for variables, by its name. */
function readByForm(text: string, path: string, what: string, context: Context): AuditItem[] {
  const file = path === '-' ? undefined : path;
  const source = file ?? what;
  const item = (subject: AuditSubject, line?: number): AuditItem => ({
    source: line === undefined ? source : `${source}:${line}`,
    subject,
    ...(file !== undefined && { path: file }),
    ...(line !== undefined && { region: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 } }),
  });
  if (/(^|[/\\])\.env[^/\\]*$|\.env$/.test(path)) return readVariables(text, path, context);
  const subject = subjectByForm(text);
  if (subject) return [item(subject)];
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const tokens = lines.flatMap((line, i) => (looksLikeToken(line) ? [item({ token: line }, i + 1)] : []));
  if (tokens.length > 0 && lines.every((line) => line === '' || line.startsWith('#') || looksLikeToken(line)))
    return tokens;
  if (text.trimStart().startsWith('{'))
    throw unusable(`${what} is JSON, but no JWK Set and no JWK: pass a described set-up with --subject`);
  if (readEnvFile(text).length > 0) return readVariables(text, path, context);
  throw unusable(
    `${what} is none of: token, .env, JWK Set, JWK, PEM; say what it is: --token-file, --key-file, --secret-file`,
  );
}

/** The secrets, tokens and keys among the variables of a .env file. */
function readVariables(text: string, path: string, { args }: Context): AuditItem[] {
  const entries = readEnvFile(text);
  const named = entries.find(({ name, value }) => /^JWT_ALG(ORITHM)?$/i.test(name) && isAlgorithm(value))?.value;
  const algorithm = args.text('algorithm') ?? (named?.startsWith('HS') ? named : undefined);
  const wanted = args.list('variable');
  const secretSource = args.oneOf('secret-source', SECRET_SOURCES) ?? 'env';
  const file = path === '-' ? undefined : path;
  const items = entries.flatMap(({ name, value, region }): AuditItem[] => {
    if (value === '' || isReference(value)) return [];
    const isSecret = wanted.includes(name) || isSecretName(name);
    const subject =
      subjectByForm(value) ??
      (isSecret
        ? {
            secret: value,
            environment: { secretSource, variable: name },
            ...(algorithm !== undefined && { algorithm }),
          }
        : undefined);
    if (!subject) return [];
    const source = `${file ?? 'standard input'}:${region.startLine} ${name}`;
    return [{ source, region, subject, ...(file !== undefined && { path: file }) }];
  });
  if (!wanted.every((name) => entries.some((entry) => entry.name === name)))
    throw unusable('--variable: the .env file has no such variable');
  if (items.length === 0)
    throw unusable('the .env file has no secret, token or key that is recognised: name a secret with --variable NAME');
  return items;
}
