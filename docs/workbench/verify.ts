// The verify section: a policy, the verdict on the token, and why it fails.

import { createVerifier, unchecked } from 'jwtight';
import { afterwards, byId, el, fill, markInvalid, messageOf, newestOnly, options, say, showProblem } from './dom.js';
import { state, update, whenChanged } from './state.js';
import { profileOf, TEMPLATES, templateOf } from './templates.js';
import { claimsOf } from './token-claims.js';

const issuerField = byId<HTMLInputElement>('policy-issuer');
const audienceField = byId<HTMLInputElement>('policy-audience');
const profileField = byId<HTMLSelectElement>('policy-profile');
const ageField = byId<HTMLSelectElement>('policy-age');
const toleranceField = byId<HTMLInputElement>('policy-tolerance');
const whenField = byId<HTMLSelectElement>('policy-when');
const anyAudienceField = byId<HTMLInputElement>('policy-any-audience');
const verdict = byId('verdict');
const begin = newestOnly();

/** Fills and wires the section. */
export function startVerify(): void {
  const kinds = TEMPLATES.filter(({ profile }) => profile).map(({ id, name }) => [id, name] as const);
  options(profileField, [['', 'any: typ absent or JWT'], ...kinds]);
  options(ageField, [
    ['', 'until it expires'],
    ['300', '5 minutes'],
    ['3600', '1 hour'],
    ['86400', '1 day'],
  ]);
  options(whenField, [
    ['0', 'now'],
    ['900', 'in 15 minutes'],
    ['3600', 'in 1 hour'],
    ['86400', 'tomorrow'],
    ['2592000', 'in 30 days'],
  ]);
  const build = afterwards(buildVerifier, 120);
  for (const field of [issuerField, audienceField, toleranceField]) field.addEventListener('input', build);
  for (const field of [profileField, ageField, whenField, anyAudienceField]) field.addEventListener('change', build);
  byId('policy-from-claims').addEventListener('click', takeFromToken);
  whenChanged(['keys'], buildVerifier);
  whenChanged(['token', 'verifier'], () => void judge());
  // A token that is accepted now expires while the page is open.
  setInterval(() => void judge(), 5000);
}

/** Expects what a template makes. */
export function expectTemplate(id: string): void {
  const template = templateOf(id);
  const { iss, aud } = template.claims(0);
  issuerField.value = String(iss);
  audienceField.value = String(aud);
  profileField.value = template.profile ? id : '';
  buildVerifier();
}

function takeFromToken(): void {
  const { iss, aud } = claimsOf(state.token.split('.')[1] ?? '');
  const first: unknown = Array.isArray(aud) ? aud[0] : aud;
  if (typeof iss === 'string') issuerField.value = iss;
  if (typeof first === 'string') audienceField.value = first;
  buildVerifier();
}

function buildVerifier(): void {
  const { keys } = state;
  const error = byId('policy-error');
  if (!keys) return;
  const tolerance = /^\d+$/.test(toleranceField.value.trim()) ? Number(toleranceField.value) : Number.NaN;
  const ahead = Number(whenField.value) * 1000;
  const profile = profileOf(profileField.value);
  try {
    const verifier = createVerifier({
      keys: keys.verification,
      issuer: issuerField.value.trim(),
      audience: anyAudienceField.checked ? unchecked : audienceField.value.trim(),
      clockTolerance: tolerance,
      clock: () => Date.now() + ahead,
      ...(profile && { profile }),
      ...(ageField.value !== '' && { maxTokenAge: Number(ageField.value) }),
    });
    showProblem(error, '', issuerField, audienceField, toleranceField);
    update({ verifier, ahead });
  } catch (problem) {
    showProblem(error, messageOf(problem));
    markInvalid(issuerField.value.trim() === '', issuerField);
    markInvalid(audienceField.value.trim() === '' && !anyAudienceField.checked, audienceField);
    markInvalid(Number.isNaN(tolerance), toleranceField);
    update({ verifier: undefined, ahead });
  }
}

async function judge(): Promise<void> {
  const isNewest = begin();
  const { token, verifier } = state;
  if (token === '' || !verifier) {
    show('none', token === '' ? 'No token to verify.' : 'The policy is not complete.');
    return fill(byId('causes'));
  }
  const result = await verifier.safe(token);
  if (!isNewest()) return;
  if (result.ok) {
    show('good', 'Accepted: signature, times and every claim of the policy are right.');
    return fill(byId('causes'));
  }
  const { code, message } = result.error;
  show('bad', `Refused: ${code} – ${message}`);
  const { engine } = await import('./audit-engine.js');
  const { causes } = await engine.diagnose(token, { verifier });
  if (!isNewest()) return;
  const items = causes.map(({ message: what, remediation, confidence }) =>
    el('li', {}, el('span', { class: 'badge' }, confidence), ` ${what}. `, el('span', { class: 'mend' }, remediation)),
  );
  const list = byId('causes');
  const next = el('ol', {}, ...items);
  if (list.textContent !== next.textContent) fill(list, ...next.childNodes);
}

function show(kind: 'good' | 'bad' | 'none', text: string): void {
  verdict.className = `verdict ${kind}`;
  say(verdict, text);
}
