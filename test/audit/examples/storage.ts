import type { StorageChoice } from 'jwtight/audit';
import { accessTokenWith } from '../support.js';
import type { RuleExamples } from './example.js';

const COOKIE = {
  name: '__Host-session',
  httpOnly: true,
  secure: true,
  sameSite: 'Lax',
  maxAge: '15m',
} as const satisfies StorageChoice['cookie'];

function cookie(changes: Partial<NonNullable<StorageChoice['cookie']>>, ...without: (keyof typeof COOKIE)[]) {
  const kept = Object.entries(COOKIE).filter(([name]) => !without.includes(name as keyof typeof COOKIE));
  return { where: 'cookie', cookie: { ...Object.fromEntries(kept), ...changes } } as const satisfies StorageChoice;
}

const GOOD = { subject: { storage: cookie({}) } };
const token = accessTokenWith();

export const storageExamples: RuleExamples = {
  'storage/localstorage': {
    reason: 'One injected script reads the token and takes it away.',
    failing: { subject: { storage: { where: 'localStorage' } } },
    mended: { subject: { storage: { where: 'memory' } } },
  },
  'storage/cookie-no-httponly': {
    reason: 'One injected script reads the cookie and takes the token away.',
    failing: { subject: { storage: cookie({ httpOnly: false }) } },
    mended: GOOD,
  },
  'storage/cookie-no-secure': {
    reason: 'A single request without TLS shows the token to the whole network.',
    failing: { subject: { storage: cookie({ secure: false }) } },
    mended: GOOD,
  },
  'storage/cookie-samesite': {
    reason: 'A page of another site can make requests in the name of the user.',
    failing: { subject: { storage: { ...cookie({ sameSite: 'None' }), csrfDefence: false } } },
    mended: GOOD,
  },
  'storage/cookie-prefix': {
    reason: 'The prefix makes the browser refuse a cookie that a neighbouring host has planted.',
    failing: { subject: { storage: cookie({ name: 'session' }) } },
    mended: GOOD,
  },
  'storage/cookie-too-large': {
    reason: 'Browsers drop longer cookies without a word.',
    failing: {
      subject: { token: accessTokenWith({ roles: 'r'.repeat(3000) }), storage: cookie({}) },
      shown: 'a token of 4,400 characters in a cookie',
    },
    mended: { subject: { token, storage: cookie({}) }, shown: 'a token of 500 characters in a cookie' },
  },
  'storage/cookie-broad-domain': {
    reason: 'Every host of the domain gets the token, the forgotten ones too.',
    failing: { subject: { storage: cookie({ name: '__Secure-session', domain: 'example.com' }) } },
    mended: GOOD,
  },
  'storage/cookie-outlives-token': {
    reason: 'The browser goes on sending a token that nobody accepts any more.',
    failing: { subject: { token, storage: cookie({ maxAge: '30d' }) } },
    mended: { subject: { token, storage: cookie({}) } },
  },
  'storage/url-transport': {
    reason: 'URLs end up in histories, logs and Referer headers.',
    failing: { subject: { storage: { where: 'url' } } },
    mended: { subject: { storage: { where: 'memory' } } },
  },
  'storage/plain-http': {
    reason: 'Everybody on the way can read the token.',
    failing: { subject: { storage: { origin: 'http://app.example.com' } } },
    mended: { subject: { storage: { origin: 'https://app.example.com' } } },
  },
  'storage/no-csp': {
    reason: 'Where scripts can read the token, the policy is all that stops an injected one.',
    failing: { subject: { storage: { where: 'localStorage', contentSecurityPolicy: false } } },
    mended: { subject: { storage: { where: 'localStorage', contentSecurityPolicy: "script-src 'self'" } } },
  },
  'storage/logged': {
    reason: 'Whoever reads the logs can use the tokens in them.',
    failing: { subject: { storage: { logged: true } } },
    mended: { subject: { storage: { logged: false } } },
  },
  'storage/cached': {
    reason: 'A cache may hand the response, and with it the token, to somebody else.',
    failing: { subject: { storage: { cacheControl: 'private, max-age=60' } } },
    mended: { subject: { storage: { cacheControl: 'no-store' } } },
  },
};
