import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { JwtConfigError, JwtError } from '../src/errors.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('JwtError', () => {
  it('is an Error with a name, a code and a message', () => {
    const error = new JwtError('ERR_JWT_MALFORMED', 'not a token');
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(TypeError);
    expect({ ...error }).toEqual({ name: 'JwtError', code: 'ERR_JWT_MALFORMED' });
    expect(String(error)).toBe('JwtError: not a token');
  });

  it('has a claim and a cause only where they are given', () => {
    const bare = new JwtError('ERR_JWT_SIGNATURE', 'wrong');
    expect([Object.hasOwn(bare, 'claim'), Object.hasOwn(bare, 'cause')]).toEqual([false, false]);

    const cause = new Error('offline');
    const error = new JwtError('ERR_JWT_EXPIRED', 'exp has passed', { claim: 'exp', cause });
    expect(error.claim).toBe('exp');
    expect(error.cause).toBe(cause);
  });

  it('keeps a cause that is undefined, such as a rejection without a reason', () => {
    const error = new JwtError('ERR_JWT_KEYS_UNAVAILABLE', 'failed', { cause: undefined });
    expect(Object.hasOwn(error, 'cause')).toBe(true);
  });
});

describe('JwtConfigError', () => {
  it('is a TypeError with a name, the one code and a message', () => {
    const error = new JwtConfigError('no key');
    expect(error).toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(JwtError);
    expect({ ...error }).toEqual({ name: 'JwtConfigError', code: 'ERR_JWT_CONFIG' });
    expect(String(error)).toBe('JwtConfigError: no key');
  });
});

describe('docs/errors.md', () => {
  const page = read('../docs/errors.md');
  const codes = codesIn(read('../src/errors.ts')).sort();
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  const rows = [...page.matchAll(/^\| \[`(\w+)`\]\(#(\w+)\) \| (.+) \|$/gm)];

  it('finds the codes of the source', () => {
    expect(codes.length).toBeGreaterThanOrEqual(19);
    expect(codes).toEqual(expect.arrayContaining(['ERR_JWT_MALFORMED', 'ERR_JWT_CONFIG']));
  });

  it('explains every code, and no other', () => {
    expect([...sections.keys()].sort()).toEqual(codes);
  });

  it('lists every code, and no other, with a link to its section', () => {
    expect(rows.map(([, code]) => code).sort()).toEqual(codes);
    expect(rows.filter(([, code, anchor]) => code!.toLowerCase() !== anchor)).toEqual([]);
  });

  it.each(codes)('says of %s what it means, whence it comes, what to do and what to answer', (code) => {
    const labels = [...sections.get(code)!.matchAll(/^- \*\*(.+?)\*\*: \S/gm)].map(([, label]) => label);
    expect(labels).toEqual(['Means', 'Usual cause', 'What to do', 'Answer']);
  });

  it('gives the same answer in the list and in the section', () => {
    const answers = rows.map(([, code, , answer]) => ({ code, answer }));
    const explained = answers.map(({ code }) => ({
      code,
      answer: /^- \*\*Answer\*\*: (.+)$/m.exec(sections.get(code!)!)?.[1],
    }));
    expect(explained).toEqual(answers);
    expect(answers.filter(({ answer }) => !/^(401 `invalid_token`|503|500)$/.test(answer!))).toEqual([]);
  });
});

/** Every text in the source that is a code: the members of JwtErrorCode and the code of JwtConfigError. */
function codesIn(source: string): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && node.text.startsWith('ERR_')) codes.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('errors.ts', source, ts.ScriptTarget.Latest));
  return codes;
}
