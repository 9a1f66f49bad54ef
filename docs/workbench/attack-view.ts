// The attack panel: the token as every attack, what jwtight says to each, and which mistakes let it in.

import { decodeUnverified } from 'jwtight';
import { type Attack, type AttackClass, attacksOn } from 'jwtight/testing';
import { FLAWS, type Flaw, letsIn, type Mark, markOf } from './careless.js';
import { byId, el, fill, messageOf, newestOnly, options, showProblem } from './dom.js';
import { state, whenChanged } from './state.js';

const MEANING: Readonly<Record<AttackClass, string>> = {
  forgery: 'The issuer never signed these claims: with it, anybody is anybody.',
  policy: 'The issuer signed it, but an RFC requires this verifier to refuse it.',
  robustness: 'It is no token by the RFCs, or made to exhaust the verifier.',
  strictness: 'The RFCs leave it open; jwtight refuses it.',
};
const CLASSES = Object.keys(MEANING) as AttackClass[];
const ALL_FLAWS = Object.keys(FLAWS) as Flaw[];

/** Nobody reads more of a token, and careless verifiers without a limit would take their time over it. */
const LONGEST_SHOWN = 400;
const LONGEST_TRIED = 100_000;

interface Outcome {
  readonly attack: Attack;
  /** The code jwtight refuses it with; `undefined` where it accepts it. */
  readonly code: string | undefined;
  readonly fallen: readonly { readonly flaw: Flaw; readonly as: string }[];
}

const filter = byId<HTMLSelectElement>('attack-filter');
const begin = newestOnly();
let outcomes: readonly Outcome[] = [];

/** Wires the panel. */
export function startAttacks(): void {
  byId('make-attacks').addEventListener('click', () => void makeAll());
  filter.addEventListener('change', showList);
  options(filter, [
    ['', 'all of them'],
    ...CLASSES.map((kind) => [kind, kind] as const),
    ...ALL_FLAWS.map((flaw) => [flaw, `fooled: ${FLAWS[flaw]}`] as const),
  ]);
  whenChanged(['token', 'keys'], () => {
    if (outcomes.length > 0) byId('attack-state').textContent = 'These are attacks on an earlier token or key.';
  });
}

async function makeAll(): Promise<void> {
  const isNewest = begin();
  const line = byId('attack-state');
  const error = byId('attack-error');
  showProblem(error, '');
  const { keys, token, verifier, ahead } = state;
  try {
    if (!keys?.pair) throw new Error('Attacks are made from a key that signs: generate one, or import a private one.');
    if (!verifier) throw new Error('The policy in Verify is not complete.');
    const genuine = await verifier.safe(token);
    if (!genuine.ok)
      throw new Error(
        `The token itself is refused (${genuine.error.code}). Mend that, or attacks fail for its reason.`,
      );
    line.textContent = 'Making the attacks …';
    const clock = () => Date.now() + ahead;
    const attacks = await attacksOn(token, keys.pair, { clock });
    const { header, claims } = decodeUnverified(token);
    const audience = Array.isArray(claims.aud) ? claims.aud[0] : claims.aud;
    const type = header.typ === undefined || header.typ === 'JWT' ? undefined : header.typ;
    const now = Math.floor(clock() / 1000);
    const mark = await markOf(keys.verification, String(claims.iss), String(audience), type, now);
    const made: Outcome[] = [];
    for (const attack of attacks) made.push(await outcomeOf(attack, mark, verifier));
    if (!isNewest()) return;
    outcomes = made;
    showSummary();
    showList();
  } catch (problem) {
    if (!isNewest()) return;
    line.textContent = '';
    showProblem(error, messageOf(problem));
  }
}

