// Every library with the call its documentation leads to, made as safe as its options allow.

import { createSecretKey } from 'node:crypto';
import cloudflare from '@tsndr/cloudflare-worker-jwt';
import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import fastJwt from 'fast-jwt';
import { verify as honoVerify } from 'hono/jwt';
import { importJWK, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import jwtSimple from 'jwt-simple';
import { createVerifier, exportJwk, exportPem } from 'jwtight';
import njwt from 'njwt';

/** The issuer's key in the forms that libraries take. */
async function keyForms(issuer) {
  const key = await issuer.verificationKey();
  const jwk = await exportJwk(key);
  if (key.role === 'public') return { key, jwk, pem: await exportPem(key) };
  return { key, jwk, secret: Buffer.from(jwk.k, 'base64url') };
}

/** Issuer and audience as an application compares them where its library does not. */
function comparing({ issuer, audience }, claims) {
  const names = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== issuer || !names.includes(audience)) throw new Error('not from this issuer, or not for us');
  return claims;
}

/** name, the algorithms it has, whether the application compares iss and aud itself, and how a verifier is made. */
export const PEERS = [
  {
    name: 'jwtight',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'createVerifier({ keys, issuer, audience })',
    make: async (issuer) => {
      const { key } = await keyForms(issuer);
      return createVerifier({ keys: key, issuer: issuer.issuer, audience: issuer.audience });
    },
  },
  {
    name: 'jose',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'jwtVerify(token, key, { algorithms, issuer, audience, requiredClaims })',
    make: async ({ issuer, audience, algorithm, ...rest }) => {
      const key = await importJWK((await keyForms(rest)).jwk, algorithm);
      return (token) => jwtVerify(token, key, { algorithms: [algorithm], issuer, audience, requiredClaims: ['exp'] });
    },
  },
  {
    name: 'jsonwebtoken',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'verify(token, key, { algorithms, issuer, audience })',
    make: async ({ issuer, audience, algorithm, ...rest }) => {
      const { pem, secret } = await keyForms(rest);
      const key = pem ?? createSecretKey(secret);
      return (token) => jsonwebtoken.verify(token, key, { algorithms: [algorithm], issuer, audience });
    },
  },
  {
    name: 'fast-jwt',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'createVerifier({ key, algorithms, allowedIss, allowedAud, requiredClaims })',
    make: async ({ issuer, audience, algorithm, ...rest }) => {
      const { pem, secret } = await keyForms(rest);
      return fastJwt.createVerifier({
        key: pem ?? secret,
        algorithms: [algorithm],
        allowedIss: issuer,
        allowedAud: audience,
        requiredClaims: ['iss', 'aud', 'exp'],
      });
    },
  },
  {
    name: 'hono',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'verify(token, key, { alg, iss, aud })',
    make: async ({ issuer, audience, algorithm, ...rest }) => {
      const { key } = await keyForms(rest);
      return (token) => honoVerify(token, key.cryptoKey, { alg: algorithm, iss: issuer, aud: audience });
    },
  },
  {
    name: '@tsndr/cloudflare-worker-jwt',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'verify(token, key, { algorithm, throwError: true })',
    compares: true,
    make: async (issuer) => {
      const { key } = await keyForms(issuer);
      return async (token) => {
        const options = { algorithm: issuer.algorithm, throwError: true };
        const data = await cloudflare.verify(token, key.cryptoKey, options);
        return data && comparing(issuer, data.payload);
      };
    },
  },
  {
    name: 'aws-jwt-verify',
    algorithms: ['RS256', 'ES256'],
    call: 'JwtVerifier.create({ issuer, audience, jwksUri }) with cacheJwks(…)',
    make: async ({ issuer, audience, jwksUri, jwks, fetch }) => {
      // An unknown kid makes it ask for the set again: the test issuer answers, not the network.
      const fetcher = { fetch: async (url) => (await fetch(url)).arrayBuffer() };
      const verifier = JwtVerifier.create(
        { issuer, audience, jwksUri },
        { jwksCache: new SimpleJwksCache({ fetcher }) },
      );
      verifier.cacheJwks(await jwks());
      return (token) => verifier.verify(token);
    },
  },
  {
    name: 'njwt',
    algorithms: ['HS256', 'RS256', 'ES256'],
    call: 'createVerifier().setSigningAlgorithm(…).setSigningKey(…).verify(token)',
    compares: true,
    make: async (issuer) => {
      const { pem, secret } = await keyForms(issuer);
      const verifier = njwt
        .createVerifier()
        .setSigningAlgorithm(issuer.algorithm)
        .setSigningKey(pem ?? secret);
      return (token) => comparing(issuer, verifier.verify(token).body);
    },
  },
  {
    name: 'jwt-simple',
    algorithms: ['HS256', 'RS256'],
    call: 'decode(token, key, false, algorithm)',
    compares: true,
    make: async (issuer) => {
      const { pem, secret } = await keyForms(issuer);
      return (token) => comparing(issuer, jwtSimple.decode(token, pem ?? secret, false, issuer.algorithm));
    },
  },
];
