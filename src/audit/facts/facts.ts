// The subject, read once into neutral facts. Rules look at these only.

import type { AuditInput, AuditSubject, SecretEnvironment, StorageChoice, TokenKind } from '../subject.js';
import { algorithmFamily } from './algorithm.js';
import { type IssuanceFacts, readIssuance } from './issuance.js';
import { type JwksFacts, readJwks } from './jwks.js';
import { type KeyFacts, readKey } from './key.js';
import { hiddenSecret, isReadable, type ReadableSecret, readSecret, type SecretFacts } from './secret.js';
import { readDraft, readToken, type TokenFacts } from './token.js';
import { readVerifiers, type VerifierFacts } from './verifier.js';

/** What is known of a subject. Members are there when the subject's are. */
export interface Facts {
  /** Which inputs were given; `secret` too where a key is one. */
  readonly inputs: ReadonlySet<AuditInput>;
  readonly token: TokenFacts | undefined;
  readonly draft: TokenFacts | undefined;
  /** The first of the secrets that can be read. */
  readonly secret: ReadableSecret | undefined;
  /** The secret, and the keys of HMAC: the subject's and those of described verifiers. */
  readonly secrets: readonly SecretFacts[];
  readonly key: KeyFacts | undefined;
  readonly jwks: JwksFacts | undefined;
  /** Empty when none was given. */
  readonly verifiers: readonly VerifierFacts[];
  readonly issuance: IssuanceFacts | undefined;
  readonly storage: StorageChoice | undefined;
  readonly environment: SecretEnvironment | undefined;
  /** The subject's `algorithm`, or else the token's, the draft's or the key's alg. */
  readonly algorithm: string | undefined;
}

/** Reads a checked subject. */
export async function readFacts(subject: AuditSubject, kind: TokenKind | undefined): Promise<Facts> {
  const token = subject.token === undefined ? undefined : readToken(subject.token, kind);
  const draft = subject.draft && readDraft(subject.draft, kind);
  const key = subject.key === undefined ? undefined : await readKey(subject.key, '/key');
  const algorithm = subject.algorithm ?? token?.alg ?? draft?.alg ?? key?.alg;
  const verifiers = subject.verifier === undefined ? [] : await readVerifiers(subject.verifier);
  const secrets = [
    ...(subject.secret === undefined ? [] : [readSecret(subject.secret, isHmac(algorithm) ? algorithm : undefined)]),
    ...(key ? secretOf(key, [algorithm, ...verifiers.flatMap(({ algorithms }) => algorithms)]) : []),
    ...verifiers.flatMap((verifier) => secretsOf(verifier, algorithm)),
  ];
  const inputs = new Set(Object.keys(subject).filter((name) => name !== 'algorithm') as AuditInput[]);
  if (secrets.length > 0) inputs.add('secret');
  return {
    inputs,
    token,
    draft,
    secret: secrets.find(isReadable),
    secrets,
    key,
    jwks: subject.jwks === undefined ? undefined : await readJwks(subject.jwks),
    verifiers,
    issuance: subject.issuance && readIssuance(subject.issuance),
    storage: subject.storage,
    environment: subject.environment,
    algorithm,
  };
}

const isHmac = (name: string | undefined): boolean => algorithmFamily(name) === 'hmac';

/** A key as a secret, where it is one: what a secret must be holds for it too. The first HMAC named is what it is for. */
function secretOf({ alg, type, secret, bits, path }: KeyFacts, names: readonly (string | undefined)[]): SecretFacts[] {
  const named = [alg, ...names].filter((name) => name !== undefined);
  const used = named.find(isHmac);
  // Text beside RS256 is no secret, whatever else it is.
  if (type !== 'oct' || (named.length > 0 && used === undefined)) return [];
  if (secret !== undefined) return [readSecret(secret, used, path)];
  return bits === undefined ? [] : [hiddenSecret(bits / 8, used, path)];
}

/** The keys of a verifier that are secrets. Where all are empty it has none: that has a rule of its own. */
function secretsOf({ keys = [], algorithms }: VerifierFacts, algorithm: string | undefined): SecretFacts[] {
  if (keys.every(({ bits }) => bits === 0)) return [];
  const isAccepted = algorithm !== undefined && algorithms?.includes(algorithm) !== false;
  return keys.flatMap((key) => secretOf(key, [...(isAccepted ? [algorithm] : []), ...(algorithms ?? [])]));
}

/** The token and the draft, as far as they were given: what rules about either look at. */
export function tokensOf({ token, draft }: Facts): TokenFacts[] {
  return [token, draft].filter((facts) => facts !== undefined);
}

/** The key, the keys of the JWKS and those of described verifiers. */
export function keysOf({ key, jwks, verifiers }: Facts): KeyFacts[] {
  return [...(key ? [key] : []), ...(jwks?.keys ?? []), ...verifiers.flatMap(({ keys }) => keys ?? [])];
}
