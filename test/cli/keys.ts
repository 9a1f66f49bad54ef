// Keys of the tests, in files of a workplace.

import { exportJwk, exportPem, key, type PrivateKey, type PublicKey } from 'jwtight';
import { publishJwks } from 'jwtight/jwks';
import type { Workplace } from './run.js';

export const ISSUER = 'https://auth.example.com';
export const AUDIENCE = 'billing-api';
/** 32 bytes, no secret of anybody. */
export const SECRET = 'q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k';
/** What a verifier is told of the tokens of these tests. */
export const POLICY: readonly string[] = ['--issuer', ISSUER, '--audience', AUDIENCE];
export const HMAC: readonly string[] = ['--secret-encoding', 'base64url', '--algorithm', 'HS256'];

let pair: Promise<{ privateKey: PrivateKey; publicKey: PublicKey }> | undefined;

/** One pair for all tests of a file. */
export function testPair(): Promise<{ privateKey: PrivateKey; publicKey: PublicKey }> {
  pair ??= key('ES256').id('test').extractable().generate();
  return pair;
}

/** Puts private.jwk, public.jwk, private.pem, public.pem, jwks.json and secret into a workplace. */
export async function withKeys(place: Workplace): Promise<Workplace> {
  const { privateKey, publicKey } = await testPair();
  place.write('private.jwk', JSON.stringify(await exportJwk(privateKey)));
  place.write('public.jwk', JSON.stringify(await exportJwk(publicKey)));
  place.write('private.pem', await exportPem(privateKey));
  place.write('public.pem', await exportPem(publicKey));
  place.write('jwks.json', JSON.stringify(await publishJwks([publicKey])));
  place.write('secret', `${SECRET}\n`);
  return place;
}
