import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claims,
  createVerifier,
  decodeUnverified,
  JwtError,
  key,
  type SigningKey,
  sign,
  type VerificationKey,
} from '../../src/index.js';
import { AUDIENCE, b64, clock, ISSUER, NOW, rawToken, secretKey, token } from '../jwt/support.js';

/** Each run tries the same cases. Mutation testing, which runs these thousands of times, tries few of them. */
const few = process.env.STRYKER_MUTATOR_WORKER !== undefined;
const runs = (numRuns: number) => ({ numRuns: few ? Math.ceil(numRuns / 50) : numRuns, seed: 20_261_122 });

const base = { iss: ISSUER, aud: AUDIENCE, iat: NOW, exp: NOW + 900 };
const registered = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];
const policyFor = (keys: VerificationKey) => ({ keys, issuer: ISSUER, audience: AUDIENCE, clock, maxTokenLength: 1e6 });

const ALGORITHMS = ['HS256', 'ES256', 'Ed25519'] as const;
interface Side {
  readonly signing: SigningKey;
  readonly verify: ReturnType<typeof createVerifier>;
}
const sides = Object.fromEntries(
  await Promise.all(
    ALGORITHMS.map(async (algorithm): Promise<[string, Side]> => {
      const made = await key(algorithm as 'ES256')
        .id()
        .generate();
      const { privateKey, publicKey } = 'privateKey' in made ? made : { privateKey: made, publicKey: made };
      return [
        algorithm,
        { signing: privateKey as SigningKey, verify: createVerifier(policyFor(publicKey)) as Side['verify'] },
      ];
    }),
  ),
) as Record<(typeof ALGORITHMS)[number], Side>;

/** Names that JavaScript or JSON could trip over. */
const hostileName = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '',
  '0',
  '-1',
  '"',
  '\\',
  '\\"',
  '\u0000',
  '\u2028',
  '\ud800',
  '\udc00\ud800',
  '😀',
  'é',
  'e\u0301',
  ':',
  '":1,"',
  '}',
  'a":1,"a',
  '\uFEFF',
);
const name = fc
  .oneof(hostileName, fc.string(), fc.string({ unit: 'binary' }))
  // V8 14 takes one name with an escape for another that begins with a backslash (nodejs/node#63785).
  .filter((text) => !text.includes('\\'));
