import { claims, sign } from 'jwtight';
import { audit, complianceMatrix, toJson } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { AUDIENCE, ISSUER, SECRET, testPair, withKeys } from '../keys.js';
import { type Around, NOON, oneLine, workplace } from '../run.js';

const clock = () => NOON;
const WEAK = 'your-256-bit-secret';
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.';

async function goodToken(): Promise<string> {
  const { privateKey } = await testPair();
  return sign(claims().issuer(ISSUER).audience(AUDIENCE).subject('u').id().expiresIn('15m'), privateKey, { clock });
}

/** The audits of a JSON report: where, and what was given. */
async function auditsOf(words: readonly string[], files: Record<string, string> = {}, around: Around = {}) {
  const { run, write } = await withKeys(workplace());
  for (const [name, text] of Object.entries(files)) write(name, text);
  const { code, out, err } = await run(['audit', '--json', ...words], around);
  expect(oneLine(err) || err === '').toBe(true);
  expect(code).toBe(0);
  return JSON.parse(out).audits as {
    source: string;
    line?: number;
    report: Awaited<ReturnType<typeof audit>>;
    compliance?: unknown;
  }[];
}

const inputsOf = (audits: Awaited<ReturnType<typeof auditsOf>>) =>
  audits.map(({ source, report }) => [source, report.coverage.inputs.join()]);

