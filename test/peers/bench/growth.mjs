// Whether a verification costs more where there are many keys, issuers, letters or tokens gone by.
import { createHmac } from 'node:crypto';
import { createVerifier, key, sign } from 'jwtight';
import { audience, body, issuer } from './candidates.mjs';
import { compare } from './measure.mjs';

const MANY = 1000;

const secret = (id) => key('HS256').id(id).generate();

/** The thread's CPU, many ÷ one. Tokens of one key each: what differs is the set they are looked up in. */
export async function growth(settings) {
  const secrets = await Promise.all(Array.from({ length: MANY }, (_, i) => secret(`key-${i}`)));
  const token = await sign(body(), secrets[MANY - 1]);
  const one = createVerifier({ keys: secrets[MANY - 1], issuer, audience });
  const keys = createVerifier({ keys: secrets, issuer, audience });
  const policy = (keys, i) => ({ keys, issuer: i === MANY - 1 ? issuer : `https://tenant-${i}.example.com`, audience });
  const oneIssuer = createVerifier([policy(secrets[MANY - 1], MANY - 1)]);
  const issuers = createVerifier(secrets.map(policy));
  const padded = await Promise.all(
    [1000, 2000, 4000, 8000].map((n) => sign({ ...body(), pad: 'x'.repeat(n) }, secrets[0])),
  );
  const long = createVerifier({ keys: secrets[0], issuer, audience });
  const { figures, ratio } = await compare(
    {
      one: () => one(token),
      keys: () => keys(token),
      oneIssuer: () => oneIssuer(token),
      issuers: () => issuers(token),
      ...Object.fromEntries(padded.map((text) => [text.length, () => long(text)])),
    },
    settings,
  );
  return {
    keys: ratio('thread', 'keys', 'one'),
    issuers: ratio('thread', 'issuers', 'oneIssuer'),
    sizes: padded.map(({ length }) => ({ length, cpu: figures[length].cpu })),
  };
}

/** Heap in use after so many distinct tokens, in bytes above where it began. Needs --expose-gc. */
export async function heap(count, maxEntries) {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const keys = await key('HS256').secret(bytes);
  const verify = createVerifier({ keys, issuer, audience, ...(maxEntries ? { cache: { maxEntries } } : {}) });
  const claims = body();
  const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
  const make = (n) => {
    const input = `${head}.${Buffer.from(JSON.stringify({ ...claims, n })).toString('base64url')}`;
    return `${input}.${createHmac('sha256', bytes).update(input).digest('base64url')}`;
  };
  const used = () => {
    gc();
    gc();
    return process.memoryUsage().heapUsed;
  };
  for (let n = 0; n < 2000; n++) await createVerifier({ keys, issuer, audience })(make(n));
  const before = used();
  for (let n = 0; n < count; n += 100) await Promise.all(Array.from({ length: 100 }, (_, i) => verify(make(n + i))));
  const after = used();
  // The verifier must outlive the measurement, its cache with it.
  await verify(make(0));
  return after - before;
}
