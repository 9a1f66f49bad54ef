// Every function of the page, clicked through.

import { assert, equal } from '../conformance/check.ts';
import { MARKUP, type Step, signsAndVerifies } from './step.ts';
import { TOOL_STEPS } from './tool-steps.ts';
import type { Workbench } from './workbench.ts';

/** The example of a well-known site: HS256 under a secret that everybody knows, without exp. */
const FOREIGN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';

const segment = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const HOSTILE: readonly string[] = [
  '.',
  '..',
  '...',
  'a.b.c.d.e.f.g.h',
  'not a token',
  MARKUP,
  `${segment({ alg: 'ES256', kid: MARKUP })}.${segment({ sub: MARKUP, [MARKUP]: 1, exp: 1e300, iat: '12', nbf: -1 })}.AA`,
  `${segment({ alg: ['none'] })}.${segment('[]')}.`,
  `${segment({ alg: 'HS256', crit: ['x'] })}.${segment('{"a":1,"a":2}')}.AA`,
  `${segment({ alg: 'none' })}.${segment({ __proto__: null, constructor: 1, toString: 2 })}.`,
  `${segment({ alg: 'HS256' })}.${segment(`{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`)}.AA`,
  'x.'.repeat(5000),
  'A'.repeat(200_000),
  '{"payload":"e30","signatures":[]}',
];

const decodedClaims = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, number>;

const claimsOf = async (page: Workbench) => JSON.parse(await page.value('#claims-json')) as Record<string, unknown>;

export const CLICK_THROUGH: readonly Step[] = [
  {
    name: 'is used with the keyboard: skip link, tabs, focus that shows',
    async run(page) {
      // The skip link is the first stop, and leads to the content.
      await page.press('Tab');
      equal(await page.evaluate('document.activeElement.className'), 'skip');
      await page.press('Enter');
      equal(await page.evaluate('location.hash'), '#main');
      await page.tab('audit');
      await page.press('ArrowRight');
      equal(await page.evaluate('document.activeElement.id'), 'tab-attacks');
      equal(await page.count('#panel-attacks:not([hidden])'), 1);
      await page.press('End');
      equal(await page.evaluate('document.activeElement.id'), 'tab-compliance');
      await page.press('ArrowRight');
      equal(await page.evaluate('document.activeElement.id'), 'tab-audit');
      await page.press('ArrowLeft', 'Home');
      equal(await page.evaluate('document.activeElement.id'), 'tab-audit');
      equal(await page.count('[role=tab][tabindex="-1"]'), 4);
      await page.has('[role=tab]:focus-visible', 1);
      equal(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid');
    },
  },
  {
    name: 'begins with a key, a signed token, a verdict and a grade',
    async run(page) {
      await page.says('#key-state', /^A key for ES256 is ready/);
      await page.says('#verdict', /^Accepted/);
      await page.says('#grade-text', /^Token, key and policy: grade A-, 100 of 100/);
      equal(await page.text('#grade-chip b'), 'A-');
    },
  },
  {
    name: 'makes a key for every algorithm, signs and verifies with it',
    async run(page, isQuick) {
      const algorithms = await page.evaluate<string[]>(
        "[...document.querySelectorAll('#algorithm option')].filter((option) => !option.disabled).map((option) => option.value)",
      );
      assert(algorithms.length >= 14, `only ${algorithms.length} algorithms`);
      // RSA keys take a browser seconds each: one of each padding does in all but one.
      for (const algorithm of isQuick
        ? algorithms.filter((name) => !/^(RS384|RS512|PS256|PS384)$/.test(name))
        : algorithms) {
        await page.choose('#algorithm', algorithm);
        await page.click('#generate');
        await page.says('#key-state', new RegExp(`^A key for ${algorithm} is ready`));
        await signsAndVerifies(page);
        assert((await page.text('#decoded')).includes(`"alg": "${algorithm}"`), `alg is not ${algorithm}`);
      }
      await page.choose('#algorithm', 'ES256');
      await page.click('#generate');
      await page.says('#key-state', /^A key for ES256 is ready/);
    },
  },
  {
    name: 'fills every template, which is valid, signs and is accepted',
    async run(page) {
      for (const [template, typ] of [
        ['id', 'JWT'],
        ['client-assertion', 'JWT'],
        ['logout', 'logout+jwt'],
        ['minimal', 'JWT'],
        ['access', 'at+jwt'],
      ] as const) {
        await page.choose('#template', template);
        await signsAndVerifies(page);
        assert((await page.text('#decoded')).includes(`"typ": "${typ}"`), `typ is not ${typ}`);
        equal(await page.count('#claims-problems li, #header-problems li'), 0);
      }
    },
  },
  {
    name: 'says what is wrong with header and claims while they are edited',
    async run(page) {
      const claims = await claimsOf(page);
      await page.paste('#claims-json', '{ "iss": ');
      await page.says('#claims-problems', /JSON/i);
      equal(await page.count('#claims-json[aria-invalid=true]'), 1);
      await page.click('#sign');
      await page.says('#sign-error', /mend what is listed/);
      const { client_id: _, ...without } = claims;
      await page.paste('#claims-json', JSON.stringify(without));
      await page.says('#claims-problems', /client_id is missing: an access token must have it/);
      await page.paste('#claims-json', `{"iss":"a","iss":"b"}`);
      await page.says('#claims-problems', /without duplicate names/);
      await page.paste('#claims-json', JSON.stringify({ ...claims, exp: 'tomorrow' }));
      await page.says('#claims-problems', /exp must be a NumericDate/);
      await page.paste('#claims-json', JSON.stringify({ ...claims, exp: Number(claims.iat) + 90_000 }));
      await page.says('#claims-problems', /lives at most 86400 seconds/);
      await page.says('#claim-times', /exp expires in 1 day/);
      await page.paste('#claims-json', JSON.stringify(claims));
      await page.says('#claims-problems', /^$/);
      await page.paste('#header-json', '{"alg":"none"}');
      await page.says('#header-problems', /cannot be named .*alg/);
      await page.paste('#header-json', '{"typ":"JWT"}');
      await page.says('#header-problems', /contradicts the profile/);
      await page.paste('#header-json', '{"typ":"at+jwt"}');
      await page.says('#header-problems', /^$/);
      equal(await page.count('[aria-invalid]'), 0);
    },
  },
  {
    name: 'gives the token a life at a tap, and signs from the keyboard',
    async run(page) {
      for (const [button, life] of [
        [4, 3600],
        [3, 900],
      ] as const) {
        await page.click(`#lifetimes button:nth-child(${button})`);
        await page.evaluate("(document.querySelector('#claims-json').focus(), true)");
        const before = await page.value('#token-text');
        await page.press('Control+Enter');
        await page.says('#verdict', /^Accepted/);
        await page.outcome(
          `new Promise((resolve, reject) => { const end = Date.now() + 5000; const look = () => ` +
            `document.querySelector('#token-text').value !== ${JSON.stringify(before)} ? resolve(1) : Date.now() > end ? reject('not signed') : setTimeout(look, 20); look(); })`,
        );
        const { iat, exp } = decodedClaims(await page.value('#token-text'));
        equal(exp! - iat!, life);
      }
      await page.says('#claim-times', /exp expires in 14 min|exp expires in 15 min/);
    },
  },
  {
    name: 'shows the parts of the token, and what an attacker sees',
    async run(page) {
      const names = await page.evaluate<string[]>(
        "[...document.querySelectorAll('#parts .part-name')].map((name) => name.firstChild.textContent)",
      );
      equal(names, ['Header', 'Claims', 'Signature']);
      const shown = await page.evaluate<string[]>(
        "[...document.querySelectorAll('#parts code')].map((part) => part.textContent)",
      );
      equal(shown.join('.'), await page.value('#token-text'));
      await page.says('#decoded', /Stolen now, it is good for another/);
    },
  },
  {
    name: 'verifies by the policy, and says why it refuses',
    async run(page) {
      await page.choose('#policy-when', '86400');
      await page.says('#verdict', /^Refused: ERR_JWT_EXPIRED/);
      await page.says('#causes', /certain/);
      await page.choose('#policy-when', '0');
      await page.paste('#policy-audience', 'other-api');
      await page.says('#verdict', /^Refused: ERR_JWT_AUDIENCE/);
      await page.says('#causes', /aud/);
      await page.click('#policy-any-audience');
      await page.says('#verdict', /^Accepted/);
      await page.says('#findings', /verifier\/aud-unchecked/);
      await page.click('#policy-any-audience');
      await page.says('#verdict', /^Refused/);
      await page.click('#policy-from-claims');
      await page.says('#verdict', /^Accepted/);
      await page.choose('#policy-profile', 'logout');
      await page.says('#verdict', /^Refused: ERR_JWT_TYPE/);
      await page.choose('#policy-profile', 'access');
      await page.paste('#policy-issuer', '');
      await page.says('#policy-error', /issuer/);
      await page.has('#policy-issuer[aria-invalid=true]', 1);
      await page.paste('#policy-tolerance', '');
      await page.has('#policy-tolerance[aria-invalid=true]', 1);
      await page.paste('#policy-tolerance', '60');
      await page.paste('#policy-issuer', 'https://auth.example.com');
      await page.says('#verdict', /^Accepted/);
    },
  },
  {
    name: 'audits live: the draft, and what is said around the token',
    async run(page) {
      await page.tab('audit');
      const claims = await claimsOf(page);
      await page.paste('#claims-json', JSON.stringify({ ...claims, email: 'a@example.com', password: 'x' }));
      await page.says('#grade-text', /^The draft, not signed yet/);
      await page.says('#findings', /Mend: /);
      await page.paste('#claims-json', JSON.stringify(claims));
      await page.click('#sign');
      await page.says('#grade-text', /^Token, key and policy: grade A-/);
      await page.choose('#practice-rotation', 'never');
      await page.says('#findings', /rotat/);
      await page.choose('#practice-rotation', '30d');
      await page.choose('#practice-revocation', 'jti');
      await page.choose('#policy-age', '3600');
      await page.says('#grade-text', /grade A\+?, /);
      await page.choose('#practice-storage', 'localStorage');
      await page.says('#findings', /storage\/localstorage/);
      await page.choose('#practice-storage', 'cookie');
      await page.says('#grade-text', /grade A\+?, /);
      await page.click('#download-report');
      await page.says('#report-state', /^jwt-audit\.md is ready/);
      const report = await page.outcome<string>('offered.text()');
      assert(/^# JWT audit: A(\\\+)?\n[\s\S]*\n## Findings\n/.test(report), report.slice(0, 200));
      await page.click('#copy-report');
      await page.says('#report-state', /^Copied|does not let this page copy/);
      await page.choose('#policy-age', '');
    },
  },
  ...TOOL_STEPS,
  {
    name: 'reads a token from elsewhere: decoded, audited, diagnosed',
    async run(page) {
      await page.tab('audit');
      await page.paste('#token-text', FOREIGN);
      await page.says('#decoded', /"name": "John Doe"/);
      await page.says('#decoded', /can be guessed offline/);
      await page.says('#verdict', /^Refused: ERR_JWT_ALGORITHM/);
      await page.says('#causes', /HS256|algorithm/i);
      await page.says('#grade-text', /^The token alone: grade F/);
      await page.says('#grade-why', /not this token’s/);
    },
  },
  {
    name: 'is not put out by hostile text',
    async run(page) {
      for (const text of HOSTILE) {
        await page.paste('#token-text', text);
        await page.says('#verdict', /^Refused: ERR_JWT_/);
        await page.paste('#claims-json', text);
        await page.says('#claims-problems', /\S/);
        await page.click('#policy-from-claims');
      }
      equal(await page.count('#injected'), 0);
      await page.click('#clear-token');
      await page.says('#verdict', /^No token/);
      await page.choose('#template', 'access');
      await signsAndVerifies(page);
    },
  },
];
