// Keys that a token brings along or names: jwk, jku, x5c, x5u, and the issuer it claims to come from.

import { encodeBase64 } from '../../encoding/base64.js';
import { type AttackRow, attackRows } from '../attack.js';
import { ATTACKER, ATTACKER_SECRET, type AttackContext } from '../attack-context.js';
import { appendHmac, encodeSegment } from '../raw-token.js';
import { hmacOf } from './secrets.js';

const isUrl = ({ issuer }: AttackContext): boolean => URL.canParse(issuer);
const hasPublicKey = ({ texts }: AttackContext): boolean => texts !== undefined;

/** Attacks that bring their own key. */
export function headerKeys(): AttackRow[] {
  const shared = { class: 'forgery', severity: 'critical', code: 'ERR_JWT_SIGNATURE' } as const;
  return attackRows(shared, [...embedded(), ...located()]);
}

function embedded(): (Pick<AttackRow, 'id' | 'description' | 'make'> & Partial<AttackRow>)[] {
  return [
    {
      id: 'header-jwk',
      description: "signed by the attacker, whose key is in the header's jwk",
      reference: 'RFC 7515 §4.1.3; CVE-2018-0114, CVE-2026-27962',
      make: (c) => c.signedByAttacker({ jwk: c.attacker.jwk }),
    },
    {
      id: 'header-jwk-with-genuine-kid',
      description: "the same, the embedded key named like the issuer's",
      reference: 'RFC 7515 §4.1.3; CVE-2018-0114',
      make: (c) => c.signedByAttacker({ jwk: { ...c.attacker.jwk, kid: c.keys.signing.id } }),
    },
    {
      id: 'header-jwk-secret',
      description: "an HMAC whose secret is in the header's jwk",
      reference: 'RFC 7515 §4.1.3; CVE-2018-0114',
      code: ({ row }) => (row.keyType === 'oct' ? 'ERR_JWT_SIGNATURE' : 'ERR_JWT_ALGORITHM'),
      make: (c) => {
        const { alg, bits } = hmacOf(c);
        const jwk = { kty: 'oct', k: encodeSegment(ATTACKER_SECRET), alg };
        return appendHmac(c.forgedInput({ alg, jwk }), ATTACKER_SECRET, bits);
      },
    },
    {
      id: 'header-x5c',
      description: "signed by the attacker, whose certificate is in the header's x5c",
      reference: 'RFC 7515 §4.1.6, RFC 8725 §3.10',
      fits: hasPublicKey,
      make: (c) => c.signedByAttacker({ x5c: [encodeBase64(c.attackerTexts!.certificate)] }),
    },
    {
      id: 'header-x5c-genuine-below',
      description: "the same, with the issuer's certificate below as if it had signed the attacker's",
      reference: 'RFC 7515 §4.1.6; CWE-295',
      fits: hasPublicKey,
      make: (c) => {
        const chain = [c.attackerTexts!.certificate, c.texts!.certificate];
        return c.signedByAttacker({ x5c: chain.map(encodeBase64) });
      },
    },
  ];
}

function located(): (Pick<AttackRow, 'id' | 'description' | 'make'> & Partial<AttackRow>)[] {
  return [
    {
      id: 'header-jku',
      description: "signed by the attacker, whose key set is named by the header's jku",
      reference: 'RFC 7515 §4.1.2, RFC 8725 §3.10',
      make: (c) => c.signedByAttacker({ jku: `${ATTACKER}/jwks.json`, kid: c.attacker.signing.id }),
      code: 'ERR_JWT_KEY_NOT_FOUND',
    },
    {
      id: 'header-jku-host-prefix',
      description: "jku on a host that begins with the issuer's name",
      reference: 'RFC 8725 §3.10; CWE-918',
      fits: isUrl,
      make: ({ issuer, ...c }) =>
        c.signedByAttacker({
          jku: `https://${new URL(issuer).host}.attacker.example/jwks.json`,
          kid: c.attacker.signing.id,
        }),
      code: 'ERR_JWT_KEY_NOT_FOUND',
    },
    {
      id: 'header-jku-user-info',
      description: "jku with the issuer's name before an @",
      reference: 'RFC 8725 §3.10; CWE-918',
      fits: isUrl,
      make: ({ issuer, ...c }) =>
        c.signedByAttacker({
          jku: `https://${new URL(issuer).host}@attacker.example/jwks.json`,
          kid: c.attacker.signing.id,
        }),
      code: 'ERR_JWT_KEY_NOT_FOUND',
    },
    {
      id: 'header-x5u',
      description: "signed by the attacker, whose certificate is named by the header's x5u",
      reference: 'RFC 7515 §4.1.5, RFC 8725 §3.10',
      fits: hasPublicKey,
      make: (c) => c.signedByAttacker({ x5u: `${ATTACKER}/certificate.pem` }),
    },
    {
      id: 'keys-of-claimed-issuer',
      description: 'a token of the attacker as an issuer of its own, for verifiers that ask iss for keys',
      reference: 'RFC 8725 §3.8, §3.10',
      make: (c) => c.signedByAttacker({ kid: c.attacker.signing.id }, { iss: ATTACKER }),
      code: 'ERR_JWT_KEY_NOT_FOUND',
    },
  ];
}
