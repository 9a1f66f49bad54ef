import { deepFreeze } from '../encoding/freeze.js';
import { isObject } from '../encoding/json.js';
import { JwtConfigError, JwtError } from '../errors.js';
import { type CompactJws, checkLength, parseCompact } from '../jws/compact.js';
import type { JwsHeader } from '../jws/header.js';
import { findKey } from '../jws/key-source.js';
import { badSignature, verifySignature } from '../jws/signature.js';
import type { VerificationKey } from '../keys/key.js';
import { checkVerifiedClaims } from './claim-checks.js';
import type { JwtClaims } from './claims.js';
import { secondsNow } from './clock.js';
import { readClaims } from './decode.js';
import { sameMediaType } from './media-type.js';
import { type ResolvedPolicy, resolvePolicy, type VerifierPolicy } from './policy.js';
import type { Profile } from './profiles.js';
import type { RevocationStore } from './revocation-store.js';
import type { SchemaIssue, StandardSchema } from './standard-schema.js';
import { TokenCache } from './token-cache.js';
import { type Unchecked, unchecked } from './unchecked.js';
import type { PolicyClaims, VerifiedClaims } from './verified-claims.js';

/** A token that passed every check of its policy. */
export interface VerifiedJwt<C = JwtClaims> {
  /** The claims, checked; what a schema made of them, where the policy has one. */
  readonly claims: C;
  /** The protected header. */
  readonly header: JwsHeader;
  /** The key that verified it. */
  readonly key: VerificationKey;
}

/** What `verify.safe` returns: the verified token, or why there is none. */
export type SafeResult<C = JwtClaims> =
  | ({ readonly ok: true } & VerifiedJwt<C>)
  | { readonly ok: false; readonly error: JwtError };

/** Refuses unknown options in a list of policies: TypeScript looks for them in a single object only. */
type NothingElse<L> = { readonly [K in keyof L]: { readonly [N in Exclude<keyof L[K], keyof VerifierPolicy>]: never } };

/** Verifies tokens against one policy, or against several with an issuer each. */
export interface Verifier<C = JwtClaims, P = ResolvedPolicy> {
  /** @throws JwtError for a token that is not right in every respect. */
  (token: string): Promise<VerifiedJwt<C>>;
  /** The same, returning the JwtError instead of throwing it. */
  safe(token: string): Promise<SafeResult<C>>;
  /** What is checked, defaults included. The audit takes it as it is. */
  readonly policy: P;
}

/**
 * Makes a verifier. Keys, issuer and audience must be given; the keys fix the algorithms.
 *
 * An array of policies is routed by the token's `iss`: each issuer has its own keys and checks.
 *
 * @throws JwtConfigError for a policy that is incomplete, contradictory, or has an unknown or empty option.
 * @example
 * ```ts
 * import { claims, createVerifier, key, sign } from 'jwtight';
 *
 * const { privateKey, publicKey } = await key('ES256').id().generate();
 * const issuer = 'https://auth.example.com';
 * const verify = createVerifier({ keys: publicKey, issuer, audience: 'billing-api' });
 *
 * const token = await sign(claims().issuer(issuer).audience('billing-api').expiresIn('15m'), privateKey);
 * const { claims: who } = await verify(token);
 * console.log(who.iss); // https://auth.example.com
 * ```
 */
export function createVerifier<
  const I extends string | Unchecked,
  const A extends string | readonly string[] | Unchecked,
  S extends StandardSchema = never,
  P extends Profile = never,
  E extends Unchecked = never,
  const R extends string = never,
