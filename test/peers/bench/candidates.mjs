// The same token, made and verified by every library with the fastest form of key it takes, imported once.
import { createPrivateKey, createPublicKey, createSecretKey } from 'node:crypto';
import cloudflare from '@tsndr/cloudflare-worker-jwt';
import fastJwt from 'fast-jwt';
import { sign as honoSign, verify as honoVerify } from 'hono/jwt';
import { jwtVerify, SignJWT } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { createVerifier, exportJwk, exportPem, key, sign } from 'jwtight';

const TOKENS = 200;

export const issuer = 'https://auth.example.com';
export const audience = 'billing-api';

/** An access token of about 400 characters. */
export function body() {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: audience,
    sub: 'user-42',
    jti: '6f6d1b3e-9d0c-4b66-9bd5-1a2b3c4d5e6f',
    iat: now,
    exp: now + 86_400,
    scope: 'read write profile',
    roles: ['admin', 'user'],
  };
}

/** A pair, or one secret as both halves, in the forms the libraries take. */
export async function makeKeys(alg) {
  if (alg.startsWith('HS')) {
    const made = await key(alg).extractable().generate();
    const bytes = Buffer.from((await exportJwk(made)).k, 'base64url');
    return { signing: made, verifying: made, forSigning: createSecretKey(bytes), forVerifying: createSecretKey(bytes) };
  }
  const builder = key(alg).extractable();
  const pair = await (alg.startsWith('RS') || alg.startsWith('PS') ? builder.modulusLength(2048) : builder).generate();
  const [privatePem, publicPem] = [await exportPem(pair.privateKey), await exportPem(pair.publicKey)];
  return {
    signing: await key(alg).private({ pem: privatePem }),
    verifying: await key(alg).public({ pem: publicPem }),
    privatePem,
    publicPem,
    forSigning: createPrivateKey(privatePem),
    forVerifying: createPublicKey(publicPem),
  };
}

/** Tasks by library for one algorithm, each tried once: a library that does not have the algorithm is left out. */
export async function candidates(alg) {
  const keys = await makeKeys(alg);
  const { signing, verifying } = keys;
  const claims = body();
  const tokens = await Promise.all(Array.from({ length: TOKENS }, (_, n) => sign({ ...claims, n }, signing)));
  const parts = tokens.map((token) => {
    const dot = token.lastIndexOf('.');
    return { data: new TextEncoder().encode(token.slice(0, dot)), mac: Buffer.from(token.slice(dot + 1), 'base64url') };
  });
  let turn = 0;
  const next = () => {
    turn = (turn + 1) % TOKENS;
    return turn;
  };
  const { name, saltLength } = { PS256: { name: 'RSA-PSS', saltLength: 32 } }[alg] ?? verifying.cryptoKey.algorithm;
  const parameters = { name, saltLength, hash: 'SHA-256' };
  const { subtle } = crypto;

  const ours = createVerifier({ keys: verifying, issuer, audience });
  const fastVerify = attempt(() =>
    fastJwt.createVerifier({
      key: keys.publicPem ?? keys.forVerifying.export(),
      algorithms: [alg],
      allowedIss: issuer,
      allowedAud: audience,
      requiredClaims: ['iss', 'aud', 'exp'],
    }),
  );
  const fastSign = attempt(() =>
    fastJwt.createSigner({ key: keys.privatePem ?? keys.forSigning.export(), algorithm: alg }),
  );
  const joseOptions = { issuer, audience, algorithms: [alg], requiredClaims: ['exp'] };
  const nodeOptions = { issuer, audience, algorithms: [alg] };
  const all = {
    verify: {
      raw() {
        const { mac, data } = parts[next()];
        return subtle.verify(parameters, verifying.cryptoKey, mac, data);
      },
      jwtight: () => ours(tokens[next()]),
      jose: () => jwtVerify(tokens[next()], verifying.cryptoKey, joseOptions),
      'fast-jwt': () => fastVerify(tokens[next()]),
      jsonwebtoken: () => jsonwebtoken.verify(tokens[next()], keys.forVerifying, nodeOptions),
      hono: () => honoVerify(tokens[next()], verifying.cryptoKey, { alg, iss: issuer, aud: audience }),
      '@tsndr': () => cloudflare.verify(tokens[next()], verifying.cryptoKey, { algorithm: alg, throwError: true }),
    },
    sign: {
      raw: () => subtle.sign(parameters, signing.cryptoKey, parts[next()].data),
      jwtight: () => sign(claims, signing),
      jose: () => new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(signing.cryptoKey),
      'fast-jwt': () => fastSign(claims),
      jsonwebtoken: () => jsonwebtoken.sign(claims, keys.forSigning, { algorithm: alg }),
      hono: () => honoSign(claims, signing.cryptoKey, alg),
      '@tsndr': () => cloudflare.sign(claims, signing.cryptoKey, { algorithm: alg }),
    },
  };
  return { verify: await working(all.verify), sign: await working(all.sign) };
}

function attempt(make) {
  try {
    return make();
  } catch {
    return undefined;
  }
}

async function working(tasks) {
  const found = {};
  for (const [name, task] of Object.entries(tasks)) {
    try {
      if (await task()) found[name] = task;
    } catch (error) {
      if (name === 'raw' || name === 'jwtight' || name === 'jose') throw error;
    }
  }
  return found;
}