describe('audit', () => {
  it('gives the report of the library', async () => {
    const [only, ...more] = await auditsOf(['token'], { token: `${TOKEN}\n` });
    expect(more).toEqual([]);
    expect(only).toEqual({
      source: 'token',
      report: JSON.parse(toJson(await audit({ token: TOKEN }, { now: clock }))),
    });
  });

  it('prints it for people', async () => {
    const { run, write } = workplace();
    write('.env', `# JWT\nJWT_SECRET=${WEAK}\n`);
    const { code, out, err } = await run(['audit', '.env', '--secret-source', 'config']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\.env:2 JWT_SECRET: F, \d+ of 100 points\n\n {2}critical {2}/);
    expect(out).toMatch(/\n {2}high {6}The secret stands in source code or configuration\n {12}Replace it/);
    expect(out).toContain('secret/hardcoded · /environment/secretSource · ASVS V13.3.1 · CWE-798\n');
    expect(out).toMatch(/\d+ rules evaluated; at most A- without verifier, key and issuance/);
    expect(out).not.toContain(WEAK);
  });

  it('says that nothing was found', async () => {
    const { run } = workplace();
    const { out } = await run(['audit', '-'], { stdin: await goodToken() });
    expect(out).toMatch(/^standard input: B, 100 of 100 points\n\n {2}Nothing found\.\n/);
  });

  it('knows what was not rated', async () => {
    const { run, write } = workplace();
    write('s.json', '{"storage":{}}');
    const { out } = await run(['audit', '--subject', 's.json']);
    expect(out).toMatch(/^s\.json: not rated\n/);
    expect((await run(['audit', '--subject', 's.json', '--min-grade', 'F'])).code).toBe(1);
  });

  describe('looks at', () => {
    it.each<[string, string, string, string]>([
      ['a token', 'a.txt', `${TOKEN}\n`, 'token'],
      ['a JWK Set', 'a.json', '{"keys":[]}', 'jwks'],
      ['a JWK', 'a.json', '{"kty":"EC","crv":"P-256"}', 'key'],
      ['a PEM', 'a.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n', 'key'],
    ])('%s by its form, in a file and from standard input', async (_what, name, text, input) => {
      expect(inputsOf(await auditsOf([name], { [name]: text }))).toEqual([[name, input]]);
      expect(inputsOf(await auditsOf([], {}, { stdin: text }))).toEqual([['standard input', input]]);
      expect(inputsOf(await auditsOf(['-'], {}, { stdin: text }))).toEqual([['standard input', input]]);
    });

    it('several tokens in a file, by their lines', async () => {
      const text = `# two\n${TOKEN}\n\n  ${TOKEN}\r\n`;
      const audits = await auditsOf(['tokens'], { tokens: text });
      expect(inputsOf(audits)).toEqual([
        ['tokens:2', 'token'],
        ['tokens:4', 'token'],
      ]);
      expect(audits.map(({ line }) => line)).toEqual([2, 4]);
    });

    it('several files', async () => {
      expect(inputsOf(await auditsOf(['token', 'jwks.json', 'public.pem'], { token: TOKEN }))).toEqual([
        ['token', 'token'],
        ['jwks.json', 'jwks'],
        ['public.pem', 'key'],
      ]);
    });

    it('a token on the command line, with a warning', async () => {
      const { run } = workplace();
      const { code, out, err } = await run(['audit', TOKEN]);
      expect(code).toBe(0);
      expect(out).toMatch(/^the token: D/);
      expect(err).toContain("the shell's history");
    });

    it('the secrets, tokens and keys of a .env file, each with its place', async () => {
      const { read } = await withKeys(workplace());
      const pem = read('private.pem');
      const env = [
        'DATABASE_URL=postgres://a:b@c/d',
        `JWT_SECRET="${WEAK}"`,
        'JWT_ALGORITHM=HS512',
        `JWT_PRIVATE_KEY="${pem.trimEnd()}"`,
        `JWT_PUBLIC_KEY='${read('public.jwk')}'`,
        `SERVICE_TOKEN=${TOKEN}`,
        `JWKS='${read('jwks.json')}'`,
        'AUTH_SECRET=',
        'SESSION_SECRET=$OTHER',
        'JWT_EXPIRES_IN=15m',
      ].join('\n');
      const audits = await auditsOf(['.env.local'], { '.env.local': env });
      const after = pem.trimEnd().split('\n').length;
      expect(inputsOf(audits)).toEqual([
        ['.env.local:2 JWT_SECRET', 'environment,secret'],
        ['.env.local:4 JWT_PRIVATE_KEY', 'key'],
        [`.env.local:${4 + after} JWT_PUBLIC_KEY`, 'key'],
        [`.env.local:${5 + after} SERVICE_TOKEN`, 'token'],
        [`.env.local:${6 + after} JWKS`, 'jwks'],
      ]);
      const subject = {
        secret: WEAK,
        algorithm: 'HS512',
        environment: { secretSource: 'env', variable: 'JWT_SECRET' },
      } as const;
      expect(audits[0]!.report).toEqual(JSON.parse(toJson(await audit(subject, { now: clock }))));
    });

    it('variables of a file of any name, and of any name themselves', async () => {
      const env = `PEPPER=${WEAK}\nJWT_SECRET=${WEAK}\n`;
      expect(inputsOf(await auditsOf(['settings', '--variable', 'PEPPER'], { settings: env }))).toHaveLength(2);
      expect(inputsOf(await auditsOf(['--env', 'settings'], { settings: env }))).toEqual([
        ['settings:2 JWT_SECRET', 'environment,secret'],
      ]);
      expect(inputsOf(await auditsOf(['--env', '-'], {}, { stdin: env }))).toEqual([
        ['standard input:2 JWT_SECRET', 'environment,secret'],
      ]);
    });

    it('names that build tools send to browsers', async () => {
      const [only] = await auditsOf(['.env'], { '.env': `NEXT_PUBLIC_JWT_SECRET=${SECRET}` });
      expect(only!.report.findings.map(({ ruleId }) => ruleId)).toContain('secret/client-exposed');
    });

    it('what options name, together', async () => {
      const token = await goodToken();
      const { publicKey } = await testPair();
      const [only, ...more] = await auditsOf(
        ['--token-file', 'token', '--key-file', 'public.jwk', '--jwks', 'jwks.json'],
        { token },
      );
      expect(more).toEqual([]);
      expect(only!.report.coverage.inputs).toEqual(['jwks', 'key', 'token']);
      expect(only!.source).toBe('token');
      expect(only!.report.insights.key).toEqual({ type: 'EC', bits: null, curve: 'P-256' });
      expect(publicKey.algorithm).toBe('ES256');
    });

    it('what variables hold', async () => {
      const { read } = await withKeys(workplace());
      const env = { T: TOKEN, K: read('public.pem'), S: WEAK };
      expect(inputsOf(await auditsOf(['--token-env', 'T', '--key-env', 'K'], {}, { env }))).toEqual([
        ['the token', 'key,token'],
      ]);
      const audits = await auditsOf(['--secret-env', 'S', '--algorithm', 'HS256'], {}, { env });
      const environment = { secretSource: 'env', variable: 'S' } as const;
      expect(audits).toEqual([
        {
          source: 'the secret',
          report: JSON.parse(toJson(await audit({ secret: WEAK, algorithm: 'HS256', environment }, { now: clock }))),
        },
      ]);
    });

    it('a secret in a file, and on the command line', async () => {
      const file = await auditsOf(['--secret-file', 's'], { s: `${WEAK}\n` });
      expect(file[0]!.report).toEqual(
        JSON.parse(toJson(await audit({ secret: WEAK, environment: { secretSource: 'file' } }, { now: clock }))),
      );
      const typed = await auditsOf(['--secret', WEAK]);
      expect(typed[0]!.report).toEqual(
        JSON.parse(toJson(await audit({ secret: WEAK, environment: {} }, { now: clock }))),
      );
    });

    it('a key set at a URL', async () => {
      const asked: string[] = [];
      const fetch: Around['fetch'] = async (url, { redirect }) => {
        asked.push(`${url} ${redirect}`);
        return new Response('{"keys":[]}', { headers: { 'content-type': 'application/jwk-set+json' } });
      };
      const audits = await auditsOf(['--jwks', 'https://auth.example.com/jwks.json'], {}, { fetch });
      expect(inputsOf(audits)).toEqual([['the jwks', 'jwks']]);
      expect(asked).toEqual(['https://auth.example.com/jwks.json manual']);
    });

    it('a described set-up', async () => {
      const subject = { issuance: { accessTokenLifetime: '8h' }, verifier: { algorithms: ['RS256'], issuer: ISSUER } };
      const [only] = await auditsOf(['--subject', 'auth.json'], { 'auth.json': JSON.stringify(subject) });
      expect(only).toEqual({
        source: 'auth.json',
        report: JSON.parse(toJson(await audit(subject as object, { now: clock }))),
      });
      const more = await auditsOf(['--subject', 'auth.json', '--token-file', 't'], {
        'auth.json': JSON.stringify(subject),
        t: TOKEN,
      });
      expect(more[0]!.report.coverage.inputs).toEqual(['issuance', 'token', 'verifier']);
    });
  });

  it('measures as told', async () => {
    const files = { 's.json': '{"issuance":{"accessTokenLifetime":"8h","kinds":["access"]}}' };
    const [hipaa] = await auditsOf(['--subject', 's.json', '--profile', 'hipaa', '--kind', 'access'], files);
    expect(hipaa!.report.profile).toBe('hipaa');
    const accepted = {
      suppressions: [{ ruleId: 'lifetime/access-long', reason: 'batch \u202e jobs', expires: '2027-03-31' }],
    };
    const more = { ...files, 'a.json': JSON.stringify(accepted) };
    const [marked] = await auditsOf(['--subject', 's.json', '--suppressions', 'a.json'], more);
    expect(marked!.report.grade).toMatch(/\*$/);
    const { run, write } = workplace();
    for (const [name, text] of Object.entries(more)) write(name, text);
    const words = ['audit', '--subject', 's.json', '--suppressions', 'a.json'];
    const { out } = await run(words);
    expect(out).toContain('accepted until 2027-03-31: batch \\u202e jobs\n');
    // A grade with accepted findings counts as its letter.
    const letter = marked!.report.grade!.replace('*', '');
    expect((await run([...words, '--min-grade', letter])).code).toBe(0);
  });

  it.each([
    ['F', 0],
    ['D', 1],
    ['B', 1],
    ['A+', 1],
  ])('compares with the least grade %s', async (least, expected) => {
    const { run, write } = workplace();
    write('.env', `JWT_SECRET=${WEAK}\n`);
    const { code, out, err } = await run(['audit', '.env', '--min-grade', least]);
    expect(code).toBe(expected);
    expect(err).toBe(expected === 0 ? '' : `jwtight: .env:1 JWT_SECRET: F is below ${least}\n`);
    expect(out).toContain('JWT_SECRET: F');
  });

  it('lets each subject reach the least grade', async () => {
    const { run, write } = workplace();
    write('good', await goodToken());
    write('bad', TOKEN);
    expect((await run(['audit', 'good', '--min-grade', 'B'])).code).toBe(0);
    const { code, err } = await run(['audit', 'good', 'bad', '--min-grade', 'B']);
    expect(code).toBe(1);
    expect(err).toBe('jwtight: bad: D is below B\n');
  });

  it('colours grades and severities at a terminal', async () => {
    const { run, write } = workplace();
    write('.env', `JWT_SECRET=${WEAK}\n`);
    const { out } = await run(['audit', '.env'], { terminal: true });
    expect(out).toContain('\u001b[31mF\u001b[0m');
    expect(out).toContain('\u001b[31mcritical\u001b[0m');
    write('good', await goodToken());
    expect((await run(['audit', 'good'], { terminal: true })).out).toContain('\u001b[33mB\u001b[0m');
  });

  it('writes Markdown', async () => {
    const { run, write } = workplace();
    write('a--b', TOKEN);
    const { out } = await run(['audit', 'a--b', '--format', 'markdown', '--compliance']);
    expect(out).toMatch(/^<!-- a- -b -->\n# JWT audit: D\n/);
    expect(out).toMatch(/\n## Compliance\n\n\| Topic \| Status \| Controls \|\n/);
    expect((await run(['audit', 'a--b', '--format', 'markdown'])).out).not.toContain('Compliance');
  });

  it('adds the compliance matrix', async () => {
    const [only] = await auditsOf(['t', '--compliance'], { t: TOKEN });
    expect(only!.compliance).toEqual(complianceMatrix(only!.report));
    const { run, write } = workplace();
    write('t', TOKEN);
    const { out } = await run(['audit', 't', '--compliance']);
    expect(out).toMatch(/\n {2}contradicts {4}\S/);
    expect(out).toMatch(/\n {2}not-evidenced {2}\S/);
    expect(out).toMatch(/\n {17}SOC 2: /);
  });

  it('writes a file, and the grades for people', async () => {
    const { run, write, read } = workplace();
    write('.env', `JWT_SECRET=${WEAK}\n`);
    const words = ['audit', '.env', '--format', 'json', '--out', 'report.json'];
    const { code, out } = await run(words, { terminal: true });
    expect(code).toBe(0);
    expect(out).toBe('.env:1 JWT_SECRET: \u001b[31mF\u001b[0m\n');
    expect(JSON.parse(read('report.json')).audits).toHaveLength(1);
    expect((await run(words)).code).toBe(0);
    await run(['audit', '.env', '--out', 'report.txt'], { terminal: true });
    expect(read('report.txt')).not.toContain('\u001b');
    const refused = await run(['audit', '.env', '--out', 'no/where']);
    expect(refused.code).toBe(3);
    expect(refused.err).toBe('jwtight: --out: there is no such folder\n');
  });

  it('is good for a terminal whatever files and names hold', async () => {
    const { run, write } = workplace();
    write('e\u001b[2J', `JWT_SECRET=${WEAK}\n`);
    for (const format of ['text', 'markdown', 'json', 'sarif']) {
      const { out, err } = await run(['audit', '--env', 'e\u001b[2J', '--min-grade', 'A', '--format', format]);
      expect(out + err).not.toContain('\u001b');
    }
  });

  const unusable: [what: string, file: string, words: string[], expected: string][] = [
    ['text that is nothing', 'hunter2 hunter2', ['f'], 'the file is none of: token, .env, JWK Set, JWK, PEM'],
    ['one of several files', 'hunter2', ['public.pem', 'f'], 'file 2 is none of'],
    ['other JSON', '{"token":"hunter2"}', ['f'], 'pass a described set-up with --subject'],
    ['a .env file without any', 'PASSWORD=hunter2', ['f'], 'name a secret with --variable NAME'],
    ['a variable that is not there', 'JWT_SECRET=x', ['f', '--variable', 'hunter2'], 'no such variable'],
    ['an empty file', '', ['f'], 'the file is empty'],
    ['no file', '', ['hunter2'], 'the file: there is no such file'],
    ['a subject that is no JSON', 'hunter2', ['--subject', 'f'], '--subject is not a JSON object'],
    ['a subject with an unknown member', '{"hunter2":1}', ['--subject', 'f'], 'unknown option'],
    ['a subject with a wrong member', '{"token":1}', ['--subject', 'f'], 'subject.token must be a string'],
    [
      'suppressions that are none',
      '{"suppressions":[{"ruleId":"a"}]}',
      ['public.pem', '--suppressions', 'f'],
      '--suppressions: ',
    ],
    [
      'suppressions with other options',
      '{"now":0}',
      ['public.pem', '--suppressions', 'f'],
      '--suppressions: unknown option',
    ],
    ['suppressions without any', '{}', ['public.pem', '--suppressions', 'f'], '--suppressions: '],
    ['a key set by http', '', ['--jwks', 'ftp://a/hunter2'], '--jwks takes an https URL'],
  ];
  it.each(unusable)('cannot use %s', async (_what, file, words, expected) => {
    const { run, write } = await withKeys(workplace());
    write('f', file);
    const { code, out, err } = await run(['audit', ...words]);
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(words.includes('ftp://a/hunter2') ? 2 : 3);
  });

  it.each<[string[], string]>([
    [['--format', 'sarif', '--compliance'], 'SARIF has no place for --compliance'],
    [['--format', 'sarif', '--json'], '--json is --format json'],
    [['--out', '-'], '--out needs the name of a file'],
    [['--format', 'xml'], '--format takes one of text, markdown, json, sarif'],
    [['--min-grade', 'E'], '--min-grade takes one of F, D, C, B, A-, A, A+'],
    [['--profile', 'soc2'], '--profile takes one of default'],
    [['--kind', 'x'], '--kind takes one of access'],
    [['--secret-source', 'x', '--secret', 'y'], '--secret-source takes one of code'],
    [['--subject', 's.json', '--token-file', 't'], '--token-file and --subject both have a token'],
    [['--subject', 's.json', '--secret-file', 't'], '--secret-file and --subject both have a secret'],
  ])('refuses %j', async (words, expected) => {
    const { run, write } = workplace();
    write('t', TOKEN);
    write('s.json', '{"token":"","secret":""}');
    const { code, out, err } = await run(['audit', 't', ...words]);
    expect(err).toContain(expected);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('does not ask further when a key set cannot be had', async () => {
    const fetch: Around['fetch'] = async () =>
      new Response('x'.repeat(300_000), { headers: { 'content-type': 'application/json' } });
    const { code, err } = await workplace().run(['audit', '--jwks', 'https://auth.example.com/'], { fetch });
    expect(code).toBe(3);
    expect(err).toContain('larger than');
    expect(oneLine(err)).toBe(true);
  });
});
