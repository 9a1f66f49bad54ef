import type { ResolvedPolicy } from '../../jwt/policy.js';
import { createVerifier, type Verifier } from '../../jwt/verifier.js';
import { own, readToken } from '../facts/token.js';
import { nowInSeconds } from '../options.js';
import { type Candidate, readCandidates } from './candidates.js';
import { type Cause, cause } from './cause.js';
import { chooseAmong, chooseByVerifier } from './choice.js';
import { diagnoseClaims } from './claims.js';
import { diagnoseForm, diagnoseHeader } from './form.js';
import { checkDiagnoseOptions, type DiagnoseOptions } from './options.js';
import { diagnoseSignature } from './signature.js';

/** Why a token fails: plain data, the likeliest cause first. */
export interface Diagnosis {
  /** Whether nothing was found. */
  readonly ok: boolean;
  readonly causes: readonly Cause[];
}

const CONFIDENCES = ['certain', 'likely', 'possible'];

/**
 * Says why a token fails, the likeliest cause first: how it is written, its header, its key, its claims.
 *
 * Goes on where a verifier stops: mistakes are undone to see what else is wrong, and every key is tried. With keys
 * alone only the times of the claims are judged, without tolerance. The result holds names, lengths and seconds, and
 * nothing of the token or a key. It is for logs and people; never answer the sender of a token with it.
 *
 * @throws JwtConfigError when neither a verifier nor keys are given, or an option is not what it should be; never
 * because of a token, a PEM text or a key set.
 * @example
 * ```ts
 * import { claims, createVerifier, key, sign } from 'jwtight';
 * import { diagnose } from 'jwtight/audit';
 *
 * const keys = await key('HS256').generate();
 * const issuer = 'https://auth.example.com';
 * const verifier = createVerifier({ keys, issuer, audience: 'billing-api' });
 * const token = await sign(claims().issuer(`${issuer}/`).audience('billing-api').expiresIn('15m'), keys);
 * const { causes } = await diagnose(token, { verifier });
 * console.log(causes.map(({ id }) => id)); // [ 'wrong-issuer' ]
 * ```
 */
export async function diagnose(token: string, options: DiagnoseOptions): Promise<Diagnosis> {
  const { policies, keys, now: given } = checkDiagnoseOptions(options);
  const now = nowInSeconds(given ?? policies[0]?.clock);
  const verifiers = policies.map((policy) => verifierAt(policy, now));
  if (typeof token !== 'string') return diagnosis([cause('no-token', 'certain', 'The token is not text')]);

  const facts = readToken(token, undefined);
  const issuer = own(facts.claims, 'iss');
  const verify = verifiers.length > 1 ? verifiers.find(({ policy }) => policy.issuer === issuer) : verifiers[0];
  const policy = verify?.policy;
  const form = diagnoseForm(token, facts, policy?.maxTokenLength);
  if (facts.form !== 'jws') return diagnosis(form);

  const causes = [...form, ...(facts.header ? diagnoseHeader(facts, policy) : [])];
  const read = await Promise.all(keys.map(({ name, given }) => readCandidates(name, given, facts.alg)));
  const candidates = read.flat();
  const isSigned = facts.alg !== undefined && facts.signature && !causes.some(({ id }) => id === 'unsigned');
  if (policies.length > 0 && !policy) {
    if (issuer === undefined && facts.claims)
      causes.push(cause('claim-missing', 'certain', 'iss is required and missing'));
    else if (facts.claims) causes.push(cause('wrong-issuer', 'certain', 'iss is not one of the expected issuers'));
  } else if (isSigned) {
    const choice = policy ? await chooseByVerifier(policy, facts, candidates) : chooseAmong(candidates, facts);
    causes.push(...(await diagnoseSignature(facts, choice, form.length > 0, now)));
  }
  if (facts.claims) causes.push(...diagnoseClaims(facts.claims, policy, now));

  // The verifier itself has the last word: it also asks the schema and the revocation store.
  const verdict = await verify?.safe(token);
  if (verdict?.ok === false && !causes.some(({ confidence }) => confidence === 'certain'))
    causes.push(cause('refused', 'certain', `The verifier refuses the token (${verdict.error.code})`));
  return diagnosis([...causes, ...notPkcs8(candidates, causes.length === 0)]);
}

function diagnosis(causes: readonly Cause[]): Diagnosis {
  const rank = ({ confidence }: Cause) => CONFIDENCES.indexOf(confidence);
  return { ok: causes.length === 0, causes: [...causes].sort((a, b) => rank(a) - rank(b)) };
}

/** The verifier of a policy with its clock stopped. */
function verifierAt({ algorithms, cache, ...policy }: ResolvedPolicy, now: number): Verifier {
  // What is left out of a policy is absent or `true` in its resolved form.
  const isSet = (value: unknown) =>
    value !== undefined && value !== true && !(Array.isArray(value) && value.length === 0);
  const given = Object.fromEntries(Object.entries(policy).filter(([, value]) => isSet(value)));
  return createVerifier({ ...(given as typeof policy), clock: () => now * 1000 } as never);
}

/** PEM forms that the library converts and others refuse; the likely cause where there is no other. */
function notPkcs8(candidates: readonly Candidate[], only: boolean): Cause[] {
  return candidates.flatMap(({ name, label = '' }) => {
    const form = { 'RSA PRIVATE KEY': 'PKCS#1', 'RSA PUBLIC KEY': 'PKCS#1', 'EC PRIVATE KEY': 'SEC 1' }[label];
    if (form === undefined) return [];
    const words = `${name} is ${form}: jwtight converts it, WebCrypto and many libraries want PKCS#8 or SPKI`;
    return [cause('pem-not-pkcs8', only ? 'likely' : 'possible', words)];
  });
}