>(policy: VerifierPolicy<I, A, S, P, E, R>): Verifier<VerifiedClaims<I, A, S, P, E, R>>;
export function createVerifier<const L extends readonly VerifierPolicy[]>(
  policies: L & NothingElse<L>,
): Verifier<PolicyClaims<L[number]>, readonly ResolvedPolicy[]>;
export function createVerifier(
  given: VerifierPolicy | readonly VerifierPolicy[],
): Verifier<JwtClaims, ResolvedPolicy | readonly ResolvedPolicy[]> {
  const policies: readonly ResolvedPolicy[] = Array.isArray(given)
    ? Array.from(given, resolvePolicy)
    : [resolvePolicy(given as VerifierPolicy)];
  const byIssuer = Array.isArray(given) ? routeByIssuer(policies) : undefined;
  const maxTokenLength = Math.max(...policies.map((policy) => policy.maxTokenLength));
  const maxEntries = policies.reduce((sum, { cache }) => sum + (cache?.maxEntries ?? 0), 0);
  const cache = maxEntries > 0 ? new TokenCache<VerifiedSignature>(maxEntries) : undefined;

  // One function with one await where nothing but the signature needs it: each further one costs some percent.
  async function verify(token: string): Promise<VerifiedJwt> {
    // Not a huge text: some engines hash all of it.
    const cached = token?.length <= maxTokenLength ? cache?.get(token) : undefined;
    let verified = cached && isTrusted(cached) ? cached : undefined;
    if (!verified) {
      const { jws, policy, claims } = open(token);
      const found = findKey(policy.keys, jws.header);
      const key = 'then' in found ? await found : found;
      let valid = false;
      try {
        valid = await verifySignature(jws, key);
      } catch {
        // What a runtime refuses to look at is no signature either.
      }
      if (!valid) throw badSignature();
      checkType(policy.type, jws.header.typ);
      verified = { policy, key, header: jws.header, claims: claims ?? readClaims(jws.payload) };
    }
    const { policy, claims, header, key } = verified;
    const isHit = verified === cached;
    checkVerifiedClaims(claims, policy, secondsNow(policy.clock), isHit);
    if (policy.cache && !isHit) deepFreeze(claims);
    if (policy.revocation) await checkRevocation(policy.revocation, claims);
    const result = { claims: policy.claims ? await applySchema(policy.claims, claims) : claims, header, key };
    if (policy.cache && !isHit) cache!.set(token, verified);
    return result;
  }

  /** Splits a token and chooses its policy. */
  function open(token: string): { jws: CompactJws; policy: ResolvedPolicy; claims?: JwtClaims } {
    const jws = parseCompact(token, maxTokenLength);
    if (!byIssuer) return { jws, policy: policies[0]! };
    // Read before verifying only to choose whose keys count; everything is judged after the signature.
    const claims = readClaims(jws.payload);
    const policy = chooseIssuer(byIssuer, claims);
    checkLength(token, policy.maxTokenLength);
    return { jws, policy, claims };
  }

  async function safe(token: string): Promise<SafeResult> {
    try {
      return { ok: true, ...(await verify(token)) };
    } catch (error) {
      if (error instanceof JwtError) return { ok: false, error };
      throw error;
    }
  }

  return Object.freeze(
    Object.assign(verify, { safe, policy: Array.isArray(given) ? Object.freeze(policies) : policies[0]! }),
  );
}

/** A token whose signature and type are right; what remains can change from one use to the next. */
interface VerifiedSignature {
  readonly policy: ResolvedPolicy;
  readonly key: VerificationKey;
  readonly header: JwsHeader;
  readonly claims: JwtClaims;
}

/** Whether the key of a cached token is still good. A source that fails to say so has the token verified again. */
function isTrusted({ policy, key }: VerifiedSignature): boolean {
  try {
    return policy.keys.trusts(key) === true;
  } catch {
    return false;
  }
}

function checkType(type: string | undefined, typ: string | undefined): void {
  if (
    type === undefined ? typ === undefined || sameMediaType(typ, 'JWT') : typ !== undefined && sameMediaType(typ, type)
  )
    return;
  throw new JwtError('ERR_JWT_TYPE', `the header's typ must be ${type ?? 'JWT, or absent'}`);
}

async function checkRevocation(store: RevocationStore, claims: JwtClaims): Promise<void> {
  let revoked: boolean;
  try {
    revoked = await store.isRevoked(claims);
  } catch (cause) {
    if (cause instanceof JwtError) throw cause;
    throw new JwtError('ERR_JWT_REVOCATION_UNAVAILABLE', 'the revocation store failed', { cause });
  }
  // Anything but a clear "no" refuses the token.
  if (revoked !== false) throw new JwtError('ERR_JWT_REVOKED', 'the token has been revoked');
}

async function applySchema(schema: StandardSchema, claims: JwtClaims): Promise<JwtClaims> {
  let issues: readonly SchemaIssue[] | undefined;
  try {
    const result = await schema['~standard'].validate(claims);
    if (!result.issues && isObject(result.value)) return { ...claims, ...result.value };
    issues = result.issues;
  } catch {
    // A schema that throws has not accepted the claims.
  }
  const step: unknown = issues?.[0]?.path?.[0];
  const name = isObject(step) ? step.key : step;
  // The name may come from the token, in strict schemas: it is not for messages.
  throw new JwtError('ERR_JWT_CLAIM_INVALID', 'the claims do not satisfy the schema', {
    claim: String(name ?? 'claims'),
  });
}

function routeByIssuer(policies: readonly ResolvedPolicy[]): ReadonlyMap<string, ResolvedPolicy> {
  const byIssuer = new Map<string, ResolvedPolicy>();
  for (const policy of policies) {
    if (policy.issuer === unchecked) throw new JwtConfigError('several policies need an issuer each to be told apart');
    if (byIssuer.has(policy.issuer)) throw new JwtConfigError('two policies have the same issuer: merge them');
    byIssuer.set(policy.issuer, policy);
  }
  if (byIssuer.size === 0) throw new JwtConfigError('pass at least one policy');
  return byIssuer;
}

function chooseIssuer(byIssuer: ReadonlyMap<string, ResolvedPolicy>, { iss }: JwtClaims): ResolvedPolicy {
  const policy = byIssuer.get(iss as string);
  if (policy) return policy;
  throw new JwtError('ERR_JWT_ISSUER', 'iss is not one of the expected issuers', { claim: 'iss' });
}
