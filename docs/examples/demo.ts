// The shortest way round: make a key, sign a token, verify it, and see a forged one refused.
import { claims, createVerifier, JwtError, key, sign } from 'jwtight';

const { privateKey, publicKey } = await key('ES256').id().generate();

const token = await sign(
  claims().issuer('https://auth.example.com').audience('billing-api').subject('user-42').id().expiresIn('15m'),
  privateKey,
);
console.log('token   ', token);

const verify = createVerifier({ keys: publicKey, issuer: 'https://auth.example.com', audience: 'billing-api' });
const { claims: who } = await verify(token);
console.log('claims  ', who);

// An ECDSA signature of zeros, which Java once took for valid (CVE-2022-21449).
const forged = token.slice(0, token.lastIndexOf('.') + 1) + 'A'.repeat(86);
try {
  await verify(forged);
  throw new Error('The forged token was accepted');
} catch (error) {
  if (!(error instanceof JwtError)) throw error;
  console.log('forged  ', error.code);
}
