// What no project may write, whatever its `lib`. consumers.test.ts compiles it against the declarations under three of
// them, and takes the directives out to see that each line is refused for what it says and not for a misspelling.
import {
  accessToken,
  claims,
  createVerifier,
  exportPem,
  header,
  type KeySource,
  key,
  type PrivateKey,
  type PublicKey,
  type SecretKey,
  sign,
  unchecked,
} from 'jwtight';
import { signCompact, verifyCompact } from 'jwtight/jws';

declare const pem: string;
declare const unset: string | undefined;
declare const keys: PublicKey<'ES256'>;
declare const privateKey: PrivateKey<'ES256'>;
declare const secret: SecretKey<'HS256'>;
declare const source: KeySource;
const issuer = 'https://auth.example.com';
const audience = 'billing-api';
const policy = { keys, issuer, audience } as const;

// Keys
// @ts-expect-error
key('none');
// @ts-expect-error
key('HS256').private({ pem });
// @ts-expect-error
key('HS256').public({ pem });
// @ts-expect-error
key('HS256').secret({ pem });
// @ts-expect-error
key('HS256').secret(pem);
// @ts-expect-error
key('HS256').secret({ text: unset });
// @ts-expect-error
key('ES256').secret({ text: pem });
// @ts-expect-error
key('ES256').private(pem);
// @ts-expect-error
key('ES256').public({ cryptoKey: pem });
// @ts-expect-error
key('ES256').public({ cryptoKey: {} });
// @ts-expect-error
key('ES256').modulusLength(4096);
// @ts-expect-error
exportPem(secret);

// Signing
// @ts-expect-error
sign(claims(), privateKey);
// @ts-expect-error
sign(claims().issuer(issuer).audience(audience).subject('user-42').id(), privateKey);
// @ts-expect-error
sign({ sub: 'user-42' }, privateKey);
// @ts-expect-error
sign({ exp: '15m' }, privateKey);
// @ts-expect-error
sign(claims(accessToken).issuer(issuer).audience(audience).subject('user-42').id().expiresIn('5m'), privateKey);
// @ts-expect-error
sign(claims().expiresIn('15m'), keys);
// @ts-expect-error
sign(claims().expiresIn('15m'), privateKey, { algorithm: 'ES256' });
// @ts-expect-error
claims().expiresIn('15');
// @ts-expect-error
claims().issuer(unset);
// @ts-expect-error
header().set('alg', 'none');
// @ts-expect-error
header().set('kid', 'other');
// @ts-expect-error
header().set('crit', ['exp']);
// @ts-expect-error
signCompact(new Uint8Array(), keys);
// @ts-expect-error
signCompact('text', privateKey);

// Verifying
// @ts-expect-error
createVerifier({ keys, issuer });
// @ts-expect-error
createVerifier({ keys, audience });
// @ts-expect-error
createVerifier({ issuer, audience });
// @ts-expect-error
createVerifier({ keys, issuer, audience: undefined });
// @ts-expect-error
createVerifier({ keys, issuer: unset, audience });
// @ts-expect-error
createVerifier({ keys, issuer, audience: false });
// @ts-expect-error
createVerifier({ keys, issuer, audience, algorithms: ['ES256'] });
// @ts-expect-error
createVerifier({ keys: privateKey, issuer, audience });
// @ts-expect-error
createVerifier({ keys: pem, issuer, audience });
// @ts-expect-error
createVerifier({ ...policy, requireExpiry: true });
// @ts-expect-error
createVerifier({ ...policy, requireExpiry: false });
// @ts-expect-error
createVerifier({ ...policy, clockTolerance: '60' });
// @ts-expect-error
createVerifier({ ...policy, maxTokenAge: unchecked });
// @ts-expect-error
createVerifier([policy, { keys, issuer: 'https://b.example' }]);
// @ts-expect-error
verifyCompact('', privateKey);
// @ts-expect-error
verifyCompact(unset, source);
