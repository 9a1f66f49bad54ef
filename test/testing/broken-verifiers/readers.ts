// Flaws in reading: tokens, segments, Base64, UTF-8 and JSON.

import { runInNewContext } from 'node:vm';
import { type Flaw, isString, Rejected, reject, type Segments } from './verifier.js';

/** Decodes leniently, as Buffer does: padding, both alphabets, blanks and rubbish. */
const lenient = (segment: string): Buffer => Buffer.from(segment, 'base64');

export const lenientBase64: Flaw = () => ({ decode: lenient });

/** Looks letters up in a table of bytes, by the low byte of each. */
export const lowBytes: Flaw = (right) => ({
  decodeSignature: (segment) =>
    right.decode(segment.replace(/./g, (char) => String.fromCharCode(char.charCodeAt(0) & 0xff))),
});

/** Decodes text leniently: replaces what is no UTF-8, drops a byte order mark. */
export const lenientUtf8: Flaw = (right) => ({
  parse: (bytes) => right.parse(Buffer.from(new TextDecoder().decode(bytes))),
});

/** JSON.parse, and nothing else: the last of two names, any depth. */
export const plainJsonParse: Flaw = () => ({ parse: (bytes) => JSON.parse(bytes.toString()) });

/** Evaluates: what could be more lenient. */
export const evaluates: Flaw = () => ({ parse: (bytes) => ({ ...runInNewContext(`(${bytes})`) }) });

/** A parser of its own, where the first of two names stays. */
export const firstNameStays: Flaw = (right, trusted) => ({
  parse(bytes) {
    const members = [...bytes.toString().matchAll(/"(\w+)":("[^"]*"|\d+)/g)].reverse();
    return Object.fromEntries(members.map(([, name, value]) => [name, JSON.parse(value!)]));
  },
  checkHeader(header) {
    if (header.alg !== 'none') right.checkHeader({ ...header });
  },
  isSigned: (header, ...rest) => header.alg === 'none' || right.isSigned(header, ...rest),
  findKey: () => trusted.jwk,
});

/** Takes the last of two algorithms, and none for one. */
export const lastNameWins: Flaw = (right) => ({
  parse: (bytes) => JSON.parse(bytes.toString()),
  checkHeader(header) {
    if (header.alg !== 'none') right.checkHeader(header);
  },
  isSigned: (header, ...rest) => header.alg === 'none' || right.isSigned(header, ...rest),
});

/** Stops reading at the brace that closes the first. */
export const stopsAtTheEnd: Flaw = (right) => ({
  parse(bytes) {
    const text = bytes.toString();
    return right.parse(Buffer.from(text.slice(0, text.indexOf('}') + 1)));
  },
});

/** Copies members into a fresh object, __proto__ too. */
export const assigns: Flaw = (right) => ({ parse: (bytes) => Object.assign({}, right.parse(bytes)) });

/** Names in any case, the last one counts. */
export const anyCase: Flaw = (right) => ({
  parse: (bytes) =>
    Object.fromEntries(Object.entries(right.parse(bytes)).map(([name, value]) => [name.toLowerCase(), value])),
});

const toSegments = ([header, payload, signature]: readonly string[]): Segments => ({
  header: header!,
  payload: payload!,
  signature: signature!,
  input: `${header}.${payload}`,
});

/** Takes the first three parts of however many there are. */
export const firstThreeParts: Flaw = (right) => ({
  text: (token) => right.text(token.split('.').filter(isString).slice(0, 3).join('.')),
});

const cleans =
  (clean: (text: string) => string): Flaw =>
  (right) => ({ text: (token) => right.text(clean(token)) });

/** What is done to a token before it is read. */
export const cleaners: readonly Flaw[] = [
  cleans((text) => text.trim()),
  cleans((text) => text.replace(/\0/g, '')),
  cleans((text) => text.replace(/^"|"$/g, '')),
  cleans((text) => text.replace(/^Bearer /i, '')),
  cleans((text) => decodeURIComponent(text)),
  cleans((text) => text.normalize('NFKC')),
];

/** Reads both serialisations of JSON as well. */
export const readsJson: Flaw = (right) => ({
  split(text) {
    if (!text.startsWith('{')) return right.split(text);
    const { payload, signatures, ...first } = JSON.parse(text);
    const one = signatures?.[0] ?? first;
    return toSegments([one.protected, payload, one.signature]);
  },
});

/** Verifies the JSON, and then takes the claims from between the dots. */
export const readsTwice: Flaw = (right) => ({
  async run(token) {
    const text = String(token);
    if (!text.startsWith('{')) return right.run(text);
    const { protected: header, payload, signature } = JSON.parse(text);
    await right.run(`${header}.${payload}.${signature}`);
    return JSON.parse(lenient(text.split('.')[1]!).toString());
  },
});

/** Lets the header that nobody signed name the algorithm. */
export const trustsUnprotectedHeader: Flaw = (right) => ({
  async run(token) {
    const text = String(token);
    if (!text.startsWith('{')) return right.run(text);
    const { header, payload } = JSON.parse(text);
    if (header.alg !== 'none') reject();
    return JSON.parse(lenient(payload).toString());
  },
});

/** Turns whatever it gets into text. */
export const asText: Flaw = (right) => ({ text: (token) => right.text(`${token}`) });

/** Reads bytes as well. */
export const readsBytes: Flaw = (right) => ({
  text: (token) => right.text(ArrayBuffer.isView(token) ? Buffer.from(token as Uint8Array).toString() : token),
});

/** No token, nobody: and nobody may pass. */
export const optional: Flaw = (right) => ({
  run: async (token) => (token === undefined || token === null || token === '' ? { claims: {} } : right.run(token)),
});

/** Catches its own rejections; any other error is surely a mistake of ours, and must not lock anybody out. */
export const failsOpen: Flaw = (right) => ({
  text: (token) => token,
  async run(token) {
    try {
      return await right.run(token);
    } catch (error) {
      if (error instanceof Rejected) throw error;
      return { claims: {} };
    }
  },
});

/** No limit on anything. */
export const noLimits: Flaw = () => ({
  text: (token) => token,
  parse: (bytes) => JSON.parse(bytes.toString()),
});
