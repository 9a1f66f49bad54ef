import { accessToken, createVerifier, key, sign } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { checkDraft, pretty, readObject, withTimes } from '../../docs/workbench/draft.js';
import { profileOf, TEMPLATES, templateOf } from '../../docs/workbench/templates.js';

const NOW = 1_800_000_000;

describe('every template', () => {
  it.each(TEMPLATES)(
    '$name is valid, signs, and its verifier accepts it',
    async ({ header, claims, profile, life }) => {
      const made = claims(NOW);
      expect(made.exp).toBe(NOW + life);
      const check = await checkDraft(pretty(header), pretty(made), profile, NOW);
      expect(check).toMatchObject({ headerProblems: [], claimsProblems: [], draft: { header, claims: made } });
      const { privateKey, publicKey } = await key('ES256').id().generate();
      const clock = () => NOW * 1000;
      const token = await sign(check.ready!.claims, privateKey, { header: check.ready!.header, clock });
      const verify = createVerifier({
        keys: publicKey,
        issuer: String(made.iss),
        audience: String(made.aud),
        clock,
        ...(profile && { profile }),
      });
      expect((await verify(token)).claims).toMatchObject(made);
    },
  );

  it('is found by its id', () => {
    for (const template of TEMPLATES) {
      expect(templateOf(template.id)).toBe(template);
      expect(profileOf(template.id)).toBe(template.profile);
    }
    expect(templateOf('nothing')).toBe(TEMPLATES[0]);
    expect(profileOf('')).toBeUndefined();
  });
});

describe('checkDraft', () => {
  const good = {
    iss: 'https://a.example',
    aud: 'api',
    sub: 'me',
    client_id: 'shop',
    jti: '1',
    iat: NOW,
    exp: NOW + 60,
  };
  const problems = async (header: string, claims: string) => {
    const { headerProblems, claimsProblems, ready } = await checkDraft(header, claims, accessToken, NOW);
    expect(ready).toBeUndefined();
    return { headerProblems, claimsProblems };
  };

  it.each<[string, object, RegExp]>([
    ['a missing claim', { ...good, client_id: undefined }, /^client_id is missing: an access token must have it$/],
    ['no expiry', { ...good, exp: undefined }, /^exp is missing: .* Tap a lifetime$/],
    ['a date that is none', { ...good, exp: 'soon' }, /^exp must be a NumericDate/],
    ['a life that is too long', { ...good, exp: NOW + 90_000 }, /lives at most 86400 seconds/],
    ['an empty name', { ...good, iss: '' }, /^iss must be/],
  ])('finds %s', async (_, claims, problem) => {
    const found = await problems('{}', JSON.stringify(claims));
    expect(found.headerProblems).toEqual([]);
    expect(found.claimsProblems).toEqual([expect.stringMatching(problem)]);
  });

  it('lists all that is missing', async () => {
    const { claimsProblems } = await problems('{}', '{}');
    expect(claimsProblems.map((text) => text.split(' ', 1)[0])).toEqual([
      'iss',
      'exp',
      'aud',
      'sub',
      'client_id',
      'jti',
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['alg', '{"alg":"none"}', /cannot be named .*alg/],
    ['another typ than the profile', '{"typ":"JWT"}', /contradicts the profile/],
    ['no JSON', '{', /JSON/],
  ])('finds in the header %s', async (_, header, problem) => {
    const found = await problems(header, JSON.stringify(good));
    expect(found.headerProblems).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['', /JSON/],
    ['[]', /must be a JSON object/],
    ['null', /must be a JSON object/],
    ['{"a":1,"a":2}', /without duplicate names/],
    [`{"a":${'['.repeat(40)}${']'.repeat(40)}}`, /at most 32 levels deep/],
    [`{"a":"${'x'.repeat(20_000)}"}`, /longer than 16384/],
  ])('finds what no verifier would read: %.20s', async (claims, problem) => {
    expect((await problems('{}', claims)).claimsProblems).toEqual([expect.stringMatching(problem)]);
  });

  it('keeps claims with the names of methods', () => {
    expect(readObject('{"__proto__":1,"toString":2,"ü":"€"}')).toEqual({
      ...JSON.parse('{"__proto__":1}'),
      toString: 2,
      ü: '€',
    });
  });
});

describe('withTimes', () => {
  it('sets both times and keeps the rest', () => {
    expect(JSON.parse(withTimes('{"exp":1,"sub":"me"}', NOW, 900)!)).toEqual({ sub: 'me', iat: NOW, exp: NOW + 900 });
  });

  it('leaves what it cannot read alone', () => {
    expect(withTimes('{"sub"', NOW, 900)).toBeUndefined();
  });
});
