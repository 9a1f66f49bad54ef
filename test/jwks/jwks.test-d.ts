import type { KeySource, PrivateKey, PublicKey, SecretKey } from 'jwtight';
import {
  createKeyRing,
  type FetchFunction,
  issuerKeys,
  type JwkSet,
  localJwks,
  publishJwks,
  remoteJwks,
} from 'jwtight/jwks';
import { describe, expectTypeOf, it } from 'vitest';

describe('key sets', () => {
  it('take the platform fetch, and a URL in either form', () => {
    expectTypeOf(globalThis.fetch).toExtend<FetchFunction>();
    expectTypeOf(remoteJwks).toBeCallableWith(new URL('https://a.example'), { algorithms: ['ES256'], fetch });
    expectTypeOf(remoteJwks).toBeCallableWith('https://a.example', { algorithms: ['ES256'], maxAge: '5m' });
    expectTypeOf(remoteJwks).toBeCallableWith(
      (signal) => fetch('https://a.example', { signal }).then((r) => r.text()),
      {
        algorithms: ['ES256'],
      },
    );
  });

  it('are key sources', () => {
    expectTypeOf(remoteJwks).returns.toExtend<KeySource>();
    expectTypeOf(issuerKeys).returns.toExtend<KeySource>();
    expectTypeOf(localJwks).returns.resolves.toExtend<KeySource>();
  });

  it('must be told their algorithms, and HMAC is none of them', () => {
    // @ts-expect-error algorithms is required
    remoteJwks('https://a.example', {});
    // @ts-expect-error a published key is no secret
    remoteJwks('https://a.example', { algorithms: ['HS256'] });
    // @ts-expect-error a published key is no secret
    localJwks({ keys: [] }, { algorithms: ['HS256'] });
    // @ts-expect-error a duration needs a unit
    issuerKeys('https://a.example', { algorithms: ['ES256'], maxAge: '5' });
  });

  it('cannot be made of secrets', () => {
    expectTypeOf(publishJwks).parameter(0).toEqualTypeOf<readonly (PublicKey | PrivateKey)[]>();
    // @ts-expect-error a secret must not be published
    publishJwks([{} as SecretKey]);
    expectTypeOf(publishJwks).returns.resolves.toEqualTypeOf<JwkSet>();
  });
});

describe('a key ring', () => {
  it('knows its algorithm', () => {
    const ring = () => createKeyRing({ algorithm: 'ES256', tokenLifetime: '15m' });
    expectTypeOf(ring).returns.toExtend<KeySource>();
    expectTypeOf<Awaited<ReturnType<ReturnType<typeof ring>['signingKey']>>>().toEqualTypeOf<PrivateKey<'ES256'>>();
    // @ts-expect-error the tokens' life must be known
    createKeyRing({ algorithm: 'ES256' });
    // @ts-expect-error a ring has public keys
    createKeyRing({ algorithm: 'HS256', tokenLifetime: '15m' });
  });
});
