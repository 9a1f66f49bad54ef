// The convert panel: PEM to JWK and back, each part explained.

import {
  type Algorithm,
  type AsymmetricAlgorithm,
  exportJwk,
  exportPem,
  type Jwk,
  key,
  type PrivateKey,
  type PublicKey,
  supportedAlgorithms,
  thumbprint,
} from 'jwtight';
import { afterwards, byId, el, fill, messageOf, newestOnly, options, say, showProblem, takeAway } from './dom.js';
import { pretty } from './draft.js';
import { explainMembers, explainPem } from './explain-key.js';
import { isHmac, materialOf, publicHalf } from './key-material.js';
import { state } from './state.js';

type Found = { readonly role: 'private' | 'public'; readonly key: PrivateKey | PublicKey };

const field = byId<HTMLTextAreaElement>('convert-text');
const algorithmField = byId<HTMLSelectElement>('convert-algorithm');
const begin = newestOnly();
let pairs: readonly AsymmetricAlgorithm[] = [];

/** Fills and wires the panel. */
export async function startConvert(): Promise<void> {
  pairs = (await supportedAlgorithms()).filter((name): name is AsymmetricAlgorithm => !isHmac(name));
  options(algorithmField, [['', 'the first algorithm that fits'], ...pairs.map((name) => [name, name] as const)]);
  field.addEventListener(
    'input',
    afterwards(() => void convert()),
  );
  algorithmField.addEventListener('change', () => void convert());
  byId('convert-current').addEventListener('click', () => void takeCurrent());
}

async function takeCurrent(): Promise<void> {
  const { verification } = state.keys ?? {};
  if (!verification) return;
  if (verification.role !== 'public') return showProblem(byId('convert-error'), 'A secret has no PEM form.', field);
  field.value = await exportPem(verification);
  algorithmField.value = verification.algorithm;
  await convert();
}

async function convert(): Promise<void> {
  const isNewest = begin();
  const text = field.value.trim();
  const chosen = algorithmField.value as Algorithm | '';
  const error = byId('convert-error');
  if (text === '') {
    showProblem(error, '', field);
    say(byId('convert-state'), '');
    return fill(byId('converted'));
  }
  try {
    const found = await read(text, chosen === '' ? candidates(text) : [chosen as AsymmetricAlgorithm]);
    const views = await viewsOf(found, text);
    if (!isNewest()) return;
    showProblem(error, '', field);
    say(byId('convert-state'), `A ${found.role} key, read for ${found.key.algorithm}.`);
    fill(byId('converted'), ...views);
  } catch (problem) {
    if (!isNewest()) return;
    showProblem(error, messageOf(problem), field);
    say(byId('convert-state'), '');
    fill(byId('converted'));
  }
}

/** Algorithms to try: the one a JWK names, or all. */
function candidates(text: string): readonly AsymmetricAlgorithm[] {
  const material = materialOf(text);
  const alg = 'jwk' in material ? material.jwk.alg : undefined;
  return pairs.filter((name) => alg === undefined || name === alg);
}

async function read(text: string, algorithms: readonly AsymmetricAlgorithm[]): Promise<Found> {
  const material = materialOf(text);
  const isPrivate = 'jwk' in material ? hasPrivateMember(material.jwk) : text.includes('PRIVATE KEY-----');
  const role = isPrivate ? 'private' : 'public';
  let problem: unknown = new Error('No algorithm of this browser is the one that the JWK names.');
  for (const algorithm of algorithms) {
    const builder = key(algorithm);
    try {
      return { role, key: await (isPrivate ? builder.extractable().private(material) : builder.public(material)) };
    } catch (error) {
      problem = error;
    }
  }
  if (algorithms.length < 2) throw problem;
  // Each algorithm refuses it in words of its own: those about PEM hold for all, the others for one kind only.
  const message = messageOf(problem);
  throw new Error(
    /^(the key is not|the JWK must have (kty|crv))/.test(message) ? 'No algorithm fits this key.' : message,
  );
}

function hasPrivateMember(jwk: Jwk): boolean {
  return ['d', 'priv', 'k'].some((name) => Object.hasOwn(Object(jwk), name));
}

async function viewsOf({ role, key: found }: Found, text: string): Promise<HTMLElement[]> {
  const publicKey = role === 'private' ? await publicHalf(found as PrivateKey) : (found as PublicKey);
  const [jwk, pem, publicJwk, publicPem, print] = await Promise.all([
    exportJwk(found),
    exportPem(found),
    exportJwk(publicKey),
    exportPem(publicKey),
    thumbprint(publicKey),
  ]);
  return [
    ...(role === 'private'
      ? [takeAway('private key as JWK', pretty(jwk), 8), takeAway('private key as PEM (PKCS#8)', pem, 5)]
      : []),
    takeAway('public key as JWK', pretty(publicJwk), 7),
    takeAway('public key as PEM (SPKI)', publicPem, 4),
    el('h3', {}, 'What is in it'),
    el('p', {}, explainPem(text)),
    el(
      'dl',
      { class: 'facts' },
      ...explainMembers(jwk).flatMap(([name, what]) => [el('dt', {}, el('code', {}, name)), el('dd', {}, what)]),
      el('dt', {}, 'thumbprint'),
      el(
        'dd',
        {},
        el('code', { class: 'wrap' }, print),
        ' – RFC 7638: a kid that anybody can work out from the public key',
      ),
    ),
  ];
}
