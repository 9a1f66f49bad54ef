// Causes in the claims.

import { accessToken, clientAssertion, createVerifier, dpopProof, unchecked } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { NOW, NOW_SECONDS } from '../support.js';
import { AUDIENCE, finds, ISSUER, pair, signed, tokenWith } from './support.js';

const base = { keys: pair.publicKey, issuer: ISSUER, audience: AUDIENCE, clock: () => NOW };
const byKeys = { keys: pair.publicKey, now: NOW };

describe('times', () => {
  it('says for how long the token has expired', async () => {
    expect(await finds(await tokenWith({ exp: NOW_SECONDS - 38 }), ['expired'])).toBe('The token expired 38 s ago');
    await finds(await tokenWith({ exp: NOW_SECONDS }), ['expired'], byKeys);
    await finds(await tokenWith({ exp: NOW_SECONDS + 1 }), []);
    expect(await finds(await tokenWith({ exp: NOW_SECONDS - 0.4 }), ['expired'])).toBe('The token expired 1 s ago');
    const tolerant = { verifier: createVerifier(base), now: NOW };
    const message = await finds(await tokenWith({ exp: NOW_SECONDS - 98 }), ['expired'], tolerant);
    expect(message).toBe('The token expired 98 s ago; 60 s are tolerated');
    await finds(await tokenWith({ exp: NOW_SECONDS - 38 }), [], tolerant);
  });

  it('says how far clocks have drifted', async () => {
    const message = await finds(await tokenWith({ nbf: NOW_SECONDS + 38 }), ['clock-drift']);
    expect(message).toContain('38 s before nbf');
    expect(await finds(await tokenWith({ iat: NOW_SECONDS + 600 }), ['clock-drift'])).toContain('600 s before iat');
    expect(await finds(await tokenWith({ nbf: NOW_SECONDS + 601 }), ['not-active'])).toContain('601 s before nbf');
    const both = await tokenWith({ nbf: NOW_SECONDS + 5, iat: NOW_SECONDS + 5 });
    await finds(both, ['clock-drift', 'clock-drift'], byKeys);
  });

  it('says how old the token is', async () => {
    const young = { verifier: createVerifier({ ...base, clockTolerance: 0, maxTokenAge: 60 }), now: NOW };
    expect(await finds(await tokenWith({ iat: NOW_SECONDS - 61 }), ['too-old'], young)).toContain(
      '61 s ago; at most 60 s',
    );
    await finds(await tokenWith({ iat: NOW_SECONDS - 60 }), [], young);
    await finds(await tokenWith({ iat: undefined }), ['claim-missing'], young);
    await finds(await tokenWith({ iat: NOW_SECONDS + 5 }), ['clock-drift'], young);
  });

  it('finds milliseconds, and goes on with seconds', async () => {
    const ms = await tokenWith({ exp: (NOW_SECONDS - 38) * 1000 });
    const likely = [
      ['milliseconds', 'likely'],
      ['expired', 'likely'],
    ] as const;
    expect(await finds(ms, likely)).toContain('38 s ago');
    const assertions = { verifier: createVerifier({ ...base, profile: clientAssertion }), now: NOW };
    const assertion = await tokenWith({ iss: ISSUER, sub: ISSUER, jti: 'x', exp: (NOW_SECONDS + 60) * 1000 });
    await finds(assertion, ['milliseconds'], assertions);
    await finds(await tokenWith({ exp: (NOW_SECONDS + 900) * 1000 }), [['milliseconds', 'likely']]);
    expect(await finds(await tokenWith({ iat: NOW, nbf: NOW }), ['milliseconds', 'milliseconds'])).toContain(
      'iat is in',
    );
    await finds(await tokenWith({ exp: 1e11 }), []);
    await finds(await tokenWith({ exp: 8.64e12 }), [['milliseconds', 'likely']]);
    await finds(await tokenWith({ exp: 8.65e12 }), ['claim-malformed']);
  });

  it('finds dates that are text', async () => {
    expect(await finds(await tokenWith({ exp: `${NOW_SECONDS + 900}` }), ['date-as-string'])).toContain('exp');
    await finds(await tokenWith({ iat: '2026-11-22', nbf: 'x' }), ['date-as-string', 'date-as-string'], byKeys);
  });
});

