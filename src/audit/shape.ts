// Checks of what a caller hands in: a few combinators, each throwing JwtConfigError with the member's name. They return
// what they checked; of objects with known members a copy without a prototype, on which nothing can be inherited.

import { parseDuration } from '../encoding/duration.js';
import { isObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';

/** Checks one value; the name is for the error's message. */
export type Shape = (value: unknown, name: string) => unknown;

function expecting(expected: string, accepts: (value: unknown) => boolean): Shape {
  return (value, name) => {
    if (!accepts(value)) throw new JwtConfigError(`${name} must be ${expected}`);
    return value;
  };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

export const flag: Shape = /* @__PURE__ */ expecting('true or false', (value) => typeof value === 'boolean');
export const text: Shape = /* @__PURE__ */ expecting('a non-empty string', isText);
export const texts: Shape = /* @__PURE__ */ expecting(
  'a list of non-empty strings',
  (value) => Array.isArray(value) && value.every(isText),
);
/** An empty text is what an audit may have to report. */
export const anyText: Shape = /* @__PURE__ */ expecting('a string', (value) => typeof value === 'string');
export const duration: Shape = parseDuration;
export const count: Shape = /* @__PURE__ */ expecting(
  'a positive whole number',
  (value) => Number.isSafeInteger(value) && (value as number) > 0,
);
export const limit: Shape = /* @__PURE__ */ expecting(
  'a whole number, or 0',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);
export const plainObject: Shape = /* @__PURE__ */ expecting('an object', isObject);
export const date: Shape = /* @__PURE__ */ expecting(
  'a Date or an ISO 8601 date',
  // Not instanceof: a Date of another realm is a Date.
  (value) => (isText(value) || isDate(value)) && Number.isFinite(new Date(value as string | Date).getTime()),
);

export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

export function isBytes(value: unknown): value is Uint8Array {
  // The tag alone can be had by any object.
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

export function oneOf(...names: readonly string[]): Shape {
  return expecting(`one of ${names.join(', ')}`, (value) => names.includes(value as string));
}

export function exactly(literal: unknown, name: string): Shape {
  return expecting(name, (value) => value === literal);
}

/** Passes what any of the shapes passes; the last one's error is the one thrown. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value, name) => {
    for (const [i, shape] of shapes.entries()) {
      try {
        return shape(value, name);
      } catch (error) {
        if (i === shapes.length - 1) throw error;
      }
    }
  };
}

export function listOf(shape: Shape): Shape {
  return (value, name) => {
    if (!Array.isArray(value)) throw new JwtConfigError(`${name} must be a list`);
    return value.map((item, i) => shape(item, `${name}[${i}]`));
  };
}

/** An object with no other members than these, none of them `undefined`. */
export function members(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, name) => {
    const own = checkOptions(value as Record<string, unknown>, Object.keys(shapes), name);
    for (const [member, given] of Object.entries(own)) own[member] = shapes[member]!(given, `${name}.${member}`);
    return own;
  };
}
