// What our own builders and verifiers make by default has nothing of medium or worse, and rates A+ as a whole.

import {
  type Algorithm,
  accessToken,
  claims,
  clientAssertion,
  createVerifier,
  dpopProof,
  exportJwk,
  idToken,
  key,
  logoutToken,
  type Profile,
  type SigningKey,
  sign,
  supportedAlgorithms,
  unchecked,
  type VerificationKey,
} from 'jwtight';
import { type AuditOptions, type AuditSubject, audit, type TokenKind } from 'jwtight/audit';
import { createKeyRing, localJwks, publishJwks, remoteJwks } from 'jwtight/jwks';
import { describe, expect, it } from 'vitest';
import { valid } from './reports.js';
import { NOW } from './support.js';

const ISSUER = 'https://auth.example.com';
const AUDIENCE = 'https://api.example.com';
const clock = () => NOW;

interface Kind {
  readonly kind: TokenKind;
  readonly profile?: Profile;
  readonly issuer?: string | typeof unchecked;
  readonly audience?: string | typeof unchecked;
  readonly options?: AuditOptions;
  make(key: SigningKey): Promise<string>;
}

const named = (issuer: string, audience: string) => claims().issuer(issuer).audience(audience);
const KINDS: Readonly<Record<string, Kind>> = {
  'no profile': {
    kind: 'access',
    make: (k) => sign(named(ISSUER, AUDIENCE).subject('5f1b8a9e').id().expiresIn('15m'), k, { clock }),
  },
  accessToken: {
    kind: 'access',
    profile: accessToken,
    make: (k) =>
      sign(
        claims(accessToken)
          .issuer(ISSUER)
          .audience(AUDIENCE)
          .subject('5f1b8a9e')
          .id()
          .set('client_id', 'web-shop')
          .expiresIn('15m'),
        k,
        { clock },
      ),
  },
  idToken: {
    kind: 'id',
    profile: idToken,
    audience: 'web-shop',
    options: { context: { nonceSent: true } },
    make: (k) =>
      sign(
        claims(idToken)
          .issuer(ISSUER)
          .audience('web-shop')
          .subject('5f1b8a9e')
          .set('nonce', 'n-0S6_WzA2Mj')
          .expiresIn('1h'),
        k,
        { clock },
      ),
  },
  clientAssertion: {
    kind: 'client-assertion',
    profile: clientAssertion,
    issuer: 'web-shop',
    audience: ISSUER,
    make: (k) =>
      sign(claims(clientAssertion).issuer('web-shop').subject('web-shop').audience(ISSUER).id().expiresIn('60s'), k, {
        clock,
      }),
  },
  logoutToken: {
    kind: 'logout',
    profile: logoutToken,
    audience: 'web-shop',
    make: (k) =>
      sign(
        claims(logoutToken)
          .issuer(ISSUER)
          .audience('web-shop')
          .subject('5f1b8a9e')
          .id()
          .set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} })
          .expiresIn('2m'),
        k,
        { clock },
      ),
  },
  dpopProof: {
    kind: 'dpop',
    profile: dpopProof,
    issuer: unchecked,
    audience: unchecked,
    make: (k) => sign(claims(dpopProof).id().set('htm', 'POST').set('htu', `${AUDIENCE}/pay`), k, { clock }),
  },
};

async function worrying(subject: AuditSubject, options: AuditOptions = {}): Promise<string[]> {
  const { findings } = await audit(subject, { now: NOW, ...options });
  return findings
    .filter(({ severity }) => ['medium', 'high', 'critical'].includes(severity))
    .map(({ severity, ruleId, path }) => `${severity} ${ruleId} ${path}`);
}

interface Pair {
  readonly signer: SigningKey;
  readonly keys: VerificationKey;
}

/** RSA keys take their time: each is made once. */
const PAIRS = new Map<string, Promise<Pair>>();

function pairOf(algorithm: Algorithm, id = '2026-11'): Promise<Pair> {
  const name = `${algorithm} ${id}`;
  const pair = PAIRS.get(name) ?? makePair(algorithm, id);
  PAIRS.set(name, pair);
  return pair;
}

