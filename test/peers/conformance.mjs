// Puts every peer through the attacks and writes docs/conformance.md.
// Usage: npm run bench:peers -- --date 2026-01-31

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createTestIssuer, testVerifier } from 'jwtight/testing';
import { PEERS } from './peers.mjs';
import { REASONS } from './reasons.mjs';

const CLASSES = ['forgery', 'policy', 'robustness', 'strictness'];
const ALGORITHMS = ['HS256', 'RS256', 'ES256'];
const { values } = parseArgs({ options: { date: { type: 'string' } } });
if (!/^\d{4}-\d\d-\d\d$/.test(values.date ?? '')) throw new Error('say when: npm run bench:peers -- --date 2026-01-31');

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
const code = (text) => `\`${text}\``;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

async function runPeers() {
  const runs = [];
  for (const peer of PEERS) {
    for (const algorithm of peer.algorithms) {
      // A new issuer for each: libraries without a clock of their own look at the real one.
      const issuer = createTestIssuer({ algorithm });
      const report = await testVerifier(await peer.make(issuer), issuer, { name: peer.name, maxMilliseconds: 3000 });
      console.log(report.summary);
      runs.push({ peer, algorithm, report });
    }
  }
  return runs;
}

function overview(runs, algorithm) {
  const rows = runs
    .filter((run) => run.algorithm === algorithm)
    .map(({ peer, report: { classes } }) => [
      peer.name,
      ...CLASSES.map((each) => {
        const total = Object.values(classes[each]).reduce((sum, count) => sum + count, 0);
        return `${classes[each].accepted} of ${total}`;
      }),
      CLASSES.reduce((sum, each) => sum + classes[each]['foreign-error'], 0),
      CLASSES.reduce((sum, each) => sum + classes[each]['too-slow'], 0),
    ]);
  return `### ${algorithm}\n\n${table(['accepted', ...CLASSES, 'foreign errors', 'too slow'], rows)}`;
}

/** The results of a peer over all its algorithms, by attack. */
function byAttack(runs, wanted) {
  const found = new Map();
  for (const { algorithm, report } of runs) {
    for (const result of report.results.filter(wanted)) {
      const entry = found.get(result.id) ?? { ...result, algorithms: [] };
      entry.algorithms.push(algorithm);
      found.set(result.id, entry);
    }
  }
  return [...found.values()];
}

function details(peer, runs) {
  const failures = byAttack(runs, ({ outcome, class: kind }) => outcome === 'accepted' && kind !== 'strictness');
  const slow = byAttack(runs, ({ outcome }) => outcome === 'too-slow');
  const foreign = byAttack(runs, ({ outcome }) => outcome === 'foreign-error');
  const strict = byAttack(runs, ({ outcome, class: kind }) => outcome === 'accepted' && kind === 'strictness');
  const names = (results) => results.map(({ id }) => code(id)).join(', ');
  const reasonOf = ({ id }) => REASONS[peer.name]?.find(([pattern]) => pattern.test(id))?.[1] ?? unexplained(peer, id);
  const where = ({ algorithms }) => (algorithms.length === peer.algorithms.length ? '' : ` (${algorithms.join(', ')})`);
  const explained = Object.entries(Object.groupBy(failures, (failure) => `${failure.class}\n${reasonOf(failure)}`)).map(
    ([group, members]) => {
      const [kind, reason] = group.split('\n');
      const list = members.map((failure) => `${code(failure.id)}${where(failure)}`).join(', ');
      // The advisories in the catalogue are those of other libraries.
      const references = new Set(members.map(({ reference }) => reference.split('; ')[0]));
      return `- **${kind}** (${members[0].severity}): ${list}. ${reason} ${[...references].join('; ')}.`;
    },
  );
  return [
    `### ${peer.name} ${versionOf(peer.name)}`,
    `Called as ${code(peer.call)}${peer.compares ? '; the application compares `iss` and `aud` itself' : ''}.`,
    explained.length === 0
      ? 'Accepts nothing that an RFC forbids.'
      : `Accepted although an RFC forbids it:\n\n${explained.join('\n')}`,
    ...(slow.length ? [`Too slow: ${names(slow)}.`] : []),
    ...(foreign.length ? [`Refused with an error of the language or the platform: ${names(foreign)}.`] : []),
    ...(strict.length ? [`Accepted where the RFCs leave it open: ${names(strict)}.`] : []),
  ].join('\n\n');
}

const missing = [];
function unexplained(peer, id) {
  missing.push(`${peer.name}: ${id}`);
  return '';
}

const runs = await runPeers();
const forged = runs.reduce((sum, { report }) => sum + report.classes.forgery.accepted, 0);
const markdown = `# How JWT libraries answer attacks

The attacks of \`jwtight/testing\`, shown to the newest version of each library on ${values.date} with Node ${process.versions.node}. Written by \`npm run bench:peers -- --date ${values.date}\`; run it again to repeat it.

What is measured, and what is not:

- **forgery**: nobody with the issuer's key signed these claims. **policy**: the issuer did, but an RFC says that this verifier must refuse the token. **robustness**: not a token by the RFCs, or made to exhaust; accepting it lets nobody in who would not get in otherwise. **strictness**: the RFCs leave it open; accepting it is no failure, and refusing it is jwtight's choice.
- Each library is called as its documentation leads to, made as safe as its options allow: key, algorithm, issuer and audience are always given. Where a library has no option for issuer or audience, the application compares them (\`===\` and \`includes\`), so that the library is not blamed for what it leaves to others.
- A **foreign error** is one that the language or the platform threw (TypeError, SyntaxError …): the token is refused all the same, but nobody thought of the case. **Too slow** is no answer within three seconds.
- jwtight is in the table because the attacks are its own: it was built against them, so its row says little. The catalogue leaves out attacks on encrypted tokens, and whatever a library does beyond verifying.

## Overview

${forged === 0 ? 'No library accepted a forgery. ' : ''}How many attacks each library accepted. A library that is missing from a table does not have the algorithm.

${ALGORITHMS.map((algorithm) => overview(runs, algorithm)).join('\n\n')}

## Library by library

${PEERS.filter(({ name }) => name !== 'jwtight')
  .map((peer) =>
    details(
      peer,
      runs.filter((run) => run.peer === peer),
    ),
  )
  .join('\n\n')}
`;
if (missing.length > 0) throw new Error(`give the reason in reasons.mjs for:\n${missing.join('\n')}`);
writeFileSync(new URL('../../docs/conformance.md', import.meta.url), markdown);