async function outcomeOf(attack: Attack, mark: Mark, verifier: NonNullable<typeof state.verifier>): Promise<Outcome> {
  const answer = await verifier.safe(attack.token);
  const isTried = typeof attack.token !== 'string' || attack.token.length <= LONGEST_TRIED;
  const tries = isTried ? await Promise.all(ALL_FLAWS.map((flaw) => letsIn(attack, mark, flaw))) : [];
  return {
    attack,
    code: answer.ok ? undefined : answer.error.code,
    fallen: tries.flatMap((claims, i) => {
      if (claims === undefined) return [];
      const { sub } = Object(claims) as { sub?: unknown };
      return [{ flaw: ALL_FLAWS[i]!, as: typeof sub === 'string' ? sub : 'nobody in particular' }];
    }),
  };
}

function showSummary(): void {
  filter.disabled = false;
  const accepted = outcomes.filter(({ code }) => code === undefined).length;
  byId('attack-state').textContent =
    `${outcomes.length} attacks; jwtight refuses ${accepted === 0 ? 'every one' : `all but ${accepted}`}.`;
  const rows = ALL_FLAWS.map((flaw) => {
    const count = outcomes.filter(({ fallen }) => fallen.some((fall) => fall.flaw === flaw)).length;
    return el('li', {}, el('b', {}, String(count)), ` let in by a verifier that ${FLAWS[flaw]}`);
  });
  fill(byId('careless'), el('ul', { class: 'plain careless' }, ...rows));
}

function showList(): void {
  const wanted = filter.value;
  const list = outcomes.filter(
    ({ attack, fallen }) => wanted === '' || attack.class === wanted || fallen.some(({ flaw }) => flaw === wanted),
  );
  const groups = CLASSES.map((kind) => [kind, list.filter(({ attack }) => attack.class === kind)] as const);
  fill(
    byId('attack-list'),
    ...groups.flatMap(([kind, members]) => (members.length > 0 ? [group(kind, members, wanted !== '')] : [])),
  );
}

function group(kind: AttackClass, members: readonly Outcome[], isOpen: boolean): HTMLElement {
  const list = el('ul', { class: 'plain' });
  const details = el(
    'details',
    { class: 'attack-group' },
    el('summary', {}, el('b', {}, kind), ` ${members.length} – ${MEANING[kind]}`),
    list,
  );
  // Rows are made when they are asked for: there are hundreds.
  details.addEventListener('toggle', () => {
    if (details.open && list.childElementCount === 0) fill(list, ...members.map(row));
  });
  details.open = isOpen;
  return el('li', {}, details);
}

function row({ attack, code, fallen }: Outcome): HTMLElement {
  const { id, description, reference, severity, class: kind, token } = attack;
  return el(
    'li',
    { class: 'attack' },
    el('p', {}, el('span', { class: `badge ${severity}` }, severity), ' ', el('b', {}, description)),
    el('p', { class: 'aside' }, el('code', {}, id), ` ${reference}`),
    el(
      'p',
      { class: code === undefined ? 'problem' : 'refused' },
      code === undefined ? 'jwtight accepts it' : el('span', {}, 'jwtight refuses it: ', el('code', {}, code)),
    ),
    carelessText(kind, fallen),
    el('code', { class: 'code wrap shown-token' }, shownToken(token)),
  );
}

function carelessText(kind: AttackClass, fallen: Outcome['fallen']): HTMLElement {
  if (fallen.length === 0)
    return el('p', { class: 'careless' }, `None of the twelve mistakes lets it in alone. ${MEANING[kind]}`);
  const items = fallen.map(({ flaw, as }) =>
    el('li', {}, `A verifier that ${FLAWS[flaw]} lets in `, el('code', {}, as), '.'),
  );
  return el('ul', { class: 'careless' }, ...items);
}

/** Some attacks are no text, and some are megabytes of it. */
function shownToken(token: unknown): string {
  if (typeof token !== 'string') return `not a text: ${Array.isArray(token) ? 'a list' : typeof token}`;
  if (token === '') return '(empty)';
  return token.length > LONGEST_SHOWN ? `${token.slice(0, LONGEST_SHOWN)} … (${token.length} characters)` : token;
}
