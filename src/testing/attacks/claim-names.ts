// Claims twice, in other spellings, inherited or not an object; other registered claims of the wrong type.

import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { otherAudience } from './audiences.js';

/** Attacks on what reads the claims. */
export function claimNames(): AttackRow[] {
  return [...twice(), ...spelled(), ...wrongTypes(), ...noObjects()];
}

/** The claims with a member in front of them or behind, which JSON.stringify cannot write. */
const around =
  (before: (c: AttackContext) => string, after: (c: AttackContext) => string, claims?: (c: AttackContext) => object) =>
  (c: AttackContext): Promise<string> => {
    const body = JSON.stringify({ ...c.claims, ...claims?.(c) }).slice(1, -1);
    return c.issuedRaw(c.header, `{${before(c)}${body}${after(c)}}`);
  };

const none = (): string => '';

/** RFC 7519 §4: refuse, or take the last. Taking the first is therefore a failure, taking the last is not. */
function twice(): AttackRow[] {
  const first = {
    class: 'policy',
    severity: 'medium',
    code: 'ERR_JWT_MALFORMED',
    reference: 'RFC 7519 §4, RFC 7515 §4',
  } as const;
  const last = { ...first, class: 'strictness', severity: 'low' } as const;
  return [
    ...attackRows(first, [
      {
        id: 'exp-first-of-two',
        description: 'a good exp and then a passed one',
        make: around(none, ({ now }) => `,"exp":${now - 86_400}`),
      },
      {
        id: 'aud-first-of-two',
        description: 'the right aud and then another',
        make: around(none, () => ',"aud":"other-api"'),
      },
      {
        id: 'iss-first-of-two',
        description: 'the right iss and then another',
        make: around(none, () => ',"iss":"https://attacker.example"'),
      },
    ]),
    ...attackRows(last, [
      {
        id: 'exp-last-of-two',
        description: 'a passed exp and then a good one',
        make: around(({ now }) => `"exp":${now - 86_400},`, none),
      },
      {
        id: 'aud-last-of-two',
        description: 'another aud and then the right one',
        make: around(() => '"aud":"other-api",', none),
      },
      {
        id: 'sub-escaped-twice',
        description: 'sub, and again with an escaped letter',
        make: around(() => '"\\u0073ub":"administrator",', none),
      },
      {
        id: 'nested-name-twice',
        description: 'the same name twice inside a claim',
        make: around(() => '"scope":{"admin":false,"admin":true},', none),
      },
      {
        id: 'header-name-twice',
        description: 'kid twice in the header',
        reference: 'RFC 7515 §4',
        make: (c) => c.issuedRaw(`{"kid":"other",${JSON.stringify(c.header).slice(1)}`, c.claims),
      },
    ]),
  ];
}

function spelled(): AttackRow[] {
  return attackRows({ class: 'policy', severity: 'medium', reference: 'RFC 7519 §4, RFC 7515 §4' }, [
    {
      id: 'exp-other-case-name',
      description: 'a passed exp and a good EXP, for parsers that ignore the case of names',
      code: 'ERR_JWT_EXPIRED',
      make: around(
        none,
        ({ now }) => `,"EXP":${now + 900}`,
        ({ now }) => ({ exp: now - 86_400 }),
      ),
    },
    {
      id: 'aud-other-case-name',
      description: 'another aud and the right one as Aud',
      code: 'ERR_JWT_AUDIENCE',
      make: around(
        none,
        ({ audience }) => `,"Aud":${JSON.stringify(audience)}`,
        ({ audience }) => ({ aud: otherAudience(audience) }),
      ),
    },
    {
      id: 'claims-from-prototype',
      description: 'all claims inside __proto__, for code that copies them with Object.assign',
      code: 'ERR_JWT_CLAIM_MISSING',
      reference: 'CWE-1321',
      make: (c) => c.issuedRaw(c.header, `{"__proto__":${JSON.stringify(c.claims)}}`),
    },
  ]);
}

function wrongTypes(): AttackRow[] {
  const typed = (id: string, description: string, claims: object) => ({
    id,
    description,
    make: (c: AttackContext) => c.issued({ ...claims }),
  });
  const shared = {
    class: 'strictness',
    severity: 'low',
    code: 'ERR_JWT_CLAIM_INVALID',
    reference: 'RFC 7519 §4.1.2, §4.1.7',
  } as const;
  return attackRows(shared, [
    typed('sub-number', 'sub is a number', { sub: 42 }),
    typed('sub-list', 'sub is a list', { sub: ['user-42'] }),
    typed('sub-object', 'sub is an object', { sub: { id: 'user-42' } }),
    typed('sub-empty', 'sub is empty', { sub: '' }),
    typed('jti-number', 'jti is a number', { jti: 1 }),
    typed('jti-null', 'jti is null', { jti: null }),
  ]);
}

/** RFC 7519 §7.2 step 10: a JSON object, or no JWT. */
function noObjects(): AttackRow[] {
  const payload = (id: string, description: string, text: string) => ({
    id,
    description,
    make: (c: AttackContext) => c.issuedRaw(c.header, text),
  });
  const shared = {
    class: 'robustness',
    severity: 'medium',
    code: 'ERR_JWT_MALFORMED',
    reference: 'RFC 7519 §7.2',
  } as const;
  return attackRows(shared, [
    payload('payload-list', 'the payload is a list', '[]'),
    payload('payload-text', 'the payload is a JSON text', '"user-42"'),
    payload('payload-number', 'the payload is a number', '42'),
    payload('payload-true', 'the payload is true', 'true'),
    payload('payload-null', 'the payload is null', 'null'),
    payload('payload-empty', 'the payload is empty', ''),
    payload('payload-no-json', 'the payload is not JSON', 'user-42'),
  ]);
}
