import {
  type Algorithm,
  type AnyKey,
  exportJwk,
  exportPem,
  type Jwk,
  type KeyPairBuilder,
  key,
  type PrivateKey,
  type PublicKey,
  type RsaKeyBuilder,
  type SecretKey,
  type SecretKeyBuilder,
  type SigningKey,
  supportedAlgorithms,
  thumbprint,
  type VerificationKey,
} from 'jwtight';
import { describe, expectTypeOf, it } from 'vitest';

declare const pem: string;
declare const jwk: Jwk;
declare const text: string;
declare const cryptoKey: CryptoKey;

describe('key', () => {
  it('knows what each algorithm is built from', () => {
    expectTypeOf(key('HS384')).toEqualTypeOf<SecretKeyBuilder<'HS384'>>();
    expectTypeOf(key('PS512')).toEqualTypeOf<RsaKeyBuilder<'PS512'>>();
    expectTypeOf(key('ES256')).toEqualTypeOf<KeyPairBuilder<'ES256'>>();
    expectTypeOf(key('Ed25519')).toEqualTypeOf<KeyPairBuilder<'Ed25519'>>();
    expectTypeOf(key('EdDSA')).toEqualTypeOf<KeyPairBuilder<'EdDSA'>>();
    expectTypeOf(key('ML-DSA-65')).toEqualTypeOf<KeyPairBuilder<'ML-DSA-65'>>();
  });

  it('refuses algorithms that do not exist', () => {
    // @ts-expect-error
    key('none');
    // @ts-expect-error
    key('hs256');
    // @ts-expect-error
    key('ES256K');
    // @ts-expect-error
    key('RSA-OAEP');
    // @ts-expect-error
    key(text);
    // @ts-expect-error
    key();
    // @ts-expect-error
    key(undefined);
    // @ts-expect-error
    key('HS256' as Algorithm | undefined);
  });

  it('keeps the literal algorithm in the key', () => {
    expectTypeOf(key('HS256').generate()).resolves.toEqualTypeOf<SecretKey<'HS256'>>();
    expectTypeOf(key('HS512').secret({ text })).resolves.toEqualTypeOf<SecretKey<'HS512'>>();
    expectTypeOf(key('ES256').generate()).resolves.toEqualTypeOf<{
      privateKey: PrivateKey<'ES256'>;
      publicKey: PublicKey<'ES256'>;
    }>();
    expectTypeOf(key('RS256').private({ pem })).resolves.toEqualTypeOf<PrivateKey<'RS256'>>();
    expectTypeOf(key('Ed25519').public({ jwk })).resolves.toEqualTypeOf<PublicKey<'Ed25519'>>();
    expectTypeOf<PublicKey<'ES256'>>().toHaveProperty('algorithm').toEqualTypeOf<'ES256'>();
    expectTypeOf<PublicKey<'ES256'>>().toHaveProperty('role').toEqualTypeOf<'public'>();
    expectTypeOf<PublicKey<'ES256'>>().toHaveProperty('id').toEqualTypeOf<string | undefined>();
    expectTypeOf<PublicKey<'ES256'>>().toHaveProperty('cryptoKey').toEqualTypeOf<CryptoKey>();
  });

  it('keeps it through every setting', () => {
    expectTypeOf(key('HS256').id().extractable().id('a')).toEqualTypeOf<SecretKeyBuilder<'HS256'>>();
    expectTypeOf(key('RS256').modulusLength(4096).id().extractable()).toEqualTypeOf<RsaKeyBuilder<'RS256'>>();
    expectTypeOf(key('ES384').extractable().id('a')).toEqualTypeOf<KeyPairBuilder<'ES384'>>();
  });

  it('has no key pair for HMAC', () => {
    // @ts-expect-error
    key('HS256').private({ pem });
    // @ts-expect-error
    key('HS256').private({ jwk });
    // @ts-expect-error
    key('HS256').public({ pem });
    // @ts-expect-error
    key('HS256').id().extractable().public({ jwk });
  });

  it('has no secret for key pairs', () => {
    // @ts-expect-error
    key('ES256').secret({ text });
    // @ts-expect-error
    key('RS256').id().secret({ text });
    // @ts-expect-error
    key('Ed25519').secret(new Uint8Array(32));
  });

  it('has a modulus for RSA only', () => {
    key('RS256').modulusLength(2048);
    key('PS384').id().modulusLength(2048);
    // @ts-expect-error
    key('ES256').modulusLength(2048);
    // @ts-expect-error
    key('HS256').modulusLength(2048);
    // @ts-expect-error
    key('Ed25519').modulusLength(2048);
    // @ts-expect-error
    key('RS256').modulusLength('2048');
  });

  it('takes secrets whose encoding is declared', () => {
    key('HS256').secret(new Uint8Array(32));
    key('HS256').secret({ text });
    key('HS256').secret({ base64url: text });
    key('HS256').secret({ base64: text });
    key('HS256').secret({ hex: text });
    key('HS256').secret({ jwk });
    // @ts-expect-error
    key('HS256').secret(text);
    // @ts-expect-error
    key('HS256').secret({ pem });
    // @ts-expect-error
    key('HS256').secret({ cryptoKey });
    // @ts-expect-error
    key('HS256').secret({ text: undefined });
    // @ts-expect-error
    key('HS256').secret({ text: text as string | undefined });
    // @ts-expect-error
    key('HS256').secret({ text: new Uint8Array(32) });
    // @ts-expect-error
    key('HS256').secret({});
    // @ts-expect-error
    key('HS256').secret();
    // @ts-expect-error
    key('HS256').secret(new ArrayBuffer(32));
  });

  it('takes key pairs whose source is declared', () => {
    key('ES256').private({ pem });
    key('ES256').private({ jwk });
    key('ES256').private({ cryptoKey });
    key('ES256').public({ cryptoKey });
    // @ts-expect-error
    key('ES256').private(pem);
    // @ts-expect-error
    key('ES256').public({ text });
    // @ts-expect-error
    key('ES256').public({ pem: undefined });
    // @ts-expect-error
    key('ES256').public({ pem: new Uint8Array(91) });
    // @ts-expect-error
    key('ES256').public({ jwk: pem });
    // @ts-expect-error
    key('ES256').public(cryptoKey);
    // @ts-expect-error
    key('ES256').public({ certificate: pem });
  });

  it('takes an id of text, or none for the thumbprint', () => {
    key('ES256').id();
    key('ES256').id('2026-11');
    // @ts-expect-error
    key('ES256').id(1);
    // @ts-expect-error
    key('ES256').id(null);
  });
});

