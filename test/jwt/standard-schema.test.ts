import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createVerifier, JwtError } from '../../src/index.js';
import { AUDIENCE, CLAIMS, clock, ISSUER, NOW, refusal, secretKey, token, verifier } from './support.js';

const policy = { keys: secretKey, issuer: ISSUER, audience: AUDIENCE, clock } as const;
const CANARY = 'canary-of-a-value';

const schemas = {
  zod: {
    plain: z.object({ role: z.enum(['user', 'admin']), org: z.object({ id: z.number() }) }),
    optional: z.object({ nick: z.string().optional() }),
    async: z.object({ role: z.string().refine(async (role) => role === 'user') }),
    transform: z.object({ exp: z.number().transform((exp) => new Date(exp * 1000)), role: z.string().toUpperCase() }),
    defaulted: z.object({ role: z.string().default('guest') }),
    strict: z.strictObject({ iss: z.string(), aud: z.string(), sub: z.string(), iat: z.number(), exp: z.number() }),
    throwing: z.object({
      role: z.string().refine(() => {
        throw new TypeError(CANARY);
      }),
    }),
  },
  valibot: {
    plain: v.object({ role: v.picklist(['user', 'admin']), org: v.object({ id: v.number() }) }),
    optional: v.object({ nick: v.optional(v.string()) }),
    async: v.objectAsync({
      role: v.pipeAsync(
        v.string(),
        v.checkAsync(async (role) => role === 'user'),
      ),
    }),
    transform: v.object({
      exp: v.pipe(
        v.number(),
        v.transform((exp) => new Date(exp * 1000)),
      ),
      role: v.pipe(v.string(), v.toUpperCase()),
    }),
    defaulted: v.object({ role: v.optional(v.string(), 'guest') }),
    strict: v.strictObject({ iss: v.string(), aud: v.string(), sub: v.string(), iat: v.number(), exp: v.number() }),
    throwing: v.object({
      role: v.pipe(
        v.string(),
        v.check(() => {
          throw new TypeError(CANARY);
        }),
      ),
    }),
  },
};

describe.each(['zod', 'valibot'] as const)('%s', (library) => {
  const { plain, optional, async: later, transform, defaulted, strict, throwing } = schemas[library];

  it('valid', async () => {
    const { claims } = await verifier({ claims: plain })(token({ ...CLAIMS, role: 'user', org: { id: 5 }, other: 1 }));
    // What the schema does not know is kept.
    expect(claims).toEqual({ ...CLAIMS, role: 'user', org: { id: 5 }, other: 1 });
    expect((await verifier({ claims: optional })(token())).claims).toEqual(CLAIMS);
  });

  it.each([
    ['of a wrong type', { role: 5, org: { id: 5 } }, 'role'],
    ['of a wrong value', { role: CANARY, org: { id: 5 } }, 'role'],
    ['missing', { org: { id: 5 } }, 'role'],
    ['wrong deep inside', { role: 'user', org: { id: CANARY } }, 'org'],
    ['null', { role: null, org: { id: 5 } }, 'role'],
  ])('invalid: a claim that is %s', async (_, more, claim) => {
    const error = await refusal(verifier({ claims: plain }), token({ ...CLAIMS, ...more }));
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID', claim });
    expect(error.message).not.toContain(CANARY);
    expect(error).not.toHaveProperty('cause');
  });

  it('asynchronous', async () => {
    const verify = verifier({ claims: later });
    expect((await verify(token({ ...CLAIMS, role: 'user' }))).claims.role).toBe('user');
    expect(await refusal(verify, token({ ...CLAIMS, role: CANARY }))).toMatchObject({
      code: 'ERR_JWT_CLAIM_INVALID',
      claim: 'role',
    });
  });

  it('transforms, after the checks have seen the claims as they are', async () => {
    const verify = verifier({ claims: transform });
    expect((await verify(token({ ...CLAIMS, role: 'user' }))).claims).toEqual({
      ...CLAIMS,
      role: 'USER',
      exp: new Date((NOW + 900) * 1000),
    });
    expect(await refusal(verify, token({ ...CLAIMS, role: 'user', exp: 1 }))).toMatchObject({
      code: 'ERR_JWT_EXPIRED',
    });
    expect((await verifier({ claims: defaulted })(token())).claims.role).toBe('guest');
  });

  it('strict: a name of the token is told as the claim, not in the message', async () => {
    const verify = verifier({ claims: strict });
    expect(await verify.safe(token())).toMatchObject({ ok: true });
    const error = await refusal(verify, token({ ...CLAIMS, [`${CANARY}\nforged log line`]: 1 }));
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID' });
    expect(error.message).not.toContain(CANARY);
  });

  it('that throws refuses the token, and says nothing of why', async () => {
    const error = await refusal(verifier({ claims: throwing }), token({ ...CLAIMS, role: 'user' }));
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID' });
    expect(error).not.toHaveProperty('cause');
    expect(`${error.message} ${error.stack}`).not.toContain(CANARY);
  });

  it('does not see a token that is refused before', async () => {
    const spy = vi.spyOn(plain['~standard'], 'validate');
    try {
      const verify = verifier({ claims: plain });
      for (const bad of [token({ ...CLAIMS, exp: 1 }), token({ ...CLAIMS, aud: 'x' }), `${token().slice(0, -4)}AAAA`])
        await refusal(verify, bad);
      expect(spy).not.toHaveBeenCalled();
    } finally {
      spy.mockRestore();
    }
  });
});

