// The key section: choose an algorithm, make a key, bring one, take it away.

import { type Algorithm, type AnyKey, exportJwk, exportPem, supportedAlgorithms } from 'jwtight';
import { afterwards, byId, el, fill, messageOf, newestOnly, options, say, showProblem, takeAway } from './dom.js';
import { pretty } from './draft.js';
import { generateKeys, type ImportKind, importKeys, isHmac, PAIR_KINDS, SECRET_KINDS } from './key-material.js';
import { type Keys, state, update, whenChanged } from './state.js';

/** What to know before choosing: name and note, in groups. */
const GROUPS: readonly (readonly [group: string, note: string, names: readonly (readonly [Algorithm, string])[]])[] = [
  [
    'ECDSA',
    'Short signatures, everywhere supported: the usual choice. Issuer and verifiers have different halves.',
    [
      ['ES256', 'ES256 (P-256)'],
      ['ES384', 'ES384 (P-384)'],
      ['ES512', 'ES512 (P-521)'],
    ],
  ],
  [
    'EdDSA',
    'Short and fast. Ed25519 names the curve; EdDSA is its older name, which some verifiers still ask for.',
    [
      ['Ed25519', 'Ed25519'],
      ['EdDSA', 'EdDSA (Ed25519)'],
    ],
  ],
  [
    'RSA',
    'Large keys and signatures, understood by every verifier. PS is the sounder padding.',
    (['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'] as const).map((name) => [name, name]),
  ],
  [
    'HMAC',
    'One secret signs and verifies: whoever can check a token can also make one.',
    (['HS256', 'HS384', 'HS512'] as const).map((name) => [name, name]),
  ],
  [
    'ML-DSA (post-quantum)',
    'Safe from quantum computers; signatures of 2.4 to 4.6 kB, so not for cookies.',
    (['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'] as const).map((name) => [name, name]),
  ],
];

const algorithmField = byId<HTMLSelectElement>('algorithm');
const kindField = byId<HTMLSelectElement>('import-kind');
const textField = byId<HTMLTextAreaElement>('import-text');
const secretField = byId<HTMLInputElement>('import-secret');
const begin = newestOnly();

/** Fills and wires the section. */
export async function startKeys(): Promise<void> {
  const supported = await supportedAlgorithms();
  fill(
    algorithmField,
    ...GROUPS.map(([group, , names]) =>
      el(
        'optgroup',
        { label: group },
        ...names.map(([value, text]) => {
          const isHere = supported.includes(value);
          return el('option', { value, disabled: !isHere }, isHere ? text : `${text} – not in this browser`);
        }),
      ),
    ),
  );
  algorithmField.value = 'ES256';
  algorithmField.addEventListener('change', showChoice);
  byId('generate').addEventListener('click', () => void makeKey());
  byId('import-key').addEventListener('click', () => void takeKey());
  byId('export-show').addEventListener('click', () => void showPrivate());
  kindField.addEventListener('change', showImportField);
  const clear = afterwards(() => showProblem(byId('import-error'), '', textField, secretField), 0);
  for (const field of [textField, secretField]) field.addEventListener('input', clear);
  whenChanged(['keys'], () => void showKeys());
  showChoice();
  await makeKey();
}

function showChoice(): void {
  const algorithm = algorithmField.value as Algorithm;
  const note = GROUPS.find(([, , names]) => names.some(([name]) => name === algorithm))?.[1] ?? '';
  byId('algorithm-note').textContent = note;
  options(kindField, isHmac(algorithm) ? SECRET_KINDS : PAIR_KINDS);
  showImportField();
}

function showImportField(): void {
  const isSecret = isHmac(algorithmField.value as Algorithm) && kindField.value !== 'jwk';
  byId('import-secret-field').hidden = !isSecret;
  byId('import-text-field').hidden = isSecret;
}

async function makeKey(): Promise<void> {
  const isNewest = begin();
  const algorithm = algorithmField.value as Algorithm;
  say(byId('key-state'), `Making a key for ${algorithm} …`);
  try {
    const keys = await generateKeys(algorithm);
    if (isNewest()) update({ keys });
  } catch (error) {
    if (isNewest()) say(byId('key-state'), messageOf(error));
  }
}

async function takeKey(): Promise<void> {
  const isNewest = begin();
  const algorithm = algorithmField.value as Algorithm;
  const field = byId('import-secret-field').hidden ? textField : secretField;
  try {
    const kid = byId<HTMLInputElement>('import-kid').value.trim();
    const keys = await importKeys(algorithm, kindField.value as ImportKind, field.value, kid);
    if (!isNewest()) return;
    showProblem(byId('import-error'), '', field);
    // Nothing that was pasted stays on the page.
    field.value = '';
    byId<HTMLDetailsElement>('import').open = false;
    update({ keys });
  } catch (error) {
    if (isNewest()) showProblem(byId('import-error'), messageOf(error), field);
  }
}

/** Uses an HMAC secret from elsewhere on the page. */
export function useKeys(keys: Keys): void {
  begin();
  algorithmField.value = keys.verification.algorithm;
  showChoice();
  update({ keys });
}

function roleText({ signing, verification }: Keys): string {
  if (verification.role === 'secret') return 'one secret: signs and verifies';
  return signing ? 'private and public half: signs and verifies' : 'public half only: verifies, cannot sign';
}

async function showKeys(): Promise<void> {
  const { keys } = state;
  if (!keys) return;
  const { verification } = keys;
  say(byId('key-state'), `A key for ${verification.algorithm} is ready.`);
  fill(
    byId('key-facts'),
    el('dt', {}, 'Algorithm'),
    el('dd', {}, verification.algorithm),
    el('dt', {}, 'Key id'),
    el('dd', { class: 'code wrap' }, verification.id ?? 'none'),
    el('dt', {}, 'Has'),
    el('dd', {}, roleText(keys)),
  );
  fill(byId('export-private'));
  const show = byId<HTMLButtonElement>('export-show');
  show.hidden = !keys.signing;
  show.textContent = verification.role === 'secret' ? 'Show the secret' : 'Show the private half';
  const forms = verification.role === 'public' ? await takeAways('public key', verification) : [];
  // Another key may have come while this one was being written.
  if (state.keys === keys) fill(byId('export-public'), ...forms);
}

async function showPrivate(): Promise<void> {
  const { signing } = state.keys ?? {};
  if (!signing) return;
  const forms = await takeAways(signing.role === 'secret' ? 'secret' : 'private key', signing);
  if (state.keys?.signing === signing) fill(byId('export-private'), ...forms);
}

async function takeAways(name: string, key: AnyKey): Promise<HTMLElement[]> {
  const jwk = takeAway(`${name} as JWK`, pretty(await exportJwk(key)), 6);
  if (key.role === 'secret') return [jwk];
  return [takeAway(`${name} as PEM`, await exportPem(key), 5), jwk];
}
