// What each library accepts when it is called with a key and nothing else, as a Markdown table. The README shows it.
// jwtight is given what it does not do without: issuer and audience.
import { createHmac } from 'node:crypto';
import fastJwt from 'fast-jwt';
import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { createVerifier, key } from 'jwtight';

const [ISSUER, AUDIENCE] = ['https://auth.example.com', 'billing-api'];
const SECRET = '0123456789abcdef0123456789abcdef';
const exp = Math.floor(Date.now() / 1000) + 60;
const good = { iss: ISSUER, aud: AUDIENCE, exp };

function token(claims, { header = {}, secret = SECRET } = {}) {
  const encode = (value) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const LIBRARIES = {
  jwtight: async (text, secret) => {
    const keys = await key('HS256').secret({ text: secret });
    return createVerifier({ keys, issuer: ISSUER, audience: AUDIENCE })(text);
  },
  jose: (text, secret) => jwtVerify(text, new TextEncoder().encode(secret)),
  jsonwebtoken: async (text, secret) => jsonwebtoken.verify(text, secret),
  'fast-jwt': async (text, secret) => fastJwt.createVerifier({ key: secret })(text),
};

const CASES = {
  'another issuer, another audience': [token({ ...good, iss: 'https://other.example', aud: 'other' })],
  'no `exp`': [token({ ...good, exp: undefined })],
  'the name `exp` twice in the JSON': [token(JSON.stringify(good).replace('"exp"', '"exp":1,"exp"'))],
  '`crit` with an unknown extension': [token(good, { header: { crit: ['x'], x: 1 } })],
  '`typ` of another kind of token': [token(good, { header: { typ: 'logout+jwt' } })],
  'an HS256 secret of one byte': [token(good, { secret: 'k' }), 'k'],
};

async function accepts(verify, text, secret = SECRET) {
  try {
    await verify(text, secret);
    return true;
  } catch {
    return false;
  }
}

const row = (cells) => `| ${cells.join(' | ')} |`;
console.log(row(['accepts', ...Object.keys(LIBRARIES)]));
console.log(`|---|${'---|'.repeat(Object.keys(LIBRARIES).length)}`);
for (const [what, [text, secret]] of Object.entries(CASES)) {
  const answers = [];
  for (const verify of Object.values(LIBRARIES)) {
    // A library that refuses a good token as well would prove nothing.
    if (!(await accepts(verify, token(good)))) throw new Error('a good token was refused');
    answers.push((await accepts(verify, text, secret)) ? 'yes' : 'no');
  }
  console.log(row([what, ...answers]));
}
