// Tokens in more or fewer parts, wrapped, or in another serialisation.

import { encodeBase64url } from '../../encoding/base64url.js';
import { encodeUtf8 } from '../../encoding/utf8.js';
import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { encodeSegment } from '../raw-token.js';

/** Attacks on what splits a token. */
export function serialisations(): AttackRow[] {
  return [...segments(), ...wrapped(), ...otherSerialisations()];
}

const shared = {
  class: 'robustness',
  severity: 'low',
  code: 'ERR_JWT_MALFORMED',
  reference: 'RFC 7515 §5.2, §7.1',
} as const;

const changed = (id: string, description: string, change: (token: string) => string, more = {}) => ({
  id,
  description,
  make: ({ token }: AttackContext) => change(token),
  ...more,
});

function segments(): AttackRow[] {
  return attackRows(shared, [
    changed('segments-trailing-dot', 'a genuine token with a dot after it', (token) => `${token}.`),
    changed('segments-leading-dot', 'a genuine token with a dot before it', (token) => `.${token}`),
    changed('segments-four', 'a genuine token and a fourth segment', (token) => `${token}.e30`),
    changed('segments-five', 'a genuine token and two more, as encrypted tokens have', (token) => `${token}.e30.e30`),
    changed('segments-six', 'a genuine token twice', (token) => `${token}.${token}`),
  ]);
}

function wrapped(): AttackRow[] {
  const after = { code: 'ERR_JWT_SIGNATURE' } as const;
  return attackRows(shared, [
    changed('blank-before', 'a genuine token after a blank', (token) => ` ${token}`),
    changed('blank-after', 'a genuine token before a blank', (token) => `${token} `, after),
    changed('line-break-after', 'a genuine token before a line break', (token) => `${token}\n`, after),
    changed('nul-after', 'a genuine token before a NUL', (token) => `${token}\u0000`, after),
    changed('bom-before', 'a genuine token after a byte order mark', (token) => `\ufeff${token}`),
    changed('quoted', 'a genuine token in quotes', (token) => `"${token}"`),
    changed('bearer-before', 'a genuine token after the word Bearer', (token) => `Bearer ${token}`),
    changed('dots-percent-encoded', 'a genuine token with %2E for its dots', (token) => token.replaceAll('.', '%2E')),
    changed('dots-full-width', 'a genuine token with full-width dots', (token) => token.replaceAll('.', '\uff0e')),
  ]);
}

function otherSerialisations(): AttackRow[] {
  const forgery = { class: 'forgery', severity: 'critical' } as const;
  return attackRows(shared, [
    {
      id: 'json-flattened',
      description: 'a genuine token in flattened JSON serialisation',
      reference: 'RFC 7519 §3, RFC 7515 §7.2.2',
      make: ({ segments: { header, payload, signature } }) => JSON.stringify({ protected: header, payload, signature }),
    },
    {
      id: 'json-general',
      description: 'a genuine token in general JSON serialisation',
      reference: 'RFC 7519 §3, RFC 7515 §7.2.1',
      make: ({ segments: { header, payload, signature } }) =>
        JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    },
    {
      ...forgery,
      id: 'json-polyglot',
      description: 'verified as JSON, read as compact: a genuine signature over other claims',
      reference: 'CVE-2022-39227',
      make: ({ segments: { header, payload, signature }, forged }) =>
        `{"${header}.${encodeSegment(forged)}.":"","protected":"${header}","payload":"${payload}","signature":"${signature}"}`,
    },
    {
      ...forgery,
      id: 'json-unprotected-alg',
      description: 'JSON serialisation whose unprotected header says alg none',
      reference: 'RFC 7515 §7.2.2; GHSA-jc38-x7x8-2xc8',
      make: ({ forged }) => JSON.stringify({ header: { alg: 'none' }, payload: encodeSegment(forged), signature: '' }),
    },
    {
      ...forgery,
      id: 'jwe-around-unsigned',
      description: 'an unsigned token encrypted to the public key: secret, but nobody signed it',
      reference: 'RFC 8725 §3.3; CVE-2026-29000, CVE-2023-51774',
      fits: ({ row }) => row.keyType === 'RSA',
      make: encryptUnsigned,
    },
  ]);
}

/** An alg none token inside RSA-OAEP-256 and A256GCM (RFC 7516 §5.1). */
async function encryptUnsigned(c: AttackContext): Promise<string> {
  const { n, e } = c.keys.jwk;
  const oaep = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const publicKey = await crypto.subtle.importKey('jwk', { kty: 'RSA', n: n!, e: e! }, oaep, false, ['encrypt']);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const header = encodeSegment({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' });
  const inner = encodeUtf8(`${c.forgedInput({ alg: 'none' })}.`)!;
  const contentKey = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt']);
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encodeUtf8(header)! }, contentKey, inner),
  );
  const wrappedKey = new Uint8Array(await crypto.subtle.encrypt(oaep, publicKey, secret));
  const parts = [wrappedKey, iv, sealed.slice(0, -16), sealed.slice(-16)];
  return [header, ...parts.map((part) => encodeBase64url(part))].join('.');
}
