// A generated key in the forms that configuration has for it.

import { publishJwks } from '../jwks/publish.js';
import { exportJwk, exportPem } from '../keys/export-key.js';
import type { Jwk } from '../keys/jwk.js';
import type { PrivateKey, PublicKey } from '../keys/key.js';

/** A new pair, or a new secret: as text and as the key it is. */
export type NewKey =
  | { readonly privateKey: PrivateKey; readonly publicKey: PublicKey }
  | { readonly text: string; readonly jwk: Jwk };

/** How a private key or secret is written. */
export const KEY_FORMATS = ['jwk', 'pem', 'env', 'k8s', 'text'] as const;
export type KeyFormat = (typeof KEY_FORMATS)[number];

/** How a public key is written. */
export const PUBLIC_FORMATS = ['jwk', 'pem', 'jwks'] as const;
export type PublicFormat = (typeof PUBLIC_FORMATS)[number];

/** What variables and the Secret are called. */
export interface KeyNames {
  readonly prefix: string;
  readonly secretName: string;
}

/** The private key or secret as the text of a file. */
export async function keyText(made: NewKey, format: KeyFormat, { prefix, secretName }: KeyNames): Promise<string> {
  const isSecret = 'text' in made;
  if (format === 'jwk') return json(isSecret ? made.jwk : await exportJwk(made.privateKey));
  // The caller has refused a PEM of a secret, and a bare text of a pair.
  if (format === 'pem') return exportPem((made as { privateKey: PrivateKey }).privateKey);
  if (format === 'text') return `${(made as { text: string }).text}\n`;
  const variables = isSecret
    ? { [`${prefix}_SECRET`]: made.text }
    : {
        [`${prefix}_PRIVATE_KEY`]: quotable(await exportJwk(made.privateKey)),
        [`${prefix}_PUBLIC_KEY`]: quotable(await exportJwk(made.publicKey)),
      };
  const lines = Object.entries(variables);
  if (format === 'env') return lines.map(([name, value]) => `${name}=${isSecret ? value : `'${value}'`}\n`).join('');
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${secretName}`,
    'type: Opaque',
    'stringData:',
    ...lines.map(([name, value]) => `  ${name}: '${value}'`),
    '',
  ].join('\n');
}

/** The public key as the text of a file. */
export async function publicKeyText(publicKey: PublicKey, format: PublicFormat): Promise<string> {
  if (format === 'pem') return exportPem(publicKey);
  return json(format === 'jwk' ? await exportJwk(publicKey) : await publishJwks([publicKey]));
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** JSON that stands between single quotes, in a shell, a .env file and YAML alike: a kid may hold anything. */
function quotable(jwk: Jwk): string {
  return JSON.stringify(jwk).replace(/['\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
