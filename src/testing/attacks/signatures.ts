// Signatures that are not the issuer's over these claims, and genuine ones written in another way.

import { decodeBase64url } from '../../encoding/base64url.js';
import { writeDer } from '../../encoding/der.js';
import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { encodeSegment, segmentsOf } from '../raw-token.js';
import { bigIntOf, bytesOf, ORDERS, signUntil, withSignature } from '../signature-arithmetic.js';

const isEc = ({ row }: AttackContext): boolean => row.keyType === 'EC';
const isRsa = ({ row }: AttackContext): boolean => row.keyType === 'RSA';
const isHmac = ({ row }: AttackContext): boolean => row.keyType === 'oct';
const isEd25519 = ({ row }: AttackContext): boolean => row.curve === 'Ed25519';

/** Attacks on the signature. */
export function signatures(): AttackRow[] {
  return [...moved(), ...zeros(), ...truncatedMacs(), ...otherForms()];
}

function moved(): AttackRow[] {
  const shared = {
    class: 'forgery',
    severity: 'critical',
    code: 'ERR_JWT_SIGNATURE',
    reference: 'RFC 7515 §5.2',
  } as const;
  return attackRows(shared, [
    {
      id: 'payload-replaced',
      description: "forged claims under a genuine token's signature",
      make: (c) => withSignature(c.forgedInput({}), c.signature),
    },
    {
      id: 'header-replaced',
      description: 'genuine claims and signature under another header',
      severity: 'high',
      make: (c) =>
        `${encodeSegment({ ...c.header, cty: c.header.cty === 'JWT' ? 'json' : 'JWT' })}.${c.segments.payload}.${c.segments.signature}`,
    },
    {
      id: 'payload-of-another-token',
      description: "another token's payload under this one's signature",
      severity: 'high',
      make: async (c) => {
        const other = segmentsOf(await c.issued({ sub: `${c.claims.sub}-2` }));
        return `${c.segments.header}.${other.payload}.${c.segments.signature}`;
      },
    },
    {
      id: 'signature-of-zeros',
      description: 'a signature of the right length, all zeros',
      make: (c) => withSignature(c.forgedInput({}), new Uint8Array(c.signature.length)),
    },
  ]);
}

/** ECDSA is only safe with r and s from 1 to n − 1: a verifier that does not look takes zeros for anything. */
function zeros(): AttackRow[] {
  const pair = (id: string, description: string, r: 'zero' | 'order', s: 'zero' | 'order') => ({
    id,
    description,
    make: (c: AttackContext) => {
      const size = c.signature.length / 2;
      const half = (what: 'zero' | 'order') => bytesOf(what === 'zero' ? 0n : ORDERS[c.row.curve!]!, size);
      return withSignature(c.forgedInput({}), Uint8Array.from([...half(r), ...half(s)]));
    },
  });
  const shared = {
    class: 'forgery',
    severity: 'critical',
    code: 'ERR_JWT_SIGNATURE',
    reference: 'FIPS 186-5 §6.4.2; CVE-2022-21449',
    fits: isEc,
  } as const;
  return attackRows(shared, [
    pair('ecdsa-zero', 'r and s are 0', 'zero', 'zero'),
    pair('ecdsa-order', 'r and s are the order of the curve, so 0 again', 'order', 'order'),
    pair('ecdsa-zero-order', 'r is 0 and s the order of the curve', 'zero', 'order'),
    pair('ecdsa-order-zero', 'r is the order of the curve and s is 0', 'order', 'zero'),
    {
      id: 'ecdsa-zero-der',
      description: 'r and s are 0, in DER',
      make: (c) => withSignature(c.forgedInput({}), writeDer(0x30, [2, 1, 0], [2, 1, 0])),
    },
  ]);
}

