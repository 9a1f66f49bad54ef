// The subject, read once into neutral facts. Rules look at these only.

import type { AuditInput, AuditSubject, SecretEnvironment, StorageChoice, TokenKind } from '../subject.js';
import { algorithmFamily } from './algorithm.js';
import { type IssuanceFacts, readIssuance } from './issuance.js';
import { type JwksFacts, readJwks } from './jwks.js';
import { type KeyFacts, readKey } from './key.js';
import { readSecret, type SecretFacts } from './secret.js';
import { readDraft, readToken, type TokenFacts } from './token.js';
import { readVerifiers, type VerifierFacts } from './verifier.js';

/** What is known of a subject. Members are there when the subject's are. */
export interface Facts {
  /** Which inputs were given; `secret` too where the only key is one. */
  readonly inputs: ReadonlySet<AuditInput>;
  readonly token: TokenFacts | undefined;
  readonly draft: TokenFacts | undefined;
  readonly secret: SecretFacts | undefined;
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
  const secret =
    subject.secret === undefined
      ? secretOf(key, verifiers, algorithm)
      : readSecret(subject.secret, algorithmFamily(algorithm) === 'hmac' ? algorithm : undefined);
  const inputs = new Set(Object.keys(subject).filter((name) => name !== 'algorithm') as AuditInput[]);
  if (secret) inputs.add('secret');
  return {
    inputs,
    token,
    draft,
    secret,
    key,
    jwks: subject.jwks === undefined ? undefined : await readJwks(subject.jwks),
    verifiers,
    issuance: subject.issuance && readIssuance(subject.issuance),
    storage: subject.storage,
    environment: subject.environment,
    algorithm,
  };
}

/** The only key of the subject as a secret, where it is one: what a secret must be holds for it too. */
function secretOf(
  key: KeyFacts | undefined,
  verifiers: readonly VerifierFacts[],
  algorithm: string | undefined,
): SecretFacts | undefined {
  const isHmac = (name: string | undefined) => algorithmFamily(name) === 'hmac';
  const keys = [...(key ? [key] : []), ...verifiers.flatMap((verifier) => verifier.keys ?? [])];
  const [only] = keys;
  // An empty key of a verifier is no key: that has a rule of its own.
  if (keys.length !== 1 || only?.secret === undefined || (only !== key && only.secret.length === 0)) return undefined;
  const accepted = verifiers.flatMap(({ algorithms }) => algorithms ?? []);
  const named = [only.alg, algorithm, ...accepted].filter((name) => name !== undefined);
  const used = named.find(isHmac);
  // Text beside RS256 is no secret, whatever else it is.
  return named.length > 0 && used === undefined ? undefined : readSecret(only.secret, used, only.path);
}

/** The token and the draft, as far as they were given: what rules about either look at. */
export function tokensOf({ token, draft }: Facts): TokenFacts[] {
  return [token, draft].filter((facts) => facts !== undefined);
}

/** The key, the keys of the JWKS and those of described verifiers. */
export function keysOf({ key, jwks, verifiers }: Facts): KeyFacts[] {
  return [...(key ? [key] : []), ...(jwks?.keys ?? []), ...verifiers.flatMap(({ keys }) => keys ?? [])];
}
