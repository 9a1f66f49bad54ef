// Flaws in finding the key.

import { execFileSync } from 'node:child_process';
import { type JsonWebKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Flaw, type Key, nodeVerify, type Steps, type Trusted, type Untrusted } from './verifier.js';

/** Verifies with the key that was found, as the header says. */
const asTheHeaderSays: Partial<Steps> = {
  checkHeader() {},
  isSigned: ({ alg }, key, input, signature) => nodeVerify(alg, key, input, signature),
};

/** Looks a key up by kid; the genuine one lies under its own. */
const lookup =
  (find: (kid: string, trusted: Trusted) => Key | Promise<Key>): Flaw =>
  (_, trusted) => ({
    ...asTheHeaderSays,
    findKey: ({ kid }) => (kid === trusted.kid ? trusted.jwk : find(kid, trusted)),
  });

export const kidIsAFile: Flaw = lookup((kid) => readFileSync(resolve('/srv/app/keys', kid)));

export const kidIsInAQuery: Flaw = lookup((kid) => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE keys (id TEXT, secret TEXT)');
  const row = database.prepare(`SELECT secret FROM keys WHERE id = '${kid}'`).get();
  database.close();
  return row!.secret as string;
});

export const kidIsInACommand: Flaw = lookup((kid) =>
  execFileSync('sh', ['-c', `cat ${kid}`], { cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] }),
);

export const kidIsAnAddress: Flaw = lookup(async (kid, { fetch }) => textOf(await fetch(kid)));

export const kidIsAName: Flaw = lookup((kid, { kid: known, jwk }) => {
  const table: Untrusted = { [known]: jwk };
  return `${table[kid]}`;
});

export const unknownKidIsEmpty: Flaw = lookup(
  (kid, { kid: known, jwk }) => new Map<string, Key>([[known, jwk]]).get(kid) || '',
);

/** No key to check with: nothing to check. */
export const unknownKidIsSkipped: Flaw = (right, { kid, jwk }) => ({
  findKey: () => jwk,
  isSigned: (header, ...rest) => header.kid !== kid || right.isSigned(header, ...rest),
});

/** One key, whatever the kid. */
export const ignoresKid: Flaw = (right, { jwk }) => ({
  checkHeader: ({ kid: _, ...header }) => right.checkHeader(header),
  findKey: () => jwk,
});

export const trustsEmbeddedKey: Flaw = (_, { jwk }) => ({
  ...asTheHeaderSays,
  findKey: (header) => header.jwk ?? jwk,
});

export const trustsEmbeddedCertificate: Flaw = (_, { jwk }) => ({
  findKey: ({ x5c }) => (x5c ? keyOf(Buffer.from(x5c[0], 'base64')) : jwk),
});

/** Any of the chain is ours, so all of it is. */
export const trustsAnyOfTheChain: Flaw = (_, { jwk, texts }) => ({
  findKey({ x5c }) {
    const ours = x5c?.includes(Buffer.from(texts!.certificate).toString('base64'));
    return ours ? keyOf(Buffer.from(x5c[0], 'base64')) : jwk;
  },
});

const fetchesKeys =
  (isTrusted: (url: string, trusted: Trusted) => boolean): Flaw =>
  (_, trusted) => ({
    async findKey({ jku, kid }) {
      if (!jku || !isTrusted(jku, trusted)) return trusted.jwk;
      return keyFrom(jku, kid, trusted);
    },
  });

export const followsAnyAddress: Flaw = fetchesKeys(() => true);
export const followsAddressesThatBeginRight: Flaw = fetchesKeys((url, { issuer }) => url.startsWith(issuer));

export const followsCertificateAddress: Flaw = (_, { jwk, fetch }) => ({
  findKey: async ({ x5u }) => (x5u ? keyOf(Buffer.from(await textOf(await fetch(x5u)))) : jwk),
});

/** Asks whoever the token says it is from, and that issuer's tokens are then as good as any. */
export const asksTheClaimedIssuer: Flaw = (right, trusted) => ({
  async run(token) {
    const [, payload] = String(token).split('.') as [string, string];
    const { iss } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return right.run.call(undefined, token).catch(async () => {
      const { jwks_uri } = JSON.parse(await textOf(await trusted.fetch(`${iss}/.well-known/openid-configuration`)));
      const { header, input, signature } = right.split(token);
      const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
      const key = await keyFrom(jwks_uri, kid, trusted);
      if (!nodeVerify(alg, key, input, Buffer.from(signature, 'base64url'))) throw new Error('rejected');
      return { iss };
    });
  },
});

async function keyFrom(url: string, kid: string, { fetch }: Trusted): Promise<JsonWebKey> {
  const { keys } = JSON.parse(await textOf(await fetch(url)));
  return keys.find((key: Untrusted) => key.kid === kid);
}

function keyOf(certificate: Buffer): JsonWebKey {
  return new X509Certificate(certificate).publicKey.export({ format: 'jwk' });
}

function textOf(response: Untrusted): Promise<string> {
  return response.text();
}
