// Why a library accepts what an RFC forbids, as its source says.

const CRIT = [/^crit-/, 'It does not read `crit`: an extension that must be understood is ignored.'];
const BUFFER_UTF8 = [
  /utf8/,
  '`Buffer.toString()` puts U+FFFD in the place of bytes that are no UTF-8, so that different bytes read alike.',
];
const DECODER_UTF8 = [
  /utf8/,
  '`TextDecoder` without `fatal` puts U+FFFD in the place of bytes that are no UTF-8, so that different bytes read alike.',
];
const BUFFER_BASE64 = [
  /^(signature|payload|header)-|-after$/,
  "`Buffer.from(…, 'base64')` takes padding, both alphabets, white space and any other character in its stride.",
];
const ATOB = [
  /^(signature|payload|header)-|-after$/,
  '`atob` takes padding and skips white space, and the letters of both alphabets are taken for one.',
];
const COMPARED = [
  /^(exp|nbf)-/,
  'The claim is looked at only where it is truthy, and compared whatever its type: 0 counts as missing, and NaN is neither before nor after anything.',
];
const STRING_PARTS = [
  /^segments-|^a-million-dots/,
  '`split` takes the first three parts, and nobody counts the others.',
];

/** By library: which attacks, and why. The first that matches counts. */
export const REASONS = {
  jose: [
    [
      /^(signature|payload|header)-|-after$/,
      'Base64url is decoded by the platform (`Uint8Array.fromBase64`, `atob`), which takes padding and skips white space.',
    ],
  ],
  jsonwebtoken: [
    CRIT,
    [/^header-utf8/, 'The header is read as Latin-1 (`jws`), where every byte is a character.'],
    BUFFER_UTF8,
  ],
  'fast-jwt': [BUFFER_UTF8],
  hono: [DECODER_UTF8, ATOB],
  '@tsndr/cloudflare-worker-jwt': [CRIT, DECODER_UTF8, COMPARED, STRING_PARTS, ATOB],
  'aws-jwt-verify': [
    CRIT,
    BUFFER_UTF8,
    [/-padding$/, 'The pattern for tokens allows up to two `=` at the end of each part.'],
  ],
  njwt: [
    CRIT,
    BUFFER_UTF8,
    [/^(exp|nbf)-/, 'The claim is made a `Date`; an invalid one is neither before nor after now.'],
    BUFFER_BASE64,
  ],
  'jwt-simple': [CRIT, BUFFER_UTF8, COMPARED, BUFFER_BASE64],
};
