// What a project may write, whatever its `lib`: consumers.test.ts compiles it against the declarations under three of
// them. Nothing here may come from the DOM or from Node.
import {
  accessToken,
  type Clock,
  claims,
  createVerifier,
  type DecodedJwt,
  decodeUnverified,
  exportJwk,
  exportPem,
  header,
  type Jwk,
  JwtConfigError,
  JwtError,
  type JwtErrorCode,
  type KeySource,
  key,
  type PlatformCryptoKey,
  type ResolvedPolicy,
  type RevocationStore,
  type StandardSchema,
  type StructuralCryptoKey,
  sign,
  supportedAlgorithms,
  thumbprint,
  unchecked,
} from 'jwtight';
import { signCompact, type VerifiedJws, verifyCompact } from 'jwtight/jws';

const issuer = 'https://auth.example.com';
const audience = 'billing-api';

export async function roundTrip(pem: string, jwk: Jwk, bytes: Uint8Array, clock: Clock): Promise<string> {
  const { privateKey, publicKey } = await key('ES256').id().extractable().generate();
  const secret = await key('HS256').secret({ base64url: pem });
  const imported = await key('RS256').modulusLength(4096).public({ pem });
  const fromJwk = await key('Ed25519').private({ jwk });
  const fromBytes = await key('HS512').secret(bytes);

  const template = claims().issuer(issuer).audience(audience).subject('user-42').id().set('role', 'admin');
  const token = await sign(template.expiresIn('15m'), privateKey, { header: header().type('at+jwt'), clock });
  await sign({ exp: 1_800_000_000, role: ['admin'] }, fromJwk);
  await sign(
    claims(accessToken).with({ iss: issuer, aud: audience, sub: 'u', jti: 'j', client_id: 'c', exp: 1 }),
    secret,
  );

  const verify = createVerifier({ keys: [publicKey, imported, fromBytes], issuer, audience, requiredClaims: ['role'] });
  const verified = await verify(token);
  const iss: string = verified.claims.iss;
  const exp: number = verified.claims.exp;
  const sub: string | undefined = verified.claims.sub;
  const role: unknown = verified.claims.role;
  const policy: ResolvedPolicy = verify.policy;
  const id: string | undefined = verified.key.id;
  return [
    iss,
    exp,
    sub,
    role,
    policy.clockTolerance,
    id,
    await thumbprint(publicKey),
    await exportPem(privateKey),
  ].join();
}

/** A CryptoKey is the platform's, or a structural stand-in where there is none. */
export async function cryptoKeys(cryptoKey: PlatformCryptoKey): Promise<PlatformCryptoKey> {
  const structural: StructuralCryptoKey = cryptoKey;
  const imported = await key('ES256').public({ cryptoKey });
  return structural.extractable ? imported.cryptoKey : cryptoKey;
}

export async function bytes(payload: Uint8Array): Promise<VerifiedJws> {
  const secret = await key('HS256').generate();
  const verified = await verifyCompact(await signCompact(payload, secret), secret, { maxTokenLength: 4096 });
  const read: Uint8Array = verified.payload;
  return read.length > 0 ? verified : Promise.reject(new Error());
}

export async function typed(
  keys: KeySource,
  schema: StandardSchema<{ role: 'admin' | 'user'; since: Date }>,
  revocation: RevocationStore,
): Promise<'admin' | 'user'> {
  const verify = createVerifier({ keys, issuer: unchecked, audience: unchecked, claims: schema, revocation });
  const { claims: who } = await verify('');
  who.since.getTime();
  return who.role;
}

export async function several(keys: KeySource): Promise<string> {
  const verify = createVerifier([
    { keys, issuer: 'https://a.example', audience },
    { keys, issuer: 'https://b.example', audience, profile: accessToken },
  ]);
  const result = await verify.safe('');
  if (result.ok) return result.claims.iss;
  const code: JwtErrorCode = result.error.code;
  return code;
}

export function explain(error: unknown): string | undefined {
  if (error instanceof JwtError) return error.claim ?? error.code;
  if (error instanceof JwtConfigError) return error.code;
  const decoded: DecodedJwt = decodeUnverified('');
  return decoded.header.alg;
}

export const exported: Promise<Jwk> = key('ES256')
  .generate()
  .then(({ publicKey }) => exportJwk(publicKey));

export const algorithms: Promise<string[]> = supportedAlgorithms();
