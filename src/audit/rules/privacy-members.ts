import { isObject, MAX_DEPTH } from '../../encoding/json.js';
import { type Facts, tokensOf } from '../facts/facts.js';
import type { TokenFacts } from '../facts/token.js';
import { pointer } from '../pointer.js';

/** A claim, or a member of one at any depth. The items of a list have the list's name. */
export interface Member {
  readonly token: TokenFacts;
  readonly path: string;
  /** The name in lower case, without a namespace's URL and with nothing but letters and digits. */
  readonly name: string;
  /** The name of the object around it in the same form; '' for a claim. */
  readonly parent: string;
  readonly value: unknown;
}

/** Most members that are looked at: far more than a token of the greatest size accepted has. */
const MOST_MEMBERS = 10_000;

const collected = new WeakMap<Facts, readonly Member[]>();

/** Every member of the claims of tokens and drafts. All rules look at the same ones. */
export function membersOf(facts: Facts): readonly Member[] {
  const known = collected.get(facts) ?? collect(facts);
  collected.set(facts, known);
  return known;
}

function collect(facts: Facts): Member[] {
  const found: Member[] = [];
  for (const token of tokensOf(facts)) {
    const seen = new Set<unknown>();
    const visit = (value: unknown, name: string, path: string, parent: string, depth: number): void => {
      if (depth > MAX_DEPTH || found.length >= MOST_MEMBERS) return;
      if (!Array.isArray(value) && depth > 0) found.push({ token, path, name, parent, value });
      // A draft may lead back into itself.
      if (typeof value !== 'object' || value === null || seen.has(value)) return;
      seen.add(value);
      for (const [key, inner] of Object.entries(value)) {
        const isItem = !isObject(value);
        visit(inner, isItem ? name : plain(key), pointer(path, key), isItem ? parent : name, depth + 1);
      }
    };
    visit(token.claims, '', `${token.path}/claims`, '', 0);
  }
  return found;
}

function plain(name: string): string {
  const end = name.slice(-256);
  return (/[^/#:]*$/.exec(end)?.[0] || end).toLowerCase().replace(/[^a-z\d]/g, '');
}

/** Longest text that formats are tried on. */
const LONGEST = 320;

/** A text or whole number as text without white space around it; '' where it is none or too long. */
export function textOf(value: unknown): string {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.length <= LONGEST ? value.trim() : '';
}
