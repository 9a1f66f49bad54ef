// The tools below the token, clicked through; and keys that come from elsewhere.
import { assert, equal } from '../conformance/check.ts';
import { CERTIFICATE, EC_SEC1, RSA_PKCS1 } from '../conformance/key-files.ts';
import { MARKUP, type Step, signsAndVerifies } from './step.ts';

export const TOOL_STEPS: readonly Step[] = [
  {
    name: 'makes the token into every attack, and shows who falls for it',
    async run(page) {
      await page.tab('attacks');
      await page.click('#make-attacks');
      const summary = await page.says('#attack-state', /^\d+ attacks; jwtight refuses every one/);
      assert(Number.parseInt(summary, 10) >= 280, summary);
      equal(await page.count('#careless li'), 12);
      await page.choose('#attack-filter', 'headerAlgorithm');
      await page.says('#attack-list', /alg-none/);
      const first = await page.text('#attack-list .attack');
      assert(/jwtight refuses it: ERR_JWT_ALGORITHM/.test(first), first);
      assert(/lets the header choose the algorithm lets in administrator/.test(first), first);
      await page.choose('#attack-filter', 'policy');
      await page.says('#attack-list', /an RFC requires this verifier to refuse it/);
      await page.paste('#policy-audience', 'other-api');
      await page.says('#verdict', /^Refused/);
      await page.click('#make-attacks');
      await page.says('#attack-error', /ERR_JWT_AUDIENCE/);
      await page.click('#policy-from-claims');
      await page.says('#verdict', /^Accepted/);
    },
  },
  {
    name: 'measures a secret without showing it, and makes one to sign with',
    async run(page) {
      await page.tab('secret');
      const secret = 'Correct-Horse-1984';
      await page.evaluate("(document.querySelector('#secret').focus(), true)");
      await page.press(...secret);
      await page.says('#secret-verdict', /not enough for any HMAC/);
      await page.says('#secret-report', /one graphics card/);
      equal(
        await page.evaluate<boolean>(`document.documentElement.innerHTML.includes(${JSON.stringify(secret)})`),
        false,
      );
      await page.choose('#secret-algorithm', 'HS384');
      await page.click('#secret-generate');
      await page.click('#secret-made > button');
      await page.says('#key-state', /^A key for HS384 is ready/);
      await signsAndVerifies(page);
      await page.paste('#secret', await page.value('#secret-made textarea'));
      await page.says('#secret-verdict', /enough for HS256, HS384/);
      await page.paste('#secret', '');
    },
  },
  {
    name: 'converts keys both ways and explains them',
    async run(page) {
      await page.tab('convert');
      await page.paste('#convert-text', RSA_PKCS1);
      await page.says('#convert-state', /^A private key, read for RS256/);
      await page.says('#converted', /PKCS#1 \(RFC 8017\)[\s\S]*modulus/);
      const pem = await page.value('#converted .take:nth-of-type(2) textarea');
      assert(pem.startsWith('-----BEGIN PRIVATE KEY-----'), pem.slice(0, 40));
      const jwk = await page.value('#converted .take textarea');
      await page.paste('#convert-text', jwk);
      await page.says('#converted', /A JSON Web Key/);
      equal(await page.value('#converted .take:nth-of-type(2) textarea'), pem);
      await page.paste('#convert-text', EC_SEC1);
      await page.says('#converted', /SEC 1 \(RFC 5915\)/);
      await page.paste('#convert-text', CERTIFICATE);
      await page.says('#convert-state', /^A public key/);
      for (const hostile of [
        '{"kty":"EC"',
        '{}',
        'null',
        '-----BEGIN X-----',
        MARKUP,
        '{"kty":"RSA","n":1}',
        '{"jwk":null}',
      ]) {
        await page.paste('#convert-text', hostile);
        await page.says('#convert-error', /\S/);
        equal(await page.count('#converted > *'), 0);
      }
      await page.paste('#convert-text', '');
      await page.says('#convert-error', /^$/);
    },
  },
  {
    name: 'takes a key that somebody has, and gives it back',
    async run(page) {
      await page.choose('#algorithm', 'RS256');
      await page.click('#import summary');
      await page.paste('#import-text', 'nonsense');
      await page.click('#import-key');
      await page.says('#import-error', /No PEM found/);
      await page.paste('#import-text', RSA_PKCS1);
      await page.click('#import-key');
      await page.says('#key-state', /^A key for RS256 is ready/);
      equal(await page.value('#import-text'), '');
      await signsAndVerifies(page);
      await page.click('#export summary');
      await page.says('#export-public', /public key as PEM/);
      equal(await page.text('#export-private'), '');
      const pem = await page.value('#export-public textarea');
      await page.click('#export-show');
      await page.says('#export-private', /private key as PEM/);
      await page.choose('#import-kind', 'public');
      await page.click('#import summary');
      await page.paste('#import-text', pem);
      await page.click('#import-key');
      await page.says('#key-facts', /public half only/);
      await page.says('#verdict', /^Accepted/);
      await page.click('#sign');
      await page.says('#sign-error', /no key that signs/);
      await page.choose('#algorithm', 'HS256');
      await page.click('#import summary');
      await page.paste('#import-secret', 'short');
      await page.click('#import-key');
      await page.says('#import-error', /\S/);
      await page.paste('#import-secret', 'a secret of thirty-two bytes or more, for tests');
      await page.click('#import-key');
      await page.says('#key-state', /^A key for HS256 is ready/);
      equal(await page.value('#import-secret'), '');
      await signsAndVerifies(page);
      await page.choose('#algorithm', 'ES256');
      await page.click('#generate');
      await page.says('#key-state', /^A key for ES256 is ready/);
      await signsAndVerifies(page);
    },
  },
  {
    name: 'lays out the compliance matrix',
    async run(page) {
      await page.tab('compliance');
      await page.says('#matrix', /SOC 2: CC6\.1/);
      assert((await page.count('#matrix > li')) >= 6, 'too few topics');
      await page.click('#download-matrix');
      await page.says('#matrix-state', /^jwt-compliance\.md is ready/);
      const matrix = await page.outcome<string>('offered.text()');
      assert(/^# JWT audit: compliance matrix\n[\s\S]*\| SOC 2: CC6\.1/.test(matrix), matrix.slice(0, 200));
    },
  },
];
