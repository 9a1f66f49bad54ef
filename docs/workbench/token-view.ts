// The token section: its parts told apart by name, line and colour, and what it tells whoever holds it.

import { decodeUnverified, JwtError } from 'jwtight';
import { afterwards, byId, copyText, el, fill, markInvalid, say } from './dom.js';
import { pretty } from './draft.js';
import { leaksOf } from './leaks.js';
import { state, update, whenChanged } from './state.js';
import { claimTimeText } from './time-text.js';

const field = byId<HTMLTextAreaElement>('token-text');
const stateLine = byId('token-state');

/** Nobody needs to look at more of a part, and a page can be made to choke on it. */
const LONGEST_SHOWN = 6000;
const MOST_PARTS = 6;
const NAMES = ['Header', 'Claims', 'Signature'];

/** Wires the section. */
export function startToken(): void {
  const take = afterwards(() => update({ token: field.value.trim(), draftIsNewer: false }));
  field.addEventListener('input', take);
  byId('copy-token').addEventListener('click', () => void copyText(state.token, stateLine));
  byId('clear-token').addEventListener('click', () => {
    field.value = '';
    update({ token: '', draftIsNewer: true });
    field.focus();
  });
  whenChanged(['token'], showToken);
  showToken();
}

function showToken(): void {
  const { token } = state;
  if (field.value.trim() !== token) field.value = token;
  fill(byId('parts'), ...(token === '' ? [] : partsOf(token)));
  if (token === '') {
    markInvalid(false, field);
    say(stateLine, '');
    fill(byId('decoded'), el('p', { class: 'hint' }, 'Sign the claims, or paste a token.'));
    return;
  }
  try {
    const { header, claims } = decodeUnverified(token);
    markInvalid(false, field);
    say(stateLine, `A token of ${token.length} characters.`);
    fill(byId('decoded'), ...decoded(header, claims));
  } catch (error) {
    markInvalid(true, field);
    const message = error instanceof JwtError ? `${error.code}: ${error.message}` : 'The token cannot be read.';
    say(stateLine, message);
    fill(byId('decoded'), el('p', { class: 'hint' }, 'Not a token that can be read. Verify says more.'));
  }
}

function partsOf(token: string): HTMLElement[] {
  const segments = token.split('.', MOST_PARTS);
  return segments.map((segment, i) => {
    const name = NAMES[i] ?? `Part ${i + 1}`;
    const shown = segment.length > LONGEST_SHOWN ? `${segment.slice(0, LONGEST_SHOWN)} …` : segment;
    return el(
      'div',
      { class: `part part-${Math.min(i, 3)}` },
      el('span', { class: 'part-name' }, name, el('span', { class: 'aside' }, ` ${segment.length} characters`)),
      el('code', { class: 'code wrap' }, shown === '' ? '(empty)' : shown),
    );
  });
}

function decoded(header: Readonly<Record<string, unknown>>, claims: Readonly<Record<string, unknown>>): HTMLElement[] {
  const now = Math.floor(Date.now() / 1000);
  const times = Object.entries(claims).flatMap(([name, value]) => {
    const text = claimTimeText(name, value, now);
    return text === undefined ? [] : [el('li', {}, el('code', {}, name), ` ${text}`)];
  });
  return [
    json('Header', 'part-0', header),
    json('Claims', 'part-1', claims),
    el('ul', { class: 'times' }, ...times),
    el('ul', { class: 'plain leaks' }, ...leaksOf(header, claims, now).map((text) => el('li', {}, text))),
  ];
}

function json(name: string, part: string, value: unknown): HTMLElement {
  return el(
    'div',
    { class: `part ${part}` },
    el('span', { class: 'part-name' }, name),
    el('pre', { class: 'code', tabindex: '0', role: 'region', 'aria-label': `${name}, decoded` }, pretty(value)),
  );
}