describe('names', () => {
  it('finds a wrong audience, without naming it', async () => {
    const token = await tokenWith({ aud: ['https://canary.example.com', 'x'] });
    expect(await finds(token, ['wrong-audience'])).toBe('aud does not name this audience');
    await finds(token, [], byKeys);
    await finds(await tokenWith({ aud: ['x', AUDIENCE] }), []);
  });

  it('finds a wrong issuer and a wrong subject', async () => {
    expect(await finds(await tokenWith({ iss: 'canary' }), ['wrong-issuer'])).toBe('iss is not the expected issuer');
    const subject = { verifier: createVerifier({ ...base, subject: 'admin' }), now: NOW };
    expect(await finds(await tokenWith(), ['wrong-subject'], subject)).toBe('sub is not the expected subject');
  });

  it('tells where they differ in next to nothing', async () => {
    for (const iss of [`${ISSUER}/`, ISSUER.toUpperCase(), `${ISSUER} `])
      expect(await finds(await tokenWith({ iss }), ['wrong-issuer'])).toContain('differs in case');
    expect(await finds(await tokenWith({ aud: ['x', `${AUDIENCE}/`] }), ['wrong-audience'])).toContain(
      'differs in case',
    );
    const subject = { verifier: createVerifier({ ...base, subject: 'User-42' }), now: NOW };
    expect(await finds(await tokenWith(), ['wrong-subject'], subject)).toContain('differs in case');
    for (const iss of [`${ISSUER}//`, `x${ISSUER}`, `${ISSUER}/x`])
      expect(await finds(await tokenWith({ iss }), ['wrong-issuer'])).not.toContain('differs');
  });
});

describe('shapes', () => {
  it('finds everything that is missing, once', async () => {
    const token = await tokenWith({ iss: undefined, aud: undefined, exp: null, sub: undefined });
    const message = await finds(token, ['claim-malformed', 'claim-missing', 'claim-missing']);
    expect(message).toBe(
      [
        'exp must be a NumericDate: seconds since 1970 as a number',
        'iss is required and missing',
        'aud is required and missing',
      ].join('\n'),
    );
    await finds(token, ['claim-malformed'], byKeys);
    const subject = {
      verifier: createVerifier({ ...base, subject: 'x', issuer: unchecked, audience: unchecked }),
      now: NOW,
    };
    await finds(await tokenWith({ sub: undefined }), ['claim-missing'], subject);
  });

  it('finds everything that is malformed', async () => {
    await finds(await tokenWith({ iss: '', aud: [], sub: 5, jti: {} }), Array(4).fill('claim-malformed'));
    await finds(await signed({ alg: 'ES256' }, '{"exp":1e400,"__proto__":5}'), ['claim-malformed'], byKeys);
  });

  it('finds what breaks a profile', async () => {
    const access = { verifier: createVerifier({ ...base, profile: accessToken }), now: NOW };
    const header = { alg: 'ES256', typ: 'at+jwt' };
    const claims = {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'x',
      jti: 'x',
      client_id: 5,
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + 86_401,
    };
    const message = await finds(await signed(header, claims), ['claim-invalid', 'claim-invalid'], access);
    expect(message).toBe(
      'exp is more than 86400 seconds after the token was issued\nclient_id must be a non-empty string',
    );
    const dpop = {
      verifier: createVerifier({ ...base, audience: unchecked, issuer: unchecked, profile: dpopProof }),
      now: NOW,
    };
    const proof = { jti: 'x', htm: 'POST', htu: 'https://x.example', iat: NOW_SECONDS };
    await finds(await signed({ alg: 'ES256', typ: 'dpop+jwt' }, proof), [], dpop);
  });

  it('finds several causes of different kinds', async () => {
    const token = await tokenWith({ iss: 'x', aud: 'y', exp: NOW_SECONDS - 1, nbf: NOW_SECONDS + 1000 });
    await finds(`Bearer ${token}`, ['bearer-prefix', 'wrong-issuer', 'wrong-audience', 'expired', 'not-active']);
  });
});
