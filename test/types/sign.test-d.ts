import {
  accessToken,
  type ClaimsBuilder,
  claims,
  clientAssertion,
  type Duration,
  dpopProof,
  type HeaderBuilder,
  header,
  idToken,
  logoutToken,
  type PrivateKey,
  type PublicKey,
  type SecretKey,
  type SigningKey,
  sign,
} from 'jwtight';
import { signCompact } from 'jwtight/jws';
import { describe, expectTypeOf, it } from 'vitest';

declare const privateKey: PrivateKey<'ES256'>;
declare const publicKey: PublicKey<'ES256'>;
declare const secretKey: SecretKey<'HS256'>;
declare const cryptoKey: CryptoKey;
declare const maybe: string | undefined;

const now = 1_800_000_000;

describe('claims', () => {
  it('accumulates what has been set', () => {
    const built = claims()
      .issuer('https://auth.example.com')
      .subject('user-42')
      .audience('billing-api')
      .id()
      .notBefore()
      .expiresIn('15m')
      .set('role', 'admin')
      .with({ tenant: 7, flags: { beta: true } });
    expectTypeOf(built.resolve(now)).toExtend<{
      iss: string;
      sub: string;
      aud: 'billing-api';
      jti: string;
      nbf: number;
      exp: number;
      iat: number;
      role: string;
      tenant: number;
      flags: { beta: boolean };
    }>();
    expectTypeOf(built.missing).toEqualTypeOf<readonly never[]>();
  });

  it('knows nothing but iat at first', () => {
    const built = claims();
    expectTypeOf(built.resolve(now)).toExtend<{ iat: number }>();
    expectTypeOf(built.resolve(now)).not.toHaveProperty('iss');
    expectTypeOf(built.resolve(now)).not.toHaveProperty('exp');
    expectTypeOf(built.missing).toEqualTypeOf<readonly 'exp'[]>();
  });

  it('keeps the names in an audience', () => {
    expectTypeOf(claims().audience('a').resolve(now).aud).toEqualTypeOf<'a'>();
    expectTypeOf(claims().audience(['a', 'b']).resolve(now).aud).toEqualTypeOf<readonly ['a', 'b']>();
  });

  it('has what was set last', () => {
    expectTypeOf(claims().audience('a').audience('b').resolve(now).aud).toEqualTypeOf<'b'>();
    expectTypeOf(claims().set('tenant', 7).set('tenant', 'seven').resolve(now).tenant).toEqualTypeOf<string>();
    expectTypeOf(claims().set('tenant', 7).with({ tenant: true }).resolve(now).tenant).toEqualTypeOf<boolean>();
    expectTypeOf(claims().expiresIn('15m').neverExpires().resolve(now)).not.toHaveProperty('exp');
  });

  it('does not change a template', () => {
    const template = claims().issuer('https://auth.example.com');
    template.expiresIn('15m');
    // @ts-expect-error
    sign(template, privateKey);
    sign(template.expiresIn('15m'), privateKey);
  });

  it('counts exp as set by every way to set it', () => {
    sign(claims().expiresIn('15m'), privateKey);
    sign(claims().expiresIn(900), privateKey);
    sign(claims().expiresAt(now), privateKey);
    sign(claims().expiresAt(new Date()), privateKey);
    sign(claims().set('exp', now), privateKey);
    sign(claims().with({ exp: now }), privateKey);
    sign(claims().neverExpires(), privateKey);
  });

  it('does not count what may not be there', () => {
    // @ts-expect-error
    sign(claims().with({} as { exp?: number }), privateKey);
    // @ts-expect-error
    sign(claims().with({} as Record<string, number>), privateKey);
    // @ts-expect-error
    sign(claims().with({}), privateKey);
  });

  it('takes durations with a unit', () => {
    for (const duration of [900, '90s', '15m', '1h', '30d'] satisfies Duration[]) claims().expiresIn(duration);
    // @ts-expect-error
    claims().expiresIn('15');
    // @ts-expect-error
    claims().expiresIn('15 minutes');
    // @ts-expect-error
    claims().expiresIn('m');
    // @ts-expect-error
    claims().expiresIn('1w');
    // @ts-expect-error
    claims().expiresIn(maybe);
    // @ts-expect-error
    claims().expiresIn(new Date());
    // @ts-expect-error
    claims().expiresIn();
    // @ts-expect-error
    claims().expiresIn({ minutes: 15 });
  });

  it('takes times as seconds or as a Date', () => {
    claims().issuedAt(now).notBefore(new Date()).expiresAt(now);
    // @ts-expect-error
    claims().expiresAt('2027-01-01');
    // @ts-expect-error
    claims().notBefore('15m');
    // @ts-expect-error
    claims().issuedAt();
    // @ts-expect-error
    claims().expiresAt();
  });

  it('takes text for names', () => {
    // @ts-expect-error
    claims().issuer(maybe);
    // @ts-expect-error
    claims().issuer(new URL('https://auth.example.com'));
    // @ts-expect-error
    claims().subject(42);
    // @ts-expect-error
    claims().audience(undefined);
    // @ts-expect-error
    claims().audience([1]);
    // @ts-expect-error
    claims().id(42);
    // @ts-expect-error
    claims().with('role');
    // @ts-expect-error
    claims().set('exp', '15m');
    // @ts-expect-error
    claims().set('aud', 42);
    // @ts-expect-error
    claims().with({ exp: '15m', role: 'admin' });
  });
});

