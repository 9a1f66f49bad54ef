// The draft section: template, header and claims with live validation, lifetimes, signing.

import { sign } from 'jwtight';
import { afterwards, byId, el, fill, markInvalid, messageOf, newestOnly, options, showProblem } from './dom.js';
import { checkDraft, type DraftCheck, pretty, readObject, withTimes } from './draft.js';
import { state, update, whenChanged } from './state.js';
import { TEMPLATES, templateOf } from './templates.js';
import { claimTimeText, lengthText } from './time-text.js';

/** Seconds a tap gives the token to live. */
const LIFETIMES = [60, 300, 900, 3600, 28_800, 86_400] as const;

const templateField = byId<HTMLSelectElement>('template');
const headerField = byId<HTMLTextAreaElement>('header-json');
const claimsField = byId<HTMLTextAreaElement>('claims-json');
const begin = newestOnly();

const now = (): number => Math.floor(Date.now() / 1000);

/** Fills and wires the section; `chosen` hears of every template that is taken. */
export function startEditor(chosen: (id: string) => void): void {
  options(
    templateField,
    TEMPLATES.map(({ id, name }) => [id, name]),
  );
  const choose = () => {
    useTemplate();
    chosen(templateField.value);
  };
  templateField.addEventListener('change', choose);
  fill(byId('lifetimes'), ...LIFETIMES.map(lifetimeButton));
  const checkSoon = afterwards(() => void checkNow());
  for (const field of [headerField, claimsField]) {
    field.addEventListener('input', () => {
      update({ draftIsNewer: true });
      checkSoon();
    });
  }
  byId('sign').addEventListener('click', () => void signDraft());
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void signDraft();
  });
  whenChanged(['keys'], showFromKey);
  choose();
  showFromKey();
  // The words say how long ago: they age.
  setInterval(showTimes, 5000);
}

function lifetimeButton(life: number): HTMLElement {
  const button = el('button', { type: 'button' }, `+${lengthText(life)}`);
  button.addEventListener('click', () => {
    const text = withTimes(claimsField.value, now(), life);
    if (text === undefined) return showProblem(byId('sign-error'), 'The claims must be readable first.', claimsField);
    claimsField.value = text;
    update({ draftIsNewer: true });
    void checkNow();
  });
  return button;
}

function useTemplate(): void {
  const template = templateOf(templateField.value);
  byId('template-note').textContent = template.note;
  headerField.value = pretty(template.header);
  claimsField.value = pretty(template.claims(now()));
  update({ draftIsNewer: true });
  void checkNow();
}

function showFromKey(): void {
  const { signing } = state.keys ?? {};
  byId('from-key').textContent = signing
    ? `alg ${signing.algorithm} and kid come from the key`
    : 'alg and kid come from the key: there is none that signs';
}

async function checkNow(): Promise<DraftCheck> {
  const isNewest = begin();
  const check = await checkDraft(headerField.value, claimsField.value, templateOf(templateField.value).profile, now());
  if (isNewest()) {
    showProblems('header-problems', headerField, check.headerProblems);
    showProblems('claims-problems', claimsField, check.claimsProblems);
    showProblem(byId('sign-error'), '');
    showTimes();
    update({ draft: check.draft });
  }
  return check;
}

function showProblems(id: string, field: HTMLElement, problems: readonly string[]): void {
  const list = byId(id);
  // A list that says the same is left alone, or a screen reader would read it after every key.
  if (list.textContent !== problems.join('')) fill(list, ...problems.map((problem) => el('li', {}, problem)));
  markInvalid(problems.length > 0, field);
}

function showTimes(): void {
  let claims: Record<string, unknown> = {};
  try {
    claims = readObject(claimsField.value);
  } catch {
    // What is wrong is said beside it.
  }
  const lines = Object.entries(claims).flatMap(([name, value]) => {
    const text = claimTimeText(name, value, now());
    return text === undefined ? [] : [el('li', {}, el('code', {}, name), ` ${text}`)];
  });
  fill(byId('claim-times'), ...lines);
}

async function signDraft(): Promise<void> {
  const error = byId('sign-error');
  const { signing } = state.keys ?? {};
  const { ready } = await checkNow();
  if (!signing) return showProblem(error, 'There is no key that signs: generate one, or import a private one.');
  if (!ready) return showProblem(error, 'Not signed: mend what is listed above first.');
  try {
    const token = await sign(ready.claims, signing, { header: ready.header });
    showProblem(error, '');
    update({ token, draftIsNewer: false });
  } catch (problem) {
    showProblem(error, messageOf(problem));
  }
}

/** Signs what the page begins with, once there is a key. */
export const signFirst = signDraft;
