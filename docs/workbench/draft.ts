// Reads what is in the editor and says what is wrong with it, in the library's own words: it is signed for a trial.

import {
  type ClaimsBuilder,
  claims as claimsBuilder,
  type HeaderBuilder,
  header as headerBuilder,
  key,
  type Profile,
  type SecretKey,
  sign,
} from 'jwtight';
import { messageOf } from './dom.js';
import { strictObject } from './token-claims.js';

type Builder = ClaimsBuilder<object, never>;

/** Header and claims that can be read. */
export interface Draft {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What the editor holds, as far as it can be read, and what is wrong with it. */
export interface DraftCheck {
  readonly draft?: Draft;
  /** Ready to be signed, where nothing is wrong. */
  readonly ready?: { readonly claims: Builder; readonly header: HeaderBuilder };
  readonly headerProblems: readonly string[];
  readonly claimsProblems: readonly string[];
}

function segment(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Reads a JSON object as strictly as a verifier will: the library's parser is asked, with a token made for it. */
export function readObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('it must be a JSON object: { "name": value, … }');
  return { ...strictObject(segment(text)) };
}

function attempt<T>(action: () => T, problems: string[]): T | undefined {
  try {
    return action();
  } catch (error) {
    problems.push(messageOf(error));
    return undefined;
  }
}

function buildHeader(parameters: Readonly<Record<string, unknown>>): HeaderBuilder {
  return Object.entries(parameters).reduce(
    (builder, [name, value]) => builder.set(name as 'typ', value),
    headerBuilder(),
  );
}

let trialKey: Promise<SecretKey> | undefined;

/** Checks both texts against a profile at a time in seconds. */
export async function checkDraft(
  headerText: string,
  claimsText: string,
  profile: Profile | undefined,
  now: number,
): Promise<DraftCheck> {
  const headerProblems: string[] = [];
  const claimsProblems: string[] = [];
  const parameters = attempt(() => readObject(headerText), headerProblems);
  const header = parameters && attempt(() => buildHeader(parameters), headerProblems);
  const claims = attempt(() => readObject(claimsText), claimsProblems);
  const start: Builder = (profile ? claimsBuilder(profile) : claimsBuilder()) as unknown as Builder;
  const builder = claims && attempt(() => start.with(claims), claimsProblems);
  const missing = builder ? missingOf(builder, profile) : [];
  claimsProblems.push(...missing);
  if (header && builder && missing.length === 0) {
    trialKey ??= key('HS256').generate();
    const trial = await trialKey;
    await sign(builder, trial, { header, clock: () => now * 1000 }).catch((error: unknown) => {
      const message = messageOf(error);
      (message.startsWith("the header's") ? headerProblems : claimsProblems).push(message);
    });
  }
  const isReady = header && builder && headerProblems.length + claimsProblems.length === 0;
  return {
    ...(parameters && claims && { draft: { header: parameters, claims } }),
    ...(isReady && { ready: { claims: builder, header } }),
    headerProblems,
    claimsProblems,
  };
}

function missingOf({ missing }: { readonly missing: readonly string[] }, profile: Profile | undefined): string[] {
  return missing.map((name) =>
    name === 'exp' && !profile
      ? 'exp is missing: a token must expire. Tap a lifetime'
      : `${name} is missing: ${article(profile?.name)} must have it${name === 'exp' ? '. Tap a lifetime' : ''}`,
  );
}

function article(name = 'token'): string {
  return `${/^(a|I|e|o)/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The text with these times, laid out anew; `undefined` where it cannot be read. */
export function withTimes(claimsText: string, now: number, life: number): string | undefined {
  try {
    return pretty({ ...readObject(claimsText), iat: now, exp: now + life });
  } catch {
    return undefined;
  }
}

/** JSON as it stands in the editor. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
