// An application that signs and verifies, with a key set of its own, and audits, which loads parts on demand.
import { claims, createVerifier, JwtError, key, sign } from 'jwtight';
import { audit } from 'jwtight/audit';
import { readBearer } from 'jwtight/http';
import { localJwks, publishJwks } from 'jwtight/jwks';

const { privateKey, publicKey } = await key('ES256').id('k').generate();
const keys = await localJwks(JSON.parse(JSON.stringify(await publishJwks([publicKey]))), { algorithms: ['ES256'] });
const verify = createVerifier({ keys, issuer: 'i', audience: 'a' });
const token = await sign(claims().issuer('i').audience('a').subject('bundled').expiresIn('1m'), privateKey);
const { claims: verified } = await verify(readBearer(new Headers({ authorization: `Bearer ${token}` })));
const forged = await verify.safe(`${token.slice(0, -4)}AAAA`);
const { grade, findings } = await audit({ token, secret: 'secret', algorithm: 'HS256' });
console.log(verified.sub, forged.error instanceof JwtError && forged.error.code, grade, findings[0].ruleId);