it('gives the claims their type', async () => {
  const verify = createVerifier({ ...policy, claims: schemas.zod.plain });
  const { claims } = await verify(token({ ...CLAIMS, role: 'user', org: { id: 5 } }));
  const role: 'user' | 'admin' = claims.role;
  const id: number = claims.org.id;
  expect([role, id]).toEqual(['user', 5]);
});

describe('any Standard Schema', () => {
  const schema = (validate: (value: unknown) => unknown) => ({ '~standard': { version: 1, vendor: 'test', validate } });
  const outcome = (validate: (value: unknown) => unknown) => refusal(verifier({ claims: schema(validate) }), token());

  it('may be a function, as in arktype', async () => {
    const callable = Object.assign(
      () => undefined,
      schema((value) => ({ value })),
    );
    expect(await verifier({ claims: callable }).safe(token())).toMatchObject({ ok: true });
  });

  it('is called as a method of its own', async () => {
    const own = {
      version: 1,
      vendor: 'test',
      ok: true,
      validate(value: unknown) {
        return this.ok ? { value } : { issues: [] };
      },
    };
    expect(await verifier({ claims: { '~standard': own } }).safe(token())).toMatchObject({ ok: true });
  });

  const paths: [string, unknown, string][] = [
    ['a name', [{ message: CANARY, path: ['role', 'x'] }], 'role'],
    ['a segment', [{ message: CANARY, path: [{ key: 'role' }, { key: 'x' }] }], 'role'],
    ['a number', [{ message: CANARY, path: [5] }], '5'],
    ['a symbol', [{ message: CANARY, path: [Symbol('role')] }], 'Symbol(role)'],
    ['a symbol in a segment', [{ message: CANARY, path: [{ key: Symbol('role') }] }], 'Symbol(role)'],
    ['an empty path', [{ message: CANARY, path: [] }], 'claims'],
    ['no path', [{ message: CANARY }], 'claims'],
    ['an undefined path', [{ message: CANARY, path: undefined }], 'claims'],
    ['no issue', [], 'claims'],
    [
      'the first of several',
      [
        { message: CANARY, path: ['a'] },
        { message: CANARY, path: ['b'] },
      ],
      'a',
    ],
    ['what is no list', 'x', 'claims'],
    ['true', true, 'claims'],
    ['null for an issue', [null], 'claims'],
    ['null for a step', [{ message: CANARY, path: [null] }], 'claims'],
    ['an object without a key', [{ message: CANARY, path: [{}] }], 'claims'],
  ];
  it.each(paths)('issues with %s', async (_, issues, claim) => {
    for (const validate of [() => ({ issues }), async () => ({ issues })]) {
      const error = await outcome(validate);
      expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID', claim });
      expect(error.message).not.toContain(CANARY);
    }
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error(CANARY);
      },
    ],
    [
      'throws a JwtError',
      () => {
        throw new JwtError('ERR_JWT_EXPIRED', CANARY);
      },
    ],
    ['rejects with nothing', () => Promise.reject(undefined)],
    ['rejects', () => Promise.reject(new Error(CANARY))],
    ['returns undefined', () => undefined],
    ['returns null', () => null],
    ['returns neither value nor issues', () => ({})],
    ['returns a value that is no object', () => ({ value: 5 })],
    ['returns text', () => ({ value: 'text' })],
    ['returns a list', () => ({ value: [1] })],
    ['returns null for a value', () => ({ value: null })],
  ])('that %s refuses the token', async (_, validate) => {
    const error = await outcome(validate);
    expect(error).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID', claim: 'claims' });
    expect(error).not.toHaveProperty('cause');
    expect(error.message).not.toContain(CANARY);
  });
});
