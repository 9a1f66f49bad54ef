// JSON as tokens need it: objects only, no duplicate names, bounded depth (RFC 7515 §4, RFC 8725 §2.6).

import { JwtConfigError } from '../errors.js';

/** A parsed JSON object. `__proto__` and `constructor` are plain own members of it. */
export type JsonObject = { [name: string]: unknown };

/** Deepest nesting read or written; the object itself is level 1. */
export const MAX_DEPTH = 32;

/** Whether the value is an object with named members: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses the text of a JSON object.
 *
 * @returns the object, or `undefined` when the text is not JSON, not an object, repeats a member
 * name or nests deeper than 32 levels.
 */
export function parseJsonObject(text: string): JsonObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  // JSON.parse lets the last of two equal names win: the text then has more names than the value has members.
  return hasAsManyColons(text, value) || hasAllNames(text, value) ? value : undefined;
}

/**
 * Whether a valid JSON text has no more colons that may end a name, behind a quote or white space, than its value has
 * members. Then it has no more names either: a short way to see it, which one such colon inside a string bars.
 */
function hasAsManyColons(text: string, value: object): boolean {
  // V8 misreads escaped names after certain others (nodejs/node#63785): those are compared.
  if (text.includes('\\')) return false;
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === 0x22 || before <= 32) count++;
  }
  return count === countMembers(value, MAX_DEPTH);
}

/** How many members all objects in the value have; NaN, which equals nothing, when it nests deeper than allowed. */
function countMembers(value: object, depth: number): number {
  if (depth === 0) return Number.NaN;
  const isArray = Array.isArray(value);
  const members: readonly unknown[] = isArray ? value : Object.values(value);
  let count = isArray ? 0 : members.length;
  for (const inner of members) if (typeof inner === 'object' && inner !== null) count += countMembers(inner, depth - 1);
  return count;
}

/** Whether the names in a valid JSON text are those of its value, one by one, and it nests no deeper than allowed. */
function hasAllNames(text: string, value: object): boolean {
  const members: string[] = [];
  if (!collectMembers(value, MAX_DEPTH, members)) return false;
  const names = memberNames(text);
  if (names.length !== members.length) return false;
  names.sort();
  members.sort();
  return names.every((name, i) => name === members[i]);
}

/** Collects the member names of all objects in the value; whether it nests no deeper than allowed. */
function collectMembers(value: object, depth: number, members: string[]): boolean {
  if (depth === 0) return false;
  // One by one: there may be more of them than a call takes arguments.
  if (!Array.isArray(value)) for (const name of Object.keys(value)) members.push(name);
  return Object.values(value).every(
    (inner) => typeof inner !== 'object' || inner === null || collectMembers(inner, depth - 1, members),
  );
}

/** The member names in a valid JSON text: the strings that a colon follows. */
function memberNames(text: string): string[] {
  const names: string[] = [];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    const start = at;
    do at = text.indexOf('"', at + 1);
    while (isEscaped(text, at));
    let next = at + 1;
    while (text.charCodeAt(next) <= 32) next++;
    if (text[next] === ':') {
      const name = text.slice(start + 1, at);
      names.push(name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name);
    }
  }
  return names;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

/**
 * Checks that JSON can carry a value without loss.
 *
 * @throws JwtConfigError naming the path, for anything JSON would drop or change: `undefined`, NaN, functions,
 * BigInt, symbols, hidden members, Dates and other class instances, cycles.
 */
export function assertJson(value: unknown, path: string): void {
  const lossy = findLossy(value, MAX_DEPTH);
  if (lossy !== undefined)
    throw new JwtConfigError(
      `${path}${lossy} is not plain JSON: use strings, finite numbers, booleans, null, arrays and objects`,
    );
}

/** Where in a value JSON would drop or change something, as the end of a path. */
function findLossy(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object')
    return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) ? undefined : '';
  if (value === null) return undefined;
  if (depth === 0) return '';
  return Array.isArray(value) ? findLossyElement(value, depth) : findLossyMember(value as JsonObject, depth);
}

function findLossyElement(list: readonly unknown[], depth: number): string | undefined {
  // A list hides its length and nothing else. A hole reads as undefined.
  if (countOwn(list) !== list.length + 1) return '';
  for (let i = 0; i < list.length; i++) {
    const lossy = findLossy(list[i], depth - 1);
    if (lossy !== undefined) return `[${i}]${lossy}`;
  }
  return undefined;
}

function findLossyMember(object: JsonObject, depth: number): string | undefined {
  const names = Object.keys(object);
  const parent = Object.getPrototypeOf(object);
  // Compared through the chain's end: a plain object of another realm is as good as ours.
  if (countOwn(object) !== names.length || (parent !== null && Object.getPrototypeOf(parent) !== null)) return '';
  for (const name of names) {
    const lossy = findLossy(object[name], depth - 1);
    if (lossy !== undefined) return `.${name}${lossy}`;
  }
  return undefined;
}

/** How many own members there are, those that JSON.stringify does not see among them. */
function countOwn(value: object): number {
  // Counted apart: Reflect.ownKeys takes five times as long as both.
  return Object.getOwnPropertyNames(value).length + Object.getOwnPropertySymbols(value).length;
}

/** A copy of a value that JSON can carry. Throws as {@link assertJson} does. */
export function copyJson(value: unknown, path: string): unknown {
  assertJson(value, path);
  return copy(value);
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, copy);
  if (!isObject(value)) return value;
  // Entries make own members of every name, __proto__ included.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
}
