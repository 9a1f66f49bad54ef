import { accessTokenWith, goodClaims, goodHeader, rawToken } from '../support.js';
import type { RuleExamples } from './example.js';

const GOOD = { subject: { token: accessTokenWith() } };
const TOKEN = GOOD.subject.token;
const [HEADER, CLAIMS] = TOKEN.split('.') as [string, string];
const signed = (bytes: number, fill: number): { subject: { token: string } } => ({
  subject: { token: rawToken(goodHeader(), goodClaims(), new Uint8Array(bytes).fill(fill)) },
});
const NESTED = { ...goodHeader(), typ: undefined };

export const formatExamples: RuleExamples = {
  'format/part-count': {
    reason: 'It is cut off, or in a form that verifiers of JWTs do not agree on.',
    failing: { subject: { token: `${HEADER}.${CLAIMS}` }, shown: '`header.claims`' },
    mended: { ...GOOD, shown: '`header.claims.signature`' },
  },
  'format/signature-empty': {
    reason: 'Verifiers that skip an empty signature accept whatever the token says.',
    failing: { ...signed(0, 0), shown: '`header.claims.` with alg ES256' },
    mended: { ...GOOD, shown: '`header.claims.signature`' },
  },
  'format/signature-length': {
    reason: 'Another algorithm or key than the one named has signed it, or it is cut off.',
    failing: { ...signed(32, 1), shown: 'ES256 with 32 bytes of signature' },
    mended: { ...GOOD, shown: 'ES256 with 64 bytes' },
  },
  'format/ecdsa-zero': {
    reason: 'Verifiers that do not check the range of r and s accept it for any key and content.',
    failing: { ...signed(64, 0), shown: 'ES256 with 64 zero bytes of signature' },
    mended: { ...GOOD, shown: 'ES256 with any other 64 bytes' },
  },
  'format/duplicate-member': {
    reason: 'One parser takes the first value and another the last: they see different tokens.',
    failing: {
      subject: { token: rawToken(goodHeader(), '{"sub":"user","sub":"admin"}') },
      shown: 'the claims `{"sub":"user","sub":"admin"}`',
    },
    mended: { subject: { token: rawToken(goodHeader(), '{"sub":"user"}') }, shown: 'the claims `{"sub":"user"}`' },
  },
  'format/bearer-prefix': {
    reason: 'A strict verifier refuses the text as it is.',
    failing: { subject: { token: `Bearer ${TOKEN}` }, shown: '`Bearer header.claims.signature`' },
    mended: { ...GOOD, shown: '`header.claims.signature`' },
  },
  'format/nested-without-cty': {
    reason: 'Readers expect claims and find a token.',
    failing: { subject: { token: rawToken(NESTED, TOKEN) }, shown: 'a token as payload, and no `cty`' },
    mended: {
      subject: { token: rawToken({ ...NESTED, cty: 'JWT' }, TOKEN) },
      shown: 'a token as payload, and `"cty": "JWT"`',
    },
  },
};
