// The secret panel: how long a secret would hold. It is neither shown nor kept.

import type { HmacAlgorithm } from 'jwtight';
import { type EntropyEstimate, estimateEntropy, generateSecret, loadDictionaries } from 'jwtight/entropy';
import { afterwards, byId, el, fill, newestOnly, options, say, takeAway } from './dom.js';
import { importKeys } from './key-material.js';
import { useKeys } from './keys.js';

const NEEDED = 256;
const field = byId<HTMLInputElement>('secret');
const algorithmField = byId<HTMLSelectElement>('secret-algorithm');
const encodingField = byId<HTMLSelectElement>('secret-encoding');
const begin = newestOnly();

/** Fills and wires the panel. */
export function startSecretMeter(): void {
  options(
    algorithmField,
    ['HS256', 'HS384', 'HS512'].map((name) => [name, name]),
  );
  options(
    encodingField,
    ['base64url', 'base64', 'hex'].map((name) => [name, name]),
  );
  field.addEventListener(
    'input',
    afterwards(() => void measure()),
  );
  byId('secret-generate').addEventListener('click', make);
}

async function measure(): Promise<void> {
  const isNewest = begin();
  if (field.value === '') {
    say(byId('secret-verdict'), '');
    return fill(byId('secret-report'));
  }
  await loadDictionaries();
  if (isNewest()) show(estimateEntropy(field.value));
}

function show(estimate: EntropyEstimate): void {
  const { bits, sufficientFor, encoding, decodedBytes, patterns, crackTimes, caveat, keyLength } = estimate;
  const good = sufficientFor.length > 0 ? `enough for ${sufficientFor.join(', ')}` : 'not enough for any HMAC';
  say(byId('secret-verdict'), `About ${bits} bits: ${good}. HS256 needs ${NEEDED}.`);
  const meter = el('meter', { min: '0', max: String(NEEDED), low: '128', high: '255', optimum: String(NEEDED) });
  meter.value = Math.min(bits, NEEDED);
  meter.setAttribute('aria-label', `Strength: ${bits} of ${NEEDED} bits`);
  const decodes = decodedBytes === undefined ? '' : `, ${decodedBytes} bytes when decoded`;
  fill(
    byId('secret-report'),
    meter,
    el('p', {}, `Written as ${encoding}${decodes}; ${keyLength.bytes} bytes as it stands.`),
    table(
      'Average time to find it',
      ['Attacker', 'HS256', 'Guesses a second'],
      [
        ...crackTimes.map(({ attacker, duration, guessesPerSecond }) => [
          attacker,
          duration,
          guessesPerSecond.toLocaleString('en', { notation: 'compact', compactDisplay: 'long' }),
        ]),
      ],
    ),
    table(
      'What it is made of',
      ['Characters', 'What', 'Bits'],
      [...patterns.map(({ start, end, description, bits: own }) => [`${start + 1}–${end}`, description, String(own)])],
    ),
    el('p', { class: 'hint' }, caveat),
  );
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return el(
    'table',
    {},
    el('caption', {}, caption),
    el('thead', {}, el('tr', {}, ...head.map((text) => el('th', { scope: 'col' }, text)))),
    el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((text) => el('td', {}, text))))),
  );
}

function make(): void {
  const algorithm = algorithmField.value as HmacAlgorithm;
  const encoding = encodingField.value as 'base64url' | 'base64' | 'hex';
  const secret = generateSecret(algorithm, encoding);
  const use = el('button', { type: 'button' }, `Sign with it (${algorithm})`);
  use.addEventListener('click', () => void importKeys(algorithm, encoding, secret, '').then(useKeys));
  fill(byId('secret-made'), takeAway('random secret', secret, 2), use);
}