describe('the kinds of keys', () => {
  it('do not stand in for one another', () => {
    expectTypeOf<PrivateKey>().not.toExtend<PublicKey>();
    expectTypeOf<PublicKey>().not.toExtend<PrivateKey>();
    expectTypeOf<SecretKey>().not.toExtend<PrivateKey>();
    expectTypeOf<PublicKey>().not.toExtend<SecretKey>();
    expectTypeOf<PublicKey<'RS256'>>().not.toExtend<PublicKey<'PS256'>>();
    expectTypeOf<PublicKey<'Ed25519'>>().not.toExtend<PublicKey<'EdDSA'>>();
    expectTypeOf<SecretKey<'HS256'>>().not.toExtend<SecretKey<'HS512'>>();
  });

  it('sign or verify', () => {
    expectTypeOf<PrivateKey<'ES256'>>().toExtend<SigningKey>();
    expectTypeOf<SecretKey<'HS256'>>().toExtend<SigningKey>();
    expectTypeOf<PublicKey>().not.toExtend<SigningKey>();
    expectTypeOf<PublicKey<'ES256'>>().toExtend<VerificationKey>();
    expectTypeOf<SecretKey<'HS256'>>().toExtend<VerificationKey>();
    expectTypeOf<PrivateKey>().not.toExtend<VerificationKey>();
  });

  it('can be asked for by algorithm', () => {
    expectTypeOf<PrivateKey<'ES256'>>().toExtend<SigningKey<'ES256'>>();
    expectTypeOf<SecretKey<'HS256'>>().not.toExtend<SigningKey<'ES256'>>();
    expectTypeOf<PublicKey<'RS256'>>().not.toExtend<VerificationKey<'ES256' | 'HS256'>>();
    // @ts-expect-error
    expectTypeOf<SecretKey<'ES256'>>();
    // @ts-expect-error
    expectTypeOf<PublicKey<'HS256'>>();
  });

  it('are read-only', () => {
    const change = (publicKey: PublicKey<'ES256'>) => {
      // @ts-expect-error
      publicKey.id = 'other';
      // @ts-expect-error
      publicKey.algorithm = 'ES384';
    };
    expectTypeOf(change).toBeFunction();
  });
});

describe('exports', () => {
  it('have their types', () => {
    const anyKey = {} as AnyKey;
    expectTypeOf(exportJwk(anyKey)).resolves.toEqualTypeOf<Jwk>();
    expectTypeOf(thumbprint(anyKey)).resolves.toEqualTypeOf<string>();
    expectTypeOf(supportedAlgorithms()).resolves.toEqualTypeOf<Algorithm[]>();
    expectTypeOf(exportPem({} as PrivateKey<'ES256'>)).resolves.toEqualTypeOf<string>();
    exportPem({} as PublicKey);
    // @ts-expect-error
    exportPem({} as SecretKey);
    // @ts-expect-error
    exportJwk(cryptoKey);
  });
});