describe('claims of a profile', () => {
  it('must all be set', () => {
    const access = claims(accessToken).issuer('https://auth.example.com').audience('api').subject('u').id();
    expectTypeOf(access.missing).toEqualTypeOf<readonly ('exp' | 'client_id')[]>();
    // @ts-expect-error
    sign(access, privateKey);
    // @ts-expect-error
    sign(access.expiresIn('5m'), privateKey);
    // @ts-expect-error
    sign(access.set('client_id', 'web-shop'), privateKey);
    sign(access.set('client_id', 'web-shop').expiresIn('5m'), privateKey);
  });

  it('are those of its specification, less iat', () => {
    expectTypeOf(claims(idToken).missing[0]!).toEqualTypeOf<'iss' | 'sub' | 'aud' | 'exp'>();
    expectTypeOf(claims(clientAssertion).missing[0]!).toEqualTypeOf<'iss' | 'sub' | 'aud' | 'exp' | 'jti'>();
    expectTypeOf(claims(logoutToken).missing[0]!).toEqualTypeOf<'iss' | 'aud' | 'exp' | 'jti' | 'events'>();
    expectTypeOf(claims(dpopProof).missing[0]!).toEqualTypeOf<'jti' | 'htm' | 'htu'>();
  });

  it('need no expiry where the profile has none', () => {
    sign(claims(dpopProof).id().set('htm', 'POST').set('htu', 'https://api.example.com/pay'), privateKey);
    sign(claims(dpopProof).id().with({ htm: 'POST', htu: 'https://api.example.com/pay' }), privateKey);
    // @ts-expect-error
    sign(claims(dpopProof).id().set('htm', 'POST'), privateKey);
  });

  it('come from a profile and nothing else', () => {
    // @ts-expect-error
    claims('access token');
    // @ts-expect-error
    claims({});
    // @ts-expect-error
    claims(undefined);
    // @ts-expect-error
    claims(null);
  });
});

