import { exportJwk, key, thumbprint } from 'jwtight';
import { type Check, equal, fails } from './check.js';
import { CERTIFICATE, EC_SEC1, RSA_PKCS1 } from './key-files.js';

export const keyChecks: readonly Check[] = [
  {
    feature: 'keys',
    name: 'thumbprint of RFC 7638 §3.1',
    async run() {
      const n =
        '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs' +
        'tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbIS' +
        'D08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
      const publicKey = await key('RS256').public({ jwk: { kty: 'RSA', e: 'AQAB', n } });
      equal(await thumbprint(publicKey), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
    },
  },
  {
    feature: 'keys',
    name: 'PKCS#1 and SEC 1, converted',
    async run() {
      equal((await key('RS256').private({ pem: RSA_PKCS1 })).role, 'private');
      equal((await key('ES256').private({ pem: EC_SEC1 })).role, 'private');
    },
  },
  {
    feature: 'keys',
    name: 'X.509 certificate',
    run: async () => equal((await key('ES256').public({ pem: CERTIFICATE })).role, 'public'),
  },
  {
    feature: 'keys',
    name: 'wrong curve, short secret, point off the curve',
    async run() {
      const { publicKey } = await key('ES384').generate();
      const jwk = await exportJwk(publicKey);
      await fails('ERR_JWT_CONFIG', () => key('ES256').public({ jwk }));
      await fails('ERR_JWT_CONFIG', () => key('HS256').secret({ text: 'too short' }));
      const x = `${jwk.x!.slice(0, 20)}${jwk.x![20] === 'A' ? 'B' : 'A'}${jwk.x!.slice(21)}`;
      await fails('ERR_JWT_CONFIG', () => key('ES384').public({ jwk: { kty: 'EC', crv: 'P-384', x, y: jwk.y! } }));
    },
  },
];
