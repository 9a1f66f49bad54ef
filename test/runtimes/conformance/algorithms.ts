import {
  type Algorithm,
  claims,
  createVerifier,
  exportJwk,
  exportPem,
  key,
  type SigningKey,
  sign,
  type VerificationKey,
} from 'jwtight';
import { assert, type Check, equal, fails } from './check.js';

const ALL: readonly Algorithm[] = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
];

interface Keys {
  readonly signing: SigningKey;
  readonly verifying: VerificationKey;
}

async function generate(algorithm: Algorithm): Promise<Keys> {
  if (algorithm === 'HS256' || algorithm === 'HS384' || algorithm === 'HS512') {
    const secret = await key(algorithm).extractable().generate();
    return { signing: secret, verifying: secret };
  }
  const builder = key(algorithm as 'RS256').extractable();
  const { privateKey, publicKey } = await ('modulusLength' in builder && /^[RP]S/.test(algorithm)
    ? builder.modulusLength(2048)
    : builder
  ).generate();
  return { signing: privateKey, verifying: publicKey };
}

async function roundTrip({ signing, verifying }: Keys): Promise<void> {
  const verify = createVerifier({ keys: verifying, issuer: 'issuer', audience: 'audience' });
  const token = await sign(claims().issuer('issuer').audience('audience').subject('zoë').expiresIn('5m'), signing);
  equal((await verify(token)).claims.sub, 'zoë');
  const at = token.lastIndexOf('.') + 3;
  const forged = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  await fails('ERR_JWT_SIGNATURE', () => verify(forged));
}

export function algorithmChecks(supported: readonly Algorithm[]): Check[] {
  return ALL.flatMap((algorithm): Check[] => {
    const common = {
      feature: algorithm,
      ...(supported.includes(algorithm) ? {} : { skip: `the runtime has no ${algorithm}` }),
    };
    let made: Promise<Keys> | undefined;
    const keys = () => {
      made ??= generate(algorithm);
      return made;
    };
    const checks: Check[] = [
      { ...common, name: 'signs and verifies', run: async () => roundTrip(await keys()) },
      {
        ...common,
        name: 'JWK out and in',
        async run() {
          const { signing, verifying } = await keys();
          if (signing.role === 'secret') {
            const again = await key(signing.algorithm).secret({ jwk: await exportJwk(signing) });
            return roundTrip({ signing, verifying: again });
          }
          const builder = key(signing.algorithm as 'ES256');
          await roundTrip({
            signing: await builder.private({ jwk: await exportJwk(signing) }),
            verifying: await builder.public({ jwk: await exportJwk(verifying) }),
          });
        },
      },
    ];
    if (!algorithm.startsWith('HS'))
      checks.push({
        ...common,
        name: 'PEM out and in',
        async run() {
          const { signing, verifying } = await keys();
          assert(signing.role === 'private' && verifying.role === 'public', 'a pair');
          const builder = key(algorithm as 'ES256');
          await roundTrip({
            signing: await builder.private({ pem: await exportPem(signing) }),
            verifying: await builder.public({ pem: await exportPem(verifying) }),
          });
        },
      });
    return checks;
  });
}
