import { accessTokenWith, base64url, goodClaims, goodHeader, rawToken } from '../support.js';
import type { RuleExamples } from './example.js';

const GOOD = { subject: { token: accessTokenWith() } };
const [HEADER, CLAIMS, SIGNATURE] = GOOD.subject.token.split('.') as [string, string, string];
/** A signature of DER: SEQUENCE, two INTEGERs of 32 bytes. */
const DER = Uint8Array.from([0x30, 68, 2, 32, ...Array(32).fill(1), 2, 32, ...Array(32).fill(1)]);

export const encodingExamples: RuleExamples = {
  'encoding/base64-not-url': {
    reason: 'Strict verifiers refuse + and /, and lenient ones accept several texts of one token.',
    failing: {
      subject: {
        token: `${HEADER}.${base64url('{"q":"?>?>"}').replaceAll('-', '+').replaceAll('_', '/')}.${SIGNATURE}`,
      },
      shown: 'a part with `+` or `/` in it, such as `eyJxIjoiPz4/PiJ9`',
    },
    mended: {
      subject: { token: `${HEADER}.${base64url('{"q":"?>?>"}')}.${SIGNATURE}` },
      shown: 'the same part in Base64url, `eyJxIjoiPz4_PiJ9`',
    },
  },
  'encoding/padding': {
    reason: 'JWS leaves padding out; where a verifier tolerates it, one token has several texts.',
    failing: { subject: { token: `${HEADER}.${CLAIMS}.${SIGNATURE}==` }, shown: '`header.claims.signature==`' },
    mended: { ...GOOD, shown: '`header.claims.signature`' },
  },
  'encoding/non-canonical': {
    reason: 'Stray bits, characters or white space let one token be written in several ways.',
    failing: {
      subject: { token: `${HEADER}.${CLAIMS}.${SIGNATURE.slice(0, -1)}R` },
      shown: 'a last character whose unused bits are not zero: `…AQEBAR`',
    },
    mended: { ...GOOD, shown: 'the one canonical text of the bytes: `…AQEBAQ`' },
  },
  'encoding/ecdsa-der': {
    reason: 'JWS wants r and s side by side; other verifiers refuse the token, lenient ones accept many forms of it.',
    failing: {
      subject: { token: rawToken(goodHeader(), goodClaims(), DER) },
      shown: 'ES256 with a signature `30 44 02 20 …`',
    },
    mended: { ...GOOD, shown: 'ES256 with the 64 bytes r‖s' },
  },
  'encoding/not-utf8': {
    reason: 'Parsers disagree about other encodings and byte order marks, so two readers see two tokens.',
    failing: {
      subject: { token: `${HEADER}.${base64url(Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))}.${SIGNATURE}` },
      shown: 'claims that begin with a byte order mark, `EF BB BF 7B 7D`',
    },
    mended: { ...GOOD, shown: 'claims in UTF-8 that begin with `{`' },
  },
  'encoding/double-encoded': {
    reason: 'What decodes to Base64url again was encoded once too often: no verifier finds claims in it.',
    failing: {
      subject: { token: `${HEADER}.${base64url(CLAIMS)}.${SIGNATURE}` },
      shown: 'base64url(base64url(claims))',
    },
    mended: { ...GOOD, shown: 'base64url(claims)' },
  },
};