/** HMACs cut short. An attacker guesses these; the kit, which knows the secret, need not try. */
function truncatedMacs(): AttackRow[] {
  const cut = (id: string, description: string, length: (full: number) => number) => ({
    id,
    description,
    make: async (c: AttackContext) => {
      const { header, payload, signature } = segmentsOf(await c.issuedRaw(c.header, c.forged));
      return withSignature(`${header}.${payload}`, decodeBase64url(signature)!.slice(0, length(c.signature.length)));
    },
  });
  const shared = {
    class: 'forgery',
    severity: 'critical',
    code: 'ERR_JWT_SIGNATURE',
    reference: 'RFC 2104 §5; CWE-187',
    fits: isHmac,
  } as const;
  return attackRows(shared, [
    cut('hmac-one-byte', 'one byte of the HMAC: guessed in 256 tries', () => 1),
    cut('hmac-three-bytes', 'three bytes of the HMAC', () => 3),
    cut('hmac-half', 'half of the HMAC', (full) => full / 2),
  ]);
}

/** A genuine signature in a form its algorithm does not have. Gives a token a second text, past a list of revoked ones. */
function otherForms(): AttackRow[] {
  const shared = {
    class: 'robustness',
    severity: 'low',
    code: 'ERR_JWT_SIGNATURE',
    reference: 'RFC 7518 §3.4',
  } as const;
  return attackRows(shared, [
    {
      id: 'signature-with-a-byte-more',
      description: 'a genuine signature with a byte after it',
      reference: 'RFC 7515 §5.2; CWE-347',
      make: (c) => withSignature(inputOf(c), Uint8Array.from([...c.signature, 0])),
    },
    {
      id: 'ecdsa-der',
      description: 'a genuine signature in DER instead of r‖s',
      fits: isEc,
      make: (c) => {
        const half = c.signature.length / 2;
        const integer = (bytes: Uint8Array) => {
          const first = bytes.findIndex((byte) => byte !== 0);
          const magnitude = bytes.slice(first);
          return writeDer(2, magnitude[0]! > 127 ? [0, ...magnitude] : magnitude);
        };
        const der = writeDer(0x30, integer(c.signature.slice(0, half)), integer(c.signature.slice(half)));
        return withSignature(inputOf(c), der);
      },
    },
    {
      id: 'ecdsa-long-halves',
      description: 'r and s with a zero byte before each',
      fits: isEc,
      make: (c) => {
        const half = c.signature.length / 2;
        return withSignature(
          inputOf(c),
          Uint8Array.from([0, ...c.signature.slice(0, half), 0, ...c.signature.slice(half)]),
        );
      },
    },
    {
      id: 'ecdsa-short',
      description: 'r without its leading zero byte',
      // P-521 has seven zero bits in front of every r: its first byte is 0 or 1.
      fits: isEc,
      make: async (c) => {
        const { input, signature } = await signUntil(c, (bytes) => bytes[0] === 0);
        return withSignature(input, signature.slice(1));
      },
    },
    {
      id: 'rsa-leading-zero',
      description: 'a genuine signature with a zero byte before it',
      reference: 'RFC 8017 §8.1.2, §8.2.2',
      fits: isRsa,
      make: (c) => withSignature(inputOf(c), Uint8Array.from([0, ...c.signature])),
    },
    {
      id: 'rsa-plus-modulus',
      description: 'a genuine signature plus the modulus: the same number to RSA',
      reference: 'RFC 8017 §5.2.2',
      fits: isRsa,
      make: (c) => {
        const sum = bigIntOf(c.signature) + bigIntOf(c.texts!.raw);
        return withSignature(inputOf(c), bytesOf(sum, c.signature.length + 1));
      },
    },
    {
      id: 'ed25519-plus-order',
      description: 'a genuine signature whose S is larger by the order of the curve',
      reference: 'RFC 8032 §5.1.7, §8.4',
      fits: isEd25519,
      make: (c) => {
        const s = bigIntOf(c.signature.slice(32).reverse()) + ORDERS.Ed25519!;
        return withSignature(inputOf(c), Uint8Array.from([...c.signature.slice(0, 32), ...bytesOf(s, 32).reverse()]));
      },
    },
  ]);
}

function inputOf({ segments }: AttackContext): string {
  return `${segments.header}.${segments.payload}`;
}