const jsonOf = (maxDepth: number) =>
  fc.letrec<{ value: unknown; object: object }>((tie) => ({
    value: fc.oneof(
      { maxDepth },
      fc.oneof(
        fc.string({ unit: 'binary' }),
        hostileName,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        // JSON has no negative zero.
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('object'),
    ),
    object: fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  }));
const deep = jsonOf(4);

/** Claims that the policy says nothing of. */
const otherClaims = deep.object.map((object) =>
  Object.fromEntries(Object.entries(object).filter(([claim]) => !registered.includes(claim))),
);

describe('signing and verifying', () => {
  it.each(ALGORITHMS)('%s: every claim comes back as it was', async (algorithm) => {
    const { signing, verify } = sides[algorithm];
    await fc.assert(
      fc.asyncProperty(otherClaims, async (others) => {
        const plain = { ...others, ...base };
        const text = await sign(plain, signing, { clock });
        const read = (await verify(text)).claims as object;
        expect(JSON.stringify(read)).toBe(JSON.stringify(plain));
        expect(decodeUnverified(text).claims).toEqual(read);
        const built = claims().with(others).issuer(ISSUER).audience(AUDIENCE).expiresIn(900);
        expect((await verify(await sign(built, signing, { clock }))).claims).toEqual(read);
      }),
      runs(400),
    );
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it('what JSON.stringify writes and node:crypto signs is read alike', async () => {
    const verify = createVerifier(policyFor(secretKey));
    await fc.assert(
      fc.asyncProperty(otherClaims, fc.integer({ min: 0, max: 4 }), async (others, indent) => {
        const plain = { ...base, ...others };
        const text = rawToken('{"alg":"HS256"}', JSON.stringify(plain, undefined, indent));
        expect(JSON.stringify((await verify(text)).claims)).toBe(JSON.stringify(plain));
      }),
      runs(1000),
    );
  });

  it('a builder never changes: what it resolves to does not depend on what is made of it', () => {
    const step = fc.oneof(
      fc.tuple(fc.constant('set' as const), name, fc.jsonValue()),
      fc.tuple(fc.constant('expiresIn' as const), fc.integer({ min: 1, max: 1e6 })),
      fc.tuple(fc.constantFrom('issuer' as const, 'subject' as const), fc.string({ minLength: 1 })),
      fc.tuple(fc.constantFrom('neverExpires' as const, 'notBefore' as const)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let builder: { resolve(now: number): object } = claims();
        const snapshots: [typeof builder, string][] = [];
        for (const [method, ...args] of steps) {
          snapshots.push([builder, JSON.stringify(builder.resolve(NOW))]);
          try {
            builder = (builder as unknown as Record<string, (...args: unknown[]) => typeof builder>)[method]!(...args);
          } catch (error) {
            // A registered name with a value of another kind.
            expect(error).toMatchObject({ name: 'JwtConfigError' });
          }
        }
        for (const [before, text] of snapshots) expect(JSON.stringify(before.resolve(NOW))).toBe(text);
      }),
      runs(500),
    );
  });
});

describe.each(ALGORITHMS)('%s: no change of a valid token verifies', (algorithm) => {
  const { signing, verify } = sides[algorithm];
  const characters = fc.oneof(
    fc.constantFrom(...'ABCXYZabcxyz0189-_+/=. \n\u0000'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  );
  const rejected = async (text: string) => {
    const result = await verify.safe(text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error).toBeInstanceOf(JwtError);
  };
  const make = (sub: string) => sign({ ...base, sub }, signing, { clock });

  it('every single-character edit: changed, left out, put in, doubled', async () => {
    const text = await make('user-42');
    expect((await verify.safe(text)).ok).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), characters, fc.constantFrom(0, 1), async (at, character, length) => {
        const edited = text.slice(0, at) + character + text.slice(at + length);
        fc.pre(edited !== text);
        await rejected(edited);
      }),
      runs(1500),
    );
    for (let at = 0; at < text.length; at++) await rejected(text.slice(0, at) + text.slice(at + 1));
  });

  it('every letter of the signature, for every other letter', async () => {
    const text = await make('user-42');
    const start = text.lastIndexOf('.') + 1;
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // The last letter in all its 63 wrong forms: those that differ in unused bits alone are among them.
    for (const at of [start, text.length - 2, text.length - 1])
      for (const letter of letters)
        if (letter !== text[at]) await rejected(text.slice(0, at) + letter + text.slice(at + 1));
  });

  it('every truncation, at either end', async () => {
    const text = await make('user-42');
    for (let length = 0; length < text.length; length++) {
      await rejected(text.slice(0, length));
      await rejected(text.slice(text.length - length));
    }
  });

  it('every exchange of segments, within a token or of two', async () => {
    const parts = [...(await make('user-42')).split('.'), ...(await make('admin')).split('.')];
    for (const a of parts)
      for (const b of parts)
        for (const c of parts) {
          const text = `${a}.${b}.${c}`;
          const isWhole = text === parts.slice(0, 3).join('.') || text === parts.slice(3).join('.');
          if (!isWhole) await rejected(text);
        }
  });

  it('every splice of two tokens', async () => {
    const subjects = fc.string({ minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(subjects, subjects, fc.double({ min: 0, max: 1, noNaN: true }), async (one, two, share) => {
        const [first, second] = [await make(one), await make(two)];
        const at = Math.floor(share * first.length);
        for (const spliced of [first.slice(0, at) + second.slice(at), first + second, first.slice(0, at) + second]) {
          if (spliced !== first && spliced !== second) await rejected(spliced);
        }
      }),
      runs(300),
    );
  });
});

describe('arbitrary text', () => {
  const json = jsonOf(1);
  const valid = token({ ...base, sub: 'user-42' });
  const segment = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'ABCDwxyz0189-_'), maxLength: 24 }),
    fc.uint8Array({ maxLength: 24 }).map(b64),
    fc.string({ unit: 'binary', maxLength: 12 }),
    json.object.map((object) => b64(JSON.stringify(object))),
    json.value.map((value) => b64(JSON.stringify(value))),
    fc.constantFrom('', b64('{}'), b64('[]'), b64('null'), ...valid.split('.')),
  );
  const headerText = fc
    .record(
      {
        alg: fc.oneof(fc.constantFrom<unknown>('HS256', 'HS512', 'none', 'RS256', '__proto__'), json.value),
        kid: fc.oneof(fc.string(), json.value),
        typ: fc.oneof(fc.constantFrom<unknown>('JWT', 'at+jwt'), json.value),
        crit: json.value,
        jwk: json.value,
      },
      { requiredKeys: [] },
    )
    .map((object) => JSON.stringify(object));
  const payloadText = fc
    .record(
      {
        iss: fc.oneof(fc.constant<unknown>(ISSUER), json.value),
        aud: fc.oneof(fc.constant<unknown>(AUDIENCE), json.value),
        // Never in the future: none of these tokens is good.
        exp: fc.oneof(
          fc.constant(NOW - 9999),
          json.value.map((value) => (typeof value === 'number' ? Math.min(value, NOW - 9999) : value)),
        ),
        nbf: fc.oneof(fc.constant(NOW), json.value),
        sub: fc.oneof(fc.constant('user-42'), json.value),
      },
      { requiredKeys: [] },
    )
    .map((object) => JSON.stringify(object));

  const texts = fc.oneof(
    { weight: 3, arbitrary: fc.string({ maxLength: 60 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'.Ae-= \n'), maxLength: 12 }) },
    { weight: 6, arbitrary: fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('.')) },
    { weight: 6, arbitrary: fc.tuple(segment, segment, segment).map((parts) => parts.join('.')) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.nat(valid.length - 1), fc.string({ minLength: 1, maxLength: 3 }), fc.nat(3))
        .map(([at, text, length]) => valid.slice(0, at) + text + valid.slice(at + length)),
    },
    // Rightly signed, with any header: only what is wrong with the text or the claims is left to find.
    { weight: 3, arbitrary: fc.tuple(headerText, payloadText).map(([header, payload]) => rawToken(header, payload)) },
    { weight: 3, arbitrary: payloadText.map((payload) => rawToken('{"alg":"HS256"}', payload)) },
  );

  const single = createVerifier(policyFor(secretKey));
  const several = createVerifier([policyFor(secretKey)]);
  const cached = createVerifier({ ...policyFor(secretKey), cache: { maxEntries: 100 } });
  const CODE = /^ERR_JWT_[A-Z_]+$/;

  /** In lists, as most of the time would else go into fast-check's accounting. */
  const SIZE = 250;
  const batch = fc.array(texts, { minLength: SIZE, maxLength: SIZE });

  it('100,000 of them give nothing but a JwtError', { timeout: 60_000 }, async () => {
    let tried = 0;
    const codes = new Set<string>();
    // Checked, not asserted: the report would print the whole list.
    const { errorInstance } = await fc.check(
      fc.asyncProperty(batch, async (list) => {
        for (const [i, text] of list.entries()) {
          if (text === valid) continue;
          tried++;
          const verify = [single, several, cached][i % 3]!;
          const error: unknown = await verify(text).then(
            () => 'accepted',
            (reason: unknown) => reason,
          );
          if (!(error instanceof JwtError) || !CODE.test(error.code))
            throw new Error(`not a JwtError for ${JSON.stringify(text)}: ${error}`);
          codes.add(error.code);
          try {
            decodeUnverified(text);
          } catch (reason) {
            if (!(reason instanceof JwtError)) throw new Error(`not a JwtError for ${JSON.stringify(text)}: ${reason}`);
          }
        }
      }),
      { ...runs(402), endOnFailure: true },
    );
    expect(errorInstance).toBeNull();
    if (!few) expect(tried).toBeGreaterThanOrEqual(100_000);
    // The texts reach far into the verifier, not only its first check.
    if (!few)
      expect([...codes].sort()).toEqual([
        'ERR_JWT_ALGORITHM',
        'ERR_JWT_AUDIENCE',
        'ERR_JWT_CLAIM_INVALID',
        'ERR_JWT_CLAIM_MISSING',
        'ERR_JWT_CRITICAL',
        'ERR_JWT_EXPIRED',
        'ERR_JWT_ISSUER',
        'ERR_JWT_MALFORMED',
        'ERR_JWT_SIGNATURE',
        'ERR_JWT_TYPE',
      ]);
  });
});
