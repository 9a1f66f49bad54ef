// A token seen before. Its string is made afresh each time, as a request makes it: no hash of it is known yet.
import fastJwt from 'fast-jwt';
import { createVerifier, sign } from 'jwtight';
import { audience, body, issuer, makeKeys } from './candidates.mjs';
import { compare } from './measure.mjs';

const TOKENS = 200;

/** Microseconds of the thread, less what making the string costs; and ours without a cache. */
export async function cache(settings) {
  const { signing, verifying, publicPem } = await makeKeys('ES256');
  const tokens = await Promise.all(Array.from({ length: TOKENS }, (_, n) => sign({ ...body(), n }, signing)));
  const texts = tokens.map((token) => Buffer.from(token));
  let turn = 0;
  const fresh = () => {
    turn = (turn + 1) % TOKENS;
    return texts[turn].latin1Slice();
  };
  const policy = { keys: verifying, issuer, audience };
  const ours = createVerifier({ ...policy, cache: { maxEntries: 2000 } });
  const without = createVerifier(policy);
  const theirs = fastJwt.createVerifier({
    key: publicPem,
    algorithms: ['ES256'],
    allowedIss: issuer,
    allowedAud: audience,
    cache: 2000,
  });
  for (const token of tokens) {
    await ours(token);
    theirs(token);
  }
  const { figures } = await compare(
    { string: fresh, jwtight: () => ours(fresh()), 'fast-jwt': () => theirs(fresh()), without: () => without(fresh()) },
    settings,
  );
  const net = (name) => figures[name].thread - figures.string.thread;
  return { jwtight: net('jwtight'), 'fast-jwt': net('fast-jwt'), without: net('without') };
}
