import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sarif from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { repositoryUri } from '../../src/cli/sarif-log.js';
import { workplace } from './run.js';

// The official schema is of draft 4, which differs from draft 7 in the name of its id as far as it matters here.
const { id: $id, $schema: _draft4, ...schema } = sarif;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile({ $id, ...schema });

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

async function logOf(place: ReturnType<typeof workplace>, words: readonly string[], stdin = '') {
  const { code, out, err } = await place.run(['audit', '--format', 'sarif', ...words], { stdin });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const log = JSON.parse(out);
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  expect(log.runs).toHaveLength(1);
  const { tool, results } = log.runs[0] as {
    tool: { driver: { rules: { id: string; properties: { 'security-severity'?: string } }[] } };
    results: Result[];
  };
  return { rules: tool.driver.rules, results };
}

describe('a SARIF log', () => {
  it('is one run, whatever was audited, with each rule once', async () => {
    const place = workplace();
    place.write('.env', 'A=1\nJWT_SECRET=changeme\nNEXT_PUBLIC_JWT_SECRET="other\nsecret"\n');
    place.write('token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.');
    const { rules, results } = await logOf(place, ['.env', 'token']);
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(new Set(ids));
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
    const places = results.map(({ locations }) => JSON.stringify(locations[0]!.physicalLocation));
    expect([...new Set(places)].map((text) => JSON.parse(text))).toEqual([
      { artifactLocation: { uri: '.env' }, region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 20 } },
      { artifactLocation: { uri: '.env' }, region: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 8 } },
      { artifactLocation: { uri: 'token' }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } },
    ]);
  });

  it('tells two variables of a file apart', async () => {
    const place = workplace();
    place.write('.env', 'JWT_SECRET=changeme\nJWT_SECRET_OLD=changeme\n');
    const { results } = await logOf(place, ['.env']);
    const hashes = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.some((hash) => hash.endsWith(':2'))).toBe(true);
  });

  it('describes a rule as bad as it was found at its worst', async () => {
    const place = workplace();
    const subject = (production: boolean) =>
      JSON.stringify({ secret: 'x', environment: { secretSource: 'config', production } });
    const severityOf = async (...files: string[]) => {
      const { rules } = await logOf(place, files);
      return rules.find(({ id }) => id === 'secret/hardcoded')!.properties['security-severity'];
    };
    place.write('mild.json', subject(false));
    place.write('worst.json', subject(true));
    expect(await severityOf('--subject', 'mild.json')).toBe('8.0');
    expect(await severityOf('--subject', 'worst.json')).toBe('9.5');
    place.write('.env', 'JWT_SECRET=x\n');
    const words = ['--secret-source', 'config'];
    expect(await severityOf('--subject', 'worst.json', '.env', ...words)).toBe('9.5');
    expect(await severityOf('--subject', 'mild.json', '.env', ...words)).toBe('8.0');
  });

  it('names a file where there is none', async () => {
    const { results } = await logOf(workplace(), ['-'], 'eyJhbGciOiJub25lIn0.e30.');
    expect(results[0]!.locations[0]!.physicalLocation.artifactLocation.uri).toBe('jwt-audit.json');
  });
});

describe('the path of a file', () => {
  it('is relative to the root of its repository, wherever the command runs', () => {
    const { folder } = workplace();
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, 'packages', 'api'), { recursive: true });
    const api = join(folder, 'packages', 'api');
    expect(repositoryUri('.env', api)).toBe('packages/api/.env');
    expect(repositoryUri('../../.env', api)).toBe('.env');
    expect(repositoryUri(join(api, 'a b%.env'), folder)).toBe('packages/api/a%20b%25.env');
    expect(repositoryUri(join(api, '.env'), '/')).toBe('packages/api/.env');
  });

  it('is relative to the working folder where there is no repository, and a name alone outside of it', () => {
    const { folder } = workplace();
    expect(repositoryUri('config/.env', folder)).toBe('config/.env');
    expect(repositoryUri('../.env', folder)).toBe('.env');
    expect(repositoryUri('..env', folder)).toBe('..env');
  });
});
