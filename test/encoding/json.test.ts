import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyJson, isObject, parseJsonObject } from '../../src/encoding/json.js';
import { JwtConfigError } from '../../src/errors.js';

const nestedObjects = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
const nestedArrays = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

/** Names and texts made of what a JSON scanner could trip over. */
const tricky = fc.string({ unit: fc.constantFrom('"', '\\', ':', ',', '{', '}', '[', ']', ' ', '\n', 'a', 'u0061') });
const jsonValue = fc.jsonValue({ stringUnit: 'binary' });
const jsonObject = fc.dictionary(fc.oneof(tricky, fc.string({ unit: 'binary' }), fc.constant('__proto__')), jsonValue);
const spaces = fc.constantFrom(undefined, 1, 4, '\t', ' \n\r\t');

describe('isObject', () => {
  it.each([{}, { a: 1 }, Object.create(null), new Map(), runInNewContext('({})')])('accepts %o', (value) => {
    expect(isObject(value)).toBe(true);
  });

  it.each([null, undefined, [], [{}], 'text', 1, true, () => {}, Symbol('a'), runInNewContext('[]')])(
    'refuses %o',
    (value) => {
      expect(isObject(value)).toBe(false);
    },
  );
});

describe('parseJsonObject', () => {
  it.each<[string, unknown]>([
    ['{}', {}],
    [' \t\r\n{ } \n', {}],
    ['{"alg":"HS256","typ":"JWT"}', { alg: 'HS256', typ: 'JWT' }],
    ['{"a":1,"A":2,"":3," ":4}', { a: 1, A: 2, '': 3, ' ': 4 }],
    ['{"a" \n\t\r :1, "b"   :   2}', { a: 1, b: 2 }],
    ['{"a":{"a":{"a":1}}}', { a: { a: { a: 1 } } }],
    ['{"a":[{"b":1},{"b":2},[{"b":3}]]}', { a: [{ b: 1 }, { b: 2 }, [{ b: 3 }]] }],
    ['{"a":"\\":","b":"\\":\\""}', { a: '":', b: '":"' }],
    ['{"a":"{\\"a\\":1}","b":":"}', { a: '{"a":1}', b: ':' }],
    ['{"a":["x","y : z",":"]}', { a: ['x', 'y : z', ':'] }],
    ['{":":":","a":": "}', { ':': ':', a: ': ' }],
    ['{"\\"":1,"\\"\\"":2,"\\\\":3,"\\\\\\"":4}', { '"': 1, '""': 2, '\\': 3, '\\"': 4 }],
    ['{"a\\\\":"\\\\","b":"\\\\\\\\"}', { 'a\\': '\\', b: '\\\\' }],
    ['{"\\u0061":1,"b":"\\u0022:\\u0022"}', { a: 1, b: '":"' }],
    ['{"2":"b","1":"a"}', { 1: 'a', 2: 'b' }],
    ['{"a":null,"b":false,"c":-0.5e1}', { a: null, b: false, c: -5 }],
  ])('reads %s', (text, value) => {
    expect(parseJsonObject(text)).toEqual(value);
  });

  it.each([
    '',
    ' ',
    'null',
    'true',
    '1',
    '"{}"',
    '[]',
    '[{}]',
    '{',
    '}',
    '{}{}',
    '{},',
    '{}x',
    '{}\0',
    '{a:1}',
    "{'a':1}",
    '{"a":1,}',
    '{"a"}',
    '{"a":undefined}',
    '{"a":NaN}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":1}//',
    '{/**/}',
    '\ufeff{}',
    '{}\ufeff',
    '{\u00a0}',
    'undefined',
  ])('refuses what is not a JSON object: %j', (text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  });

  it.each([
    ['at the top', '{"a":1,"a":2}'],
    ['with equal values', '{"a":1,"a":1}'],
    ['far apart', '{"a":1,"b":{"c":[]},"d":"e","a":2}'],
    ['three times', '{"a":1,"a":2,"a":3}'],
    ['in an object within', '{"a":{"b":1,"b":2}}'],
    ['in an object in a list', '{"a":[1,[{"b":1,"b":2}]]}'],
    ['where the first value is dropped with names of its own', '{"a":{"b":1,"c":2},"a":1}'],
    ['where the last value has names of its own', '{"a":1,"a":{"b":1,"c":2}}'],
    ['in a value that is dropped', '{"a":{"b":1,"b":2},"a":1}'],
    ['escaped once', '{"a":1,"\\u0061":2}'],
    ['escaped in two ways', '{"\\/":1,"/":2}'],
    ['as a surrogate pair and as itself', '{"\\ud83d\\udd11":1,"\u{1f511}":2}'],
    ['with an escaped quote', '{"\\"":1,"\\u0022":2}'],
    ['ending in a backslash', '{"a\\\\":1,"a\\\\":2}'],
    ['empty', '{"":1,"":2}'],
    ['that is a number', '{"1":1,"1":2}'],
    ['with white space before the colons', '{"a" :1,"a"\n\t\r :2}'],
    ['without white space', '{"a":"a","a":"a"}'],
    ['beside strings that begin with a colon', '{"a":":","a":": :"}'],
    ['that is a colon', '{":":1,":":2}'],
    ['__proto__', '{"__proto__":1,"__proto__":2}'],
    ['__proto__ as an object', '{"__proto__":{"a":1},"__proto__":{"a":1}}'],
    ['constructor', '{"constructor":1,"constructor":2}'],
    ['in a header', '{"alg":"none","alg":"HS256"}'],
  ])('refuses a name that comes twice %s', (_where, text) => {
    expect(JSON.parse(text)).toBeTypeOf('object');
    expect(parseJsonObject(text)).toBeUndefined();
  });

  it('keeps __proto__ and constructor as plain members', () => {
    const value = parseJsonObject('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}')!;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value.admin).toBeUndefined();
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it.each([
    ['objects', nestedObjects],
    ['arrays', nestedArrays],
  ])('reads 32 levels of %s and not 33', (_what, nested) => {
    expect(parseJsonObject(nested(32))).toEqual(JSON.parse(nested(32)));
    expect(parseJsonObject(nested(33))).toBeUndefined();
  });

  it('counts the levels of the deepest branch, wherever it is', () => {
    const around = (levels: number) => `{"a":1,"b":[${nestedObjects(levels)}],"c":{}}`;
    expect(parseJsonObject(around(30))).toBeDefined();
    expect(parseJsonObject(around(31))).toBeUndefined();
  });

  it('lets a leaf stand on the deepest level', () => {
    expect(parseJsonObject(nestedObjects(32).replace('{}', '{"b":1,"c":"d","e":null}'))).toBeDefined();
  });

  it.each([
    ['objects', nestedObjects(100_000)],
    ['arrays', nestedArrays(100_000)],
    ['objects that never end', '{"a":'.repeat(100_000)],
    ['arrays that never end', '['.repeat(100_000)],
  ])('refuses 100,000 levels of %s without another error', (_what, text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  });

  // Each would take minutes if its scan went over the same characters twice.
  it.each<[string, string, number]>([
    ['backslashes', `{"a":"${'\\\\'.repeat(500_000)}"}`, 1],
    ['escaped quotes', `{"a":"${'\\"'.repeat(500_000)}"}`, 1],
    ['backslashes before escaped quotes', `{"a":"${`${'\\\\'.repeat(500)}\\"`.repeat(1000)}"}`, 1],
    ['white space before a colon', `{"a"${' '.repeat(1_000_000)}:1}`, 1],
    ['white space after texts', `{"a":[${`"b"${' '.repeat(1000)},`.repeat(1000)}0]}`, 1],
    ['texts', `{"a":[${'"",'.repeat(300_000)}0]}`, 1],
    ['names', `{${Array.from({ length: 50_000 }, (_, i) => `"${i}":0`).join()}}`, 50_000],
  ])('reads a long run of %s once', (_what, text, members) => {
    expect(Object.keys(parseJsonObject(text)!)).toHaveLength(members);
  });

  it('reads whatever JSON.stringify writes of an object', () => {
    fc.assert(
      fc.property(jsonObject, spaces, (value, space) => {
        const parsed = parseJsonObject(JSON.stringify(value, null, space));
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(value));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses whatever JSON.stringify writes of anything else', () => {
    fc.assert(
      fc.property(
        jsonValue.filter((value) => !isObject(value)),
        spaces,
        (value, space) => {
          expect(parseJsonObject(JSON.stringify(value, null, space))).toBeUndefined();
        },
      ),
    );
  });

  it('refuses the text of an object in which any one member is written twice', () => {
    const twice = fc.record({ which: fc.nat(), at: fc.nat(), escaped: fc.boolean(), value: jsonValue });
    fc.assert(
      fc.property(jsonObject, twice, (object, { which, at, escaped, value }) => {
        const candidates = objectsIn(object).filter((inner) => Object.keys(inner).length > 0);
        fc.pre(candidates.length > 0);
        const target = candidates[which % candidates.length]!;
        const names = Object.keys(target);
        const name = names[at % names.length]!;
        const extra = `${escaped ? escapeAll(name) : JSON.stringify(name)}: ${JSON.stringify(value)}`;
        expect(parseJsonObject(write(object, target, [at % (names.length + 1), extra]))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('answers any text with an object or undefined', () => {
    const json = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', ' ', '0', 'a') });
    fc.assert(
      fc.property(fc.oneof(json, fc.string({ unit: 'binary' })), (text) => {
        const value = parseJsonObject(text);
        expect(value === undefined || isObject(value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return isObject(value) ? [value, ...inner] : inner;
}

/** JSON text of a value, with one more member put into one of its objects. */
function write(value: unknown, target: object, [at, extra]: [number, string]): string {
  const inner = (member: unknown) => write(member, target, [at, extra]);
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)} : ${inner(member)}`);
  if (value === target) members.splice(at, 0, extra);
  return `{${members.join(',\n')}}`;
}

/** A JSON text with every unit escaped. */
function escapeAll(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

describe('copyJson', () => {
  it.each([
    null,
    true,
    false,
    0,
    -1.5,
    Number.MAX_VALUE,
    '',
    'text',
    '\ud800',
    [],
    {},
    [[], [{}], null],
    { a: [1, 'b', { c: null }], d: { e: false } },
    Object.assign(Object.create(null), { a: 1 }),
  ])('copies %o', (value) => {
    expect(JSON.stringify(copyJson(value, 'claims'))).toBe(JSON.stringify(value));
  });

  it('shares nothing with what it copies', () => {
    const value = { a: [{ b: 1 }] };
    const copy = copyJson(value, 'claims') as typeof value;
    expect(copy).toStrictEqual(value);
    expect([copy === value, copy.a === value.a, copy.a[0] === value.a[0]]).toEqual([false, false, false]);
  });

  it('copies an own __proto__ as a plain member', () => {
    const copy = copyJson(JSON.parse('{"a":{"__proto__":{"admin":true}}}'), 'claims') as { a: object };
    expect(Object.entries(copy.a)).toEqual([['__proto__', { admin: true }]]);
    expect(Object.getPrototypeOf(copy.a)).toBe(Object.prototype);
  });

  it('copies the same object wherever it comes up, as long as it does not hold itself', () => {
    const shared = { a: 1 };
    expect(copyJson([shared, { shared }], 'claims')).toStrictEqual([{ a: 1 }, { shared: { a: 1 } }]);
  });

  it('copies objects and arrays of another realm into ours', () => {
    const foreign = runInNewContext('({ a: [1, { b: "c" }], d: Object.create(null) })');
    const copy = copyJson(foreign, 'claims') as { a: unknown[] };
    expect(copy).toStrictEqual({ a: [1, { b: 'c' }], d: {} });
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(copy.a)).toBe(Array.prototype);
  });

  class Point {
    x = 1;
  }

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['a BigInt', 1n],
    ['a symbol', Symbol('a')],
    ['a function', () => 1],
    ['a class', Point],
    ['a class instance', new Point()],
    ['a Date', new Date(0)],
    ['a RegExp', /a/],
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['a Promise', Promise.resolve()],
    ['an Error', new Error('a')],
    ['a URL', new URL('https://example.com')],
    ['bytes', new Uint8Array(1)],
    ['a Buffer', Buffer.from('a')],
    ['an ArrayBuffer', new ArrayBuffer(1)],
    ['a boxed string', new String('a')],
    ['a boxed number', new Number(1)],
    ['a boxed boolean', new Boolean(true)],
    ['an object with toJSON', { toJSON: () => 'other' }],
    ['a hole in an array', new Array(1)],
    ['a hole in an array, and a member that makes up for it', Object.assign(new Array(1), { a: 1 })],
    ['a Date of another realm', runInNewContext('new Date(0)')],
    ['a class instance of another realm', runInNewContext('new (class { x = 1 })()')],
    ['undefined of another realm', runInNewContext('undefined')],
  ])('refuses %s, in whatever it is', (_what, value) => {
    for (const around of [value, [value], { a: value }, { a: [{ b: value }] }])
      expect(() => copyJson(around, 'claims')).toThrow(JwtConfigError);
  });

  it('refuses cycles of every kind', () => {
    const object: Record<string, unknown> = {};
    object.self = object;
    const array: unknown[] = [];
    array.push(array);
    const wide: Record<string, unknown> = {};
    Object.assign(wide, { a: wide, b: [wide, wide], c: { d: wide } });
    for (const value of [object, array, wide]) expect(() => copyJson(value, 'claims')).toThrow(JwtConfigError);
  });

  it('copies 32 levels and not 33, as it is read', () => {
    for (const nested of [nestedObjects, nestedArrays]) {
      expect(copyJson(JSON.parse(nested(32)), 'claims')).toStrictEqual(JSON.parse(nested(32)));
      expect(() => copyJson(JSON.parse(nested(33)), 'claims')).toThrow(JwtConfigError);
    }
  });

  it.each<[string, unknown]>([
    ['claims ', undefined],
    ['claims.a ', { a: undefined }],
    ['claims.a[1].b ', { ok: 1, a: [0, { b: Number.NaN }] }],
    ['claims[0][2] ', [[0, 1, undefined]]],
  ])('names the path %s', (path, value) => {
    expect.assertions(1);
    try {
      copyJson(value, 'claims');
    } catch (error) {
      expect((error as Error).message.slice(0, path.length)).toBe(path);
    }
  });

  it('never repeats a value', () => {
    expect.assertions(1);
    try {
      copyJson({ a: 'hunter2', b: new String('hunter2') }, 'claims');
    } catch (error) {
      expect((error as Error).message).not.toContain('hunter2');
    }
  });

  it('copies whatever JSON.parse makes', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const copy = copyJson(value, 'claims');
        expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
      }),
    );
  });
});
