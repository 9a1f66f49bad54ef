// What the page knows, and who wants to hear of it. It lives in memory and nowhere else.

import type { SigningKey, VerificationKey, Verifier } from 'jwtight';
import type { AttackedKeys } from 'jwtight/testing';
import type { Draft } from './draft.js';

/** The key in use. */
export interface Keys {
  /** Absent where only a public key was given. */
  readonly signing?: SigningKey;
  readonly verification: VerificationKey;
  /** Both halves as the attacks want them; absent where there is no private one. */
  readonly pair?: AttackedKeys;
}

export interface State {
  keys: Keys | undefined;
  /** What is in the editor, where it can be read. */
  draft: Draft | undefined;
  /** Whether the editor has been changed since the token was signed or pasted. */
  draftIsNewer: boolean;
  token: string;
  /** The verifier of the policy, where the policy is complete. */
  verifier: Verifier<unknown> | undefined;
  /** Milliseconds by which the policy's clock is ahead. */
  ahead: number;
}

const current: State = {
  keys: undefined,
  draft: undefined,
  draftIsNewer: false,
  token: '',
  verifier: undefined,
  ahead: 0,
};
const listeners: (readonly [names: readonly (keyof State)[], listener: () => void])[] = [];

export const state: Readonly<State> = current;

/** Changes members and tells those who asked for one of them. */
export function update(change: Partial<State>): void {
  Object.assign(current, change);
  for (const [names, listener] of listeners) if (names.some((name) => name in change)) listener();
}

/** Calls the listener after every change of one of the members. */
export function whenChanged(names: readonly (keyof State)[], listener: () => void): void {
  listeners.push([names, listener]);
}