describe('sign', () => {
  it('resolves to text', () => {
    expectTypeOf(sign(claims().expiresIn('15m'), privateKey)).resolves.toEqualTypeOf<string>();
    expectTypeOf(sign({ exp: now }, secretKey)).resolves.toEqualTypeOf<string>();
    sign(claims().expiresIn('15m'), secretKey as SigningKey);
  });

  it('refuses claims without an expiry', () => {
    // @ts-expect-error
    sign(claims(), privateKey);
    // @ts-expect-error
    sign(claims().issuer('https://auth.example.com').subject('user-42').id(), privateKey);
    // @ts-expect-error
    sign({}, privateKey);
    // @ts-expect-error
    sign({ sub: 'user-42' }, privateKey);
    // @ts-expect-error
    sign({ exp: undefined }, privateKey);
    // @ts-expect-error
    sign({ exp: '15m' }, privateKey);
    // @ts-expect-error
    sign({ exp: new Date() }, privateKey);
    // @ts-expect-error
    sign({} as { exp?: number }, privateKey);
    // @ts-expect-error
    sign('claims', privateKey);
  });

  it('takes any other claim of a plain object, and registered ones of their type', () => {
    interface Mine {
      exp: number;
      role: string;
    }
    sign({ exp: now, iss: 'https://auth.example.com', aud: ['a', 'b'], role: ['admin'], tenant: 7 }, privateKey);
    sign({} as Mine, privateKey);
    sign({ exp: now, aud: ['a'] as readonly string[] } as const, privateKey);
    // @ts-expect-error
    sign({ exp: now, iss: 42 }, privateKey);
    // @ts-expect-error
    sign({ exp: now, aud: [42] }, privateKey);
    // @ts-expect-error
    sign({ exp: now, iss: maybe }, privateKey);
    // @ts-expect-error
    sign({ exp: now, nbf: '0' }, privateKey);
  });

  it('needs a key that signs', () => {
    const built = claims().expiresIn('15m');
    // @ts-expect-error
    sign(built, publicKey);
    // @ts-expect-error
    sign(built, cryptoKey);
    // @ts-expect-error
    sign(built, 'secret');
    // @ts-expect-error
    sign(built, [privateKey]);
    // @ts-expect-error
    sign(built, undefined);
    // @ts-expect-error
    sign(built);
    // @ts-expect-error
    signCompact(new Uint8Array(), publicKey);
  });

  it('knows its options', () => {
    const built = claims().expiresIn('15m');
    sign(built, privateKey, {});
    sign(built, privateKey, { header: header().type('at+jwt'), clock: () => now * 1000 });
    // @ts-expect-error
    sign(built, privateKey, { header: { typ: 'JWT' } });
    // @ts-expect-error
    sign(built, privateKey, { header: undefined });
    // @ts-expect-error
    sign(built, privateKey, { clock: undefined });
    // @ts-expect-error
    sign(built, privateKey, { clock: now });
    // @ts-expect-error
    sign(built, privateKey, { algorithm: 'ES256' });
    // @ts-expect-error
    sign(built, privateKey, { expiresIn: '15m' });
  });
});

describe('header', () => {
  it('stays a header', () => {
    expectTypeOf(
      header().type('at+jwt').contentType('JWT').jwkSetUrl('https://a.example/jwks'),
    ).toEqualTypeOf<HeaderBuilder>();
    expectTypeOf(header().set('x-tenant', 7)).toEqualTypeOf<HeaderBuilder>();
    header().set('typ', 'at+jwt');
  });

  it('leaves alg and kid to the key, and has no extensions', () => {
    // @ts-expect-error
    header().set('alg', 'none');
    // @ts-expect-error
    header().set('kid', 'other');
    // @ts-expect-error
    header().set('crit', ['exp']);
    // @ts-expect-error
    header().set('b64', false);
    // @ts-expect-error
    header().set('zip', 'DEF');
    // @ts-expect-error
    header().algorithm('ES256');
    // @ts-expect-error
    header().type(undefined);
    // @ts-expect-error
    header().type(maybe);
    // @ts-expect-error
    header({ alg: 'none' });
  });
});

describe('signCompact', () => {
  it('takes bytes', () => {
    expectTypeOf(signCompact(new Uint8Array(), privateKey)).resolves.toEqualTypeOf<string>();
    signCompact(new Uint8Array(), secretKey, header().contentType('application/json'));
    // @ts-expect-error
    signCompact('text', privateKey);
    // @ts-expect-error
    signCompact({}, privateKey);
    // @ts-expect-error
    signCompact(new ArrayBuffer(1), privateKey);
    // @ts-expect-error
    signCompact(new Uint8Array(), privateKey, { typ: 'JWT' });
  });
});

describe('a function over builders', () => {
  it('can add claims to whatever it gets', () => {
    const stamp = <C extends object, M extends string>(builder: ClaimsBuilder<C, M>) => builder.set('tenant', 7);
    expectTypeOf(stamp(claims().subject('user-42')).resolve(now)).toExtend<{ sub: string; tenant: number }>();
    sign(stamp(claims().expiresIn('15m')), privateKey);
    // @ts-expect-error
    sign(stamp(claims()), privateKey);
  });
});
