import { accessToken, claims, createVerifier, decodeUnverified, header, JwtError, key, sign } from 'jwtight';
import { signCompact, verifyCompact } from 'jwtight/jws';
import { assert, type Check, equal, fails } from './check.js';

const NOW = 1_800_000_000;
const clock = () => NOW * 1000;
const secret = () => key('HS256').secret({ hex: '00112233445566778899aabbccddeeff'.repeat(2) });

export const tokenChecks: readonly Check[] = [
  {
    feature: 'builders',
    name: 'the exact token',
    async run() {
      const token = await sign({ iss: 'i', exp: NOW }, await secret(), { header: header().contentType('x') });
      equal(decodeUnverified(token), {
        header: { alg: 'HS256', typ: 'JWT', cty: 'x' },
        claims: { iss: 'i', exp: NOW },
      });
    },
  },
  {
    feature: 'builders',
    name: 'template, profile, random id',
    async run() {
      const template = claims(accessToken).issuer('i').audience('a').subject('s').set('client_id', 'c').id();
      const build = template.expiresIn('15m');
      const [one, two] = [build.resolve(NOW), build.resolve(NOW)];
      assert(one.jti !== two.jti, 'ids differ');
      equal([one.iat, one.exp], [NOW, NOW + 900]);
    },
  },
  {
    feature: 'verifier',
    name: 'times, issuer, audience, type, size',
    async run() {
      const keys = await secret();
      const verify = createVerifier({ keys, issuer: 'i', audience: 'a', clock, cache: { maxEntries: 10 } });
      const make = (more: object) => sign({ iss: 'i', aud: 'a', exp: NOW + 60, ...more }, keys, { clock });
      const good = await make({});
      equal((await verify(good)).claims, { iss: 'i', aud: 'a', exp: NOW + 60 });
      equal((await verify(good)).claims.iss, 'i');
      await fails('ERR_JWT_EXPIRED', async () => verify(await make({ exp: NOW - 60 })));
      await fails('ERR_JWT_NOT_ACTIVE', async () => verify(await make({ nbf: NOW + 61 })));
      await fails('ERR_JWT_ISSUER', async () => verify(await make({ iss: 'j' })));
      await fails('ERR_JWT_AUDIENCE', async () => verify(await make({ aud: ['b'] })));
      await fails('ERR_JWT_TOO_LARGE', () => verify('x'.repeat(20_000)));
      const typed = await sign({ iss: 'i', aud: 'a', exp: NOW }, keys, { header: header().type('at+jwt') });
      await fails('ERR_JWT_TYPE', () => verify(typed));
    },
  },
  {
    feature: 'verifier',
    name: '64 verifications in flight',
    async run() {
      const keys = await secret();
      const verify = createVerifier({ keys, issuer: 'i', audience: 'a', clock });
      const tokens = await Promise.all(
        Array.from({ length: 64 }, (_, n) =>
          sign({ iss: 'i', aud: 'a', exp: NOW + 60, n, pad: 'x'.repeat(n * 7) }, keys),
        ),
      );
      const results = await Promise.all(tokens.map((token) => verify(token)));
      equal(
        results.map(({ claims: { n } }) => n),
        tokens.map((_, n) => n),
      );
    },
  },
  {
    feature: 'errors',
    name: 'malformed tokens end in JwtError',
    async run() {
      const verify = createVerifier({ keys: await secret(), issuer: 'i', audience: 'a', clock });
      const b64 = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      const deep = `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`;
      const hostile = [
        '',
        '.',
        '..',
        'a.b.c',
        `${b64('{"alg":"none"}')}..`,
        `${b64('{"alg":"HS256","alg":"HS256"}')}.e30.AA`,
        `${b64(deep)}.e30.AA`,
        `${b64('{"alg":"HS256","crit":["x"],"x":1}')}.e30.AA`,
        '\ufeffe30.e30.AA',
        `${b64('\xff')}.e30.AA`,
        `${b64('{"__proto__":{"alg":"HS256"}}')}.e30.AA`,
        `${b64('{"alg":"HS256"}')}=.e30.AA`,
      ];
      for (const token of hostile) {
        const result = await verify.safe(token);
        assert(!result.ok && result.error instanceof JwtError, 'refused with a JwtError');
      }
    },
  },
  {
    feature: 'jws',
    name: 'any bytes',
    async run() {
      const { privateKey, publicKey } = await key('ES256').id('k').generate();
      const payload = Uint8Array.from({ length: 300 }, (_, i) => i);
      const jws = await signCompact(payload, privateKey);
      const verified = await verifyCompact(jws, publicKey);
      equal([...verified.payload], [...payload]);
      await fails('ERR_JWT_SIGNATURE', () =>
        verifyCompact(`${jws.slice(0, jws.lastIndexOf('.') + 1)}${'A'.repeat(86)}`, publicKey),
      );
    },
  },
];
