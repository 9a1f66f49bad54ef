import { createHmac } from 'node:crypto';
import { base64url, goodClaims } from '../support.js';
import type { RuleExamples } from './example.js';

/** 32 and 16 bytes of `crypto.getRandomValues`, made for these examples and for nothing else. */
const GOOD = 'kWfKkvZ5vRzMEk2cV3i9nQGbT0a7oXyLhJ1mPzSdB48';
const HEX = '9f86c1d37ab24e5580f1d2c6b7a3e914';
const mended = { subject: { secret: Buffer.from(GOOD, 'base64url') }, shown: '32 bytes of `generateSecret`' };

function signed(secret: string): string {
  const input = `${base64url('{"alg":"HS256","typ":"at+jwt"}')}.${base64url(JSON.stringify(goodClaims()))}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export const secretExamples: RuleExamples = {
  'secret/empty': {
    reason: 'Anybody can sign with an empty secret, which is what an unset variable often becomes.',
    failing: { subject: { secret: '' } },
    mended,
  },
  'secret/too-short': {
    reason: 'A short key can be found by trying all of them on one token, without asking any server.',
    failing: { subject: { secret: 'kWfKkvZ5vRzMEk2cV3i9' }, shown: '20 characters for HS256' },
    mended,
  },
  'secret/low-entropy': {
    reason: 'Whoever has one token can try billions of guesses a second on it.',
    failing: { subject: { secret: 'I Love Secure Applications In 2026' } },
    mended,
  },
  'secret/placeholder': {
    reason: 'What stands in an example is what an attacker tries first.',
    failing: { subject: { secret: 'please-change-me-to-your-secret-key' } },
    mended,
  },
  'secret/repetitive': {
    reason: 'Repetition and rows of the keyboard are long and easy to guess.',
    failing: { subject: { secret: 'abcdabcdabcdabcdabcdabcdabcdabcd' } },
    mended,
  },
  'secret/derived-value': {
    reason: 'Identifiers, dates and hashes of words look random and are known to others.',
    failing: { subject: { secret: '2f1c6a34-2f64-4f0e-9a55-0d3c3f6f4a11' } },
    mended,
  },
  'secret/encoding-ambiguous': {
    reason: 'One side may decode the text and the other not; decoded, it may be too short.',
    failing: { subject: { secret: HEX }, shown: '32 hexadecimal digits: 16 bytes' },
    mended,
  },
  'secret/stray-whitespace': {
    reason: 'A line break that one side trims and the other does not makes two different keys.',
    failing: { subject: { secret: `${GOOD}\n` }, shown: 'a secret with a line break at its end' },
    mended: { subject: { secret: GOOD }, shown: 'the same without it' },
  },
  'secret/known': {
    reason: 'It stands in documentation, tutorials or public lists that every attacker has.',
    failing: { subject: { secret: 'a-string-secret-at-least-256-bits-long' } },
    mended,
  },
  'secret/signs-with-known': {
    reason: 'Anybody can sign tokens as good as this one.',
    failing: {
      subject: { token: signed('your-256-bit-secret') },
      shown: 'a token signed with the sample secret of jwt.io',
    },
    mended: { subject: { token: signed(GOOD) }, shown: 'a token signed with a random secret' },
  },
  'secret/hardcoded': {
    reason: 'Whoever can read the repository, or the image built from it, can sign tokens.',
    failing: { subject: { environment: { secretSource: 'code' } } },
    mended: { subject: { environment: { secretSource: 'vault' } } },
  },
  'secret/fallback-default': {
    reason: 'One forgotten variable, and everybody who knows the code can sign tokens.',
    failing: { subject: { environment: { secretSource: 'env', fallback: true } } },
    mended: { subject: { environment: { secretSource: 'env', fallback: false } } },
  },
  'secret/client-exposed': {
    reason: 'Build tools copy variables with this prefix into what every visitor downloads.',
    failing: { subject: { environment: { variable: 'NEXT_PUBLIC_JWT_SECRET' } } },
    mended: { subject: { environment: { variable: 'JWT_SECRET' } } },
  },
  'secret/shared': {
    reason: 'Whoever signs in one place signs in all of them, from a test system to production.',
    failing: { subject: { environment: { sharedAcross: ['staging', 'production'] } } },
    mended: { subject: { environment: { sharedAcross: ['production'] } } },
  },
};
