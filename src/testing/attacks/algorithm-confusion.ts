// A public key taken for an HMAC secret, in every form a public key has; and neighbouring algorithms.

import { encodeBase64 } from '../../encoding/base64.js';
import { decodeBase64url } from '../../encoding/base64url.js';
import type { AsymmetricAlgorithm } from '../../keys/algorithms.js';
import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import type { PublicKeyTexts } from '../public-key-texts.js';
import { appendHmac, signingInput, signRaw } from '../raw-token.js';
import { declaredFor } from '../test-keys.js';

type Form = (texts: PublicKeyTexts) => string | Uint8Array | undefined;

const CLASSIC = 'RFC 8725 §2.1; CVE-2015-9235, CVE-2016-10555';

/** Forms of a public key that have been used as HMAC secrets: id, description, reference, form. */
const FORMS: readonly (readonly [string, string, string, Form])[] = [
  ['pem', 'its PEM', CLASSIC, ({ pem }) => pem],
  ['pem-trimmed', 'its PEM without the last line break', CLASSIC, ({ pem }) => pem.trim()],
  ['pem-crlf', 'its PEM with Windows line breaks', CLASSIC, ({ pem }) => pem.replaceAll('\n', '\r\n')],
  ['pem-blank-first', 'its PEM after a line break', 'CVE-2026-34950', ({ pem }) => `\n${pem}`],
  ['pem-comment-first', 'its PEM after a comment', 'GHSA-ww5h-9m49-7xx4', ({ pem }) => `# key\n${pem}`],
  ['pem-body', 'the Base64 inside its PEM', CLASSIC, ({ spki }) => encodeBase64(spki)],
  ['pkcs1-pem', 'its PKCS#1 PEM', 'CVE-2017-11424, CVE-2023-48223', ({ pkcs1Pem }) => pkcs1Pem],
  ['ssh', 'its OpenSSH line', 'CVE-2022-29217, CVE-2024-33663', ({ ssh }) => ssh],
  ['der', 'its DER', 'CVE-2024-33663, CVE-2024-54150', ({ spki }) => spki],
  ['raw', 'its modulus or point alone', 'CVE-2024-33663', ({ raw }) => raw],
  ['jwk', 'its JWK as text', 'RFC 8725 §2.1; CVE-2026-22817', ({ jwk }) => JSON.stringify(jwk)],
  ['jwks', 'its JWK Set as text', 'RFC 8725 §2.1; CVE-2026-22818', ({ jwk }) => JSON.stringify({ keys: [jwk] })],
  ['certificate', "its certificate's PEM", CLASSIC, ({ certificatePem }) => certificatePem],
  ['certificate-der', "its certificate's DER", CLASSIC, ({ certificate }) => certificate],
];

/** Attacks that choose the algorithm for the verifier. */
export function algorithmConfusion(): AttackRow[] {
  return [...publicKeyAsSecret(), ...neighbours()];
}

function publicKeyAsSecret(): AttackRow[] {
  const forms = FORMS.map(([name, what, reference, form]) => ({
    id: `public-key-as-secret-${name}`,
    description: `HS256 under the public key: ${what}`,
    reference,
    fits: ({ texts }: AttackContext) => texts !== undefined && form(texts) !== undefined,
    make: (c: AttackContext) => appendHmac(c.forgedInput({ alg: 'HS256' }), form(c.texts!)!),
  }));
  const sizes = [384, 512].map((bits) => ({
    id: `public-key-as-secret-hs${bits}`,
    description: `HS${bits} under the PEM of the public key`,
    reference: CLASSIC,
    fits: ({ texts }: AttackContext) => texts !== undefined,
    make: (c: AttackContext) => appendHmac(c.forgedInput({ alg: `HS${bits}` }), c.texts!.pem, bits),
  }));
  return attackRows({ class: 'forgery', severity: 'critical', code: 'ERR_JWT_ALGORITHM' }, [...forms, ...sizes]);
}

const RSA_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const;

/** The right key under an algorithm it was not declared for. Only the issuer can make these, or a downgrade of it. */
function neighbours(): AttackRow[] {
  const rsa = RSA_ALGORITHMS.map((alg: AsymmetricAlgorithm) => ({
    id: `alg-neighbour-${alg.toLowerCase()}`,
    description: `the issuer's key, but ${alg}`,
    fits: ({ row, algorithm }: AttackContext) => row.keyType === 'RSA' && algorithm !== alg,
    make: async (c: AttackContext) => signRaw({ ...c.header, alg }, c.claims, await declaredFor(alg, c.keys)),
  }));
  const hmac = [256, 384, 512].map((bits) => ({
    id: `alg-neighbour-hs${bits}`,
    description: `the issuer's secret, but HS${bits}`,
    fits: ({ row, algorithm }: AttackContext) => row.keyType === 'oct' && algorithm !== `HS${bits}`,
    make: (c: AttackContext) =>
      appendHmac(signingInput({ ...c.header, alg: `HS${bits}` }, c.claims), decodeBase64url(c.keys.jwk.k!)!, bits),
  }));
  const edwards = (['Ed25519', 'EdDSA'] as const).map((alg) => ({
    id: `alg-neighbour-${alg.toLowerCase()}`,
    description: `the issuer's key under its other name ${alg}`,
    reference: 'RFC 9864 §2.2',
    class: 'strictness' as const,
    severity: 'low' as const,
    fits: ({ row, algorithm }: AttackContext) => row.curve === 'Ed25519' && algorithm !== alg,
    make: async (c: AttackContext) => signRaw({ ...c.header, alg }, c.claims, await declaredFor(alg, c.keys)),
  }));
  const shared = {
    class: 'policy',
    severity: 'medium',
    code: 'ERR_JWT_ALGORITHM',
    reference: 'RFC 8725 §3.1',
  } as const;
  return attackRows(shared, [...rsa, ...hmac, ...edwards]);
}
