// The keys of a command: which option, what text, and what the library makes of it.

import { parseJsonObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import { ALGORITHMS, type Algorithm, type HmacAlgorithm, isAlgorithm } from '../keys/algorithms.js';
import { key } from '../keys/builder.js';
import type { SecretTextEncoding } from '../keys/import-secret.js';
import type { Jwk } from '../keys/jwk.js';
import type { AnyKey, SigningKey, VerificationKey } from '../keys/key.js';
import type { Arguments, OptionTable } from './arguments.js';
import { unusable, usage } from './exit.js';
import type { Output } from './io.js';
import type { TextReader } from './read-text.js';
import { warnOfHistory } from './token-input.js';

/** How a secret can be written. */
export const SECRET_ENCODINGS: readonly SecretTextEncoding[] = ['text', 'base64url', 'base64', 'hex'];

/** Where a secret comes from. */
export const SECRET_OPTIONS: OptionTable = {
  'secret-file': { value: 'FILE', help: 'read the secret from a file; - is standard input' },
  'secret-env': { value: 'NAME', help: 'read the secret from an environment variable' },
  secret: { value: 'TEXT', help: 'the secret itself; warned of, since the shell keeps it' },
};

/** Where a key comes from: key file or secret. */
export const KEY_OPTIONS: OptionTable = {
  'key-file': { value: 'FILE', help: 'read the key from a file: PEM or JWK; - is standard input' },
  'key-env': { value: 'NAME', help: 'read the key from an environment variable: PEM or JWK' },
  ...SECRET_OPTIONS,
  'secret-encoding': { value: 'ENCODING', help: `how the secret is written: ${SECRET_ENCODINGS.join(', ')}` },
};

/** The text of a secret and the option it came from. */
export interface GivenSecret {
  readonly text: string;
  readonly what: string;
}

/** A key before anything is made of it. */
export type GivenKey =
  | { readonly kind: 'pem'; readonly pem: string; readonly what: string }
  | { readonly kind: 'jwk'; readonly jwk: Jwk; readonly what: string }
  | (GivenSecret & { readonly kind: 'secret' });

/** A builder whose algorithm is only known when it runs. */
type AnyBuilder = Record<'secret' | 'private' | 'public', (source: object) => Promise<AnyKey>>;

/** The options that give a secret, and those that give a key or a secret: one of them at a time. */
const SECRET_NAMES: readonly string[] = ['secret-file', 'secret-env', 'secret'];
export const KEY_NAMES: readonly string[] = ['key-file', 'key-env', ...SECRET_NAMES];

/** The secret, where one was given. */
export async function readSecret(
  args: Arguments,
  reader: TextReader,
  output: Output,
): Promise<GivenSecret | undefined> {
  const option = args.only(...SECRET_NAMES);
  if (option === undefined) return undefined;
  const value = args.text(option)!;
  const what = `--${option}`;
  if (option === 'secret-file') return { text: await reader.file(value, what), what };
  if (option === 'secret-env') return { text: reader.variable(value, what), what };
  if (value === '') throw usage('--secret is empty: is the variable in it set?');
  warnOfHistory(output, 'secret', '--secret-file or --secret-env');
  return { text: value, what };
}

/** The key or secret, where one was given. */
export async function readKey(args: Arguments, reader: TextReader, output: Output): Promise<GivenKey | undefined> {
  const option = args.only(...KEY_NAMES);
  if (option === undefined) return undefined;
  if (option.startsWith('secret')) return { kind: 'secret', ...(await readSecret(args, reader, output))! };
  const what = `--${option}`;
  const value = args.text(option)!;
  const text = option === 'key-file' ? await reader.file(value, what) : reader.variable(value, what);
  if (text.includes('-----BEGIN ')) {
    // Variables and .env files often have their line breaks written out; a PEM has no other backslash.
    return { kind: 'pem', pem: text.replaceAll('\\r', '').replaceAll('\\n', '\n'), what };
  }
  const jwk = parseJsonObject(text);
  if (!jwk) throw unusable(`${what} is neither PEM nor a JWK in JSON; a secret is passed with --secret-file`);
  if (Array.isArray(jwk.keys)) throw unusable(`${what} is a key set: pass it with --jwks`);
  return { kind: 'jwk', jwk: jwk as Jwk, what };
}

/** The algorithms of `--algorithm`, of which there may be several. */
export function readAlgorithms(args: Arguments): Algorithm[] {
  const names = args.list('algorithm');
  if (!names.every(isAlgorithm)) throw usage(`--algorithm takes one of ${Object.keys(ALGORITHMS).join(', ')}`);
  return names as Algorithm[];
}

/** How the secret is written: said, never guessed. */
export function secretEncoding(args: Arguments): SecretTextEncoding {
  const encoding = args.oneOf('secret-encoding', SECRET_ENCODINGS);
  if (!encoding) throw usage(`say how the secret is written: --secret-encoding ${SECRET_ENCODINGS.join(', ')}`);
  return encoding;
}

/** Imports the key as one that signs. */
export async function signingKey(given: GivenKey, args: Arguments): Promise<SigningKey> {
  return (await importGiven(given, args, 'private')) as SigningKey;
}

/** Imports the key as one that verifies. */
export async function verificationKey(given: GivenKey, args: Arguments): Promise<VerificationKey> {
  return (await importGiven(given, args, 'public')) as VerificationKey;
}

/** The same, of which a diagnosis can take the bytes of a secret. */
export async function diagnosedKey(given: GivenKey, args: Arguments): Promise<VerificationKey> {
  return (await importGiven(given, args, 'public', true)) as VerificationKey;
}

async function importGiven(
  given: GivenKey,
  args: Arguments,
  role: 'private' | 'public',
  extractable = false,
): Promise<AnyKey> {
  const algorithm = algorithmOf(given, args);
  const isHmac = ALGORITHMS[algorithm].keyType === 'oct';
  const { kind, what } = given;
  checkKind(given, algorithm);
  const kid = args.text('kid');
  const source =
    kind === 'secret'
      ? { [secretEncoding(args)]: given.text }
      : kind === 'pem'
        ? { pem: given.pem }
        : { jwk: given.jwk };
  return blaming(what, () => {
    const named = kid === undefined ? key(algorithm) : key(algorithm).id(kid);
    const builder = (extractable ? named.extractable() : named) as unknown as AnyBuilder;
    return builder[isHmac ? 'secret' : role](source);
  });
}

/** Checks that a secret is for an algorithm that has one, and a PEM is not. */
export function checkKind({ kind }: GivenKey, algorithm: Algorithm): void {
  const isHmac = ALGORITHMS[algorithm].keyType === 'oct';
  if (kind === 'secret' && !isHmac) throw usage(`${algorithm} needs a key pair: pass --key-file instead of a secret`);
  if (kind === 'pem' && isHmac) throw usage(`${algorithm} needs a secret: a PEM is never one`);
}

/** What the key is for: `--algorithm`, or the JWK's own alg. */
function algorithmOf(given: GivenKey, args: Arguments): Algorithm {
  const [algorithm, ...more] = readAlgorithms(args);
  if (more.length > 0) throw usage('a key has one algorithm: pass --algorithm once');
  if (algorithm) return algorithm;
  if (given.kind === 'jwk' && given.jwk.alg !== undefined) {
    if (isAlgorithm(given.jwk.alg)) return given.jwk.alg;
    throw unusable(`${given.what}: the alg of the JWK is none that jwtight knows`);
  }
  throw usage(
    `say what the key is for: --algorithm ${given.kind === 'secret' ? ('HS256' satisfies HmacAlgorithm) : 'ES256'}, or another`,
  );
}

/** Puts the option in front of what the library has against its value. */
export async function blaming<T>(what: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof JwtConfigError ? unusable(`${what}: ${error.message}`) : error;
  }
}