async function makePair(algorithm: Algorithm, id: string): Promise<Pair> {
  const made = await key(algorithm as 'ES256')
    .id(id)
    .extractable()
    .generate();
  return 'privateKey' in made
    ? { signer: made.privateKey, keys: made.publicKey }
    : { signer: made as never, keys: made as never };
}

const policyFor = ({ profile, issuer = ISSUER, audience = AUDIENCE }: Kind) => ({
  issuer: issuer as string,
  audience: audience as string,
  ...(profile && { profile }),
  clock,
});
const ISSUANCE = {
  accessTokenLifetime: '15m',
  keyRotation: { every: '30d', lastRotated: '2026-11-10', overlap: '1d' },
} as const;
const ALGORITHMS: readonly Algorithm[] = await supportedAlgorithms();

describe.each(ALGORITHMS)('%s', (algorithm) => {
  it.each(Object.entries(KINDS))('%s', async (_name, kind) => {
    const { signer, keys } = await pairOf(algorithm);
    const token = await kind.make(signer);
    const verify = createVerifier({ keys, ...policyFor(kind) });
    expect((await verify.safe(token)).ok).toBe(true);
    const verifier = verify.policy;
    expect(await worrying({ token }, kind.options)).toEqual([]);
    expect(await worrying({ key: keys })).toEqual([]);
    expect(await worrying({ verifier })).toEqual([]);
    expect(await worrying({ token, key: keys, verifier }, kind.options)).toEqual([]);
    const whole = { token, key: keys, verifier, issuance: { ...ISSUANCE, kinds: [kind.kind] } };
    const report = valid(await audit(whole, { now: NOW, ...kind.options }));
    expect(report.findings.filter(({ severity }) => !['info', 'low'].includes(severity))).toEqual([]);
    // A secret is no trait, and RS* and a missing typ are worth a word.
    expect(report.grade).toMatch(/^A\+?$/);
  });

  it.runIf(!algorithm.startsWith('HS'))('key sets and rings', async () => {
    const { keys } = await pairOf(algorithm);
    const other = await pairOf(algorithm, '2026-12');
    const jwks = await publishJwks([keys as never, other.keys as never]);
    const algorithms = [algorithm as 'ES256'] as const;
    const ring = await createKeyRing({
      algorithm: algorithm as 'ES256',
      rotateEvery: '30d',
      tokenLifetime: '15m',
      clock,
    });
    for (const source of [await localJwks(jwks, { algorithms }), remoteJwks(`${ISSUER}/jwks`, { algorithms }), ring]) {
      const verify = createVerifier({
        keys: source as never,
        issuer: ISSUER,
        audience: AUDIENCE,
        profile: accessToken,
      });
      expect(await worrying({ verifier: verify.policy, jwks: { ...jwks } })).toEqual([]);
    }
  });

  it('several issuers', async () => {
    const [one, two] = [await pairOf(algorithm), await pairOf(algorithm, '2026-12')];
    const { policy } = createVerifier([
      { keys: one.keys, issuer: ISSUER, audience: AUDIENCE },
      { keys: two.keys, issuer: 'https://login.example.net', audience: 'reports' },
    ]);
    expect(await worrying({ verifier: policy })).toEqual([]);
  });
});

describe('a whole set-up', () => {
  it.each(['ES256', 'Ed25519', 'PS256'] as const)('of %s rates A+', async (algorithm) => {
    const { signer, keys } = await pairOf(algorithm);
    const { make } = KINDS.accessToken!;
    const { policy } = createVerifier({ keys, ...policyFor(KINDS.accessToken!) });
    const jwks = { keys: [{ ...(await exportJwk(keys)), use: 'sig' }] };
    const subject = { token: await make(signer), key: keys, verifier: policy };
    const report = valid(await audit({ ...subject, issuance: { ...ISSUANCE, kinds: ['access'] } }, { now: NOW }));
    expect(report).toMatchObject({ grade: 'A+', caps: [] });
    expect(report.traits).toEqual(['asymmetric', 'explicit-typ', 'rotation', 'short-access-life']);
    const withSet = await audit({ ...subject, jwks, issuance: { ...ISSUANCE, kinds: ['access'] } }, { now: NOW });
    expect(withSet.grade).toBe('A+');
  });
});
