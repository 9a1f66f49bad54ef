// The benchmark proper; run.ts bundles it and calls run().
import { createRequire } from 'node:module';
import { estimateEntropy, loadDictionaries } from '../../../src/entropy/index.js';
import { GROUPS, humanSample } from './human.js';
import { type Estimated, GOALS, measure, percent, verdict } from './metrics.js';
import { type Random, seeded } from './random.js';
import { ENCODINGS, type Sample, SIZES, uniformSample } from './uniform.js';

const require = createRequire(import.meta.url);

export interface Options {
  /** Samples of each group, and of each encoding and size. */
  readonly each: number;
  /** Samples for the slow estimators beside it; 0 leaves them out. */
  readonly others: number;
  readonly worst: boolean;
}

function draw(random: Random, each: number): Sample[] {
  const samples: Sample[] = [];
  for (const encoding of ENCODINGS) {
    for (const size of SIZES) for (let i = 0; i < each; i++) samples.push(uniformSample(random, encoding, size));
  }
  for (const group of GROUPS) for (let i = 0; i < each * 2; i++) samples.push(humanSample(random, group));
  return samples;
}

function asString(secret: string | Uint8Array): string {
  return typeof secret === 'string' ? secret : Buffer.from(secret).toString('latin1');
}

function estimated(samples: readonly Sample[], estimator: (secret: string | Uint8Array) => number): Estimated[] {
  return samples.map((sample) => ({ ...sample, estimate: estimator(sample.secret) }));
}

/** Estimates a second of CPU time, which does not depend on what else the machine does. */
function perSecond(
  secrets: readonly (string | Uint8Array)[],
  estimator: (secret: string | Uint8Array) => unknown,
): number {
  // Half a second first, for the compiler, whose threads count as CPU time too.
  for (const until = performance.now() + 500; performance.now() < until; )
    for (const secret of secrets) estimator(secret);
  const begun = process.cpuUsage();
  const microseconds = (): number => {
    const { user, system } = process.cpuUsage(begun);
    return user + system;
  };
  let count = 0;
  while (microseconds() < 400_000) for (let i = 0; i < 10; i++) estimator(secrets[count++ % secrets.length]!);
  return (count * 1e6) / microseconds();
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  rows.forEach((row, index) => {
    console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
    if (index === 0) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  });
}

export async function run(options: Options, seeds: readonly number[]): Promise<boolean> {
  const bits = (secret: string | Uint8Array): number => estimateEntropy(secret).bits;
  // Loading cannot be undone, so every seed is measured without the dictionaries first.
  const drawn = seeds.map((seed) => {
    const random = seeded(seed);
    const samples = draw(random, options.each);
    return { seed, random, samples, core: measure(estimated(samples, bits)) };
  });
  await loadDictionaries();
  let passed = true;
  for (const { seed, samples, core } of drawn) {
    console.log(`\nSeed ${seed}: ${samples.length} secrets.\n`);
    const results = estimated(samples, bits);
    passed = (await printGoals(samples, measure(results), core, options.others)) && passed;
    if (options.worst) printGroups(results);
  }
  const speeds = measureSpeed(drawn[0]!.random);
  console.log('');
  printTable([['speed, CPU time', 'must', 'aim', 'jwtight', ''], ...speeds.map(({ cells }) => cells)]);
  return passed && speeds.every((speed) => speed.passed);
}

async function printGoals(samples: Sample[], ours: number[], core: number[], others: number): Promise<boolean> {
  const columns: { name: string; figures: number[] }[] = [];
  if (others > 0) {
    const few = samples.filter((_, i) => i % Math.ceil(samples.length / others) === 0);
    const zxcvbn = require('zxcvbn') as (secret: string) => { guesses_log10: number };
    const { ZxcvbnFactory } = await import('@zxcvbn-ts/core');
    const common = await import('@zxcvbn-ts/language-common');
    const english = await import('@zxcvbn-ts/language-en');
    const newer = new ZxcvbnFactory({
      dictionary: { ...common.dictionary, ...english.dictionary },
      graphs: common.adjacencyGraphs,
      translations: english.translations,
    });
    const log2of10 = Math.log2(10);
    columns.push({
      name: 'zxcvbn',
      figures: measure(estimated(few, (s) => zxcvbn(asString(s).slice(0, 100)).guesses_log10 * log2of10)),
    });
    columns.push({
      name: 'zxcvbn-ts',
      figures: measure(estimated(few, (s) => newer.check(asString(s).slice(0, 100)).guessesLog10 * log2of10)),
    });
    columns.push({
      name: 'characters × length',
      figures: measure(estimated(samples, (s) => classesTimesLength(asString(s)))),
    });
  }
  const verdicts = GOALS.map((goal, i) => verdict(goal, ours[i]!));
  printTable([
    ['metric', 'must', 'aim', 'jwtight', '', 'without dictionaries', ...columns.map(({ name }) => name)],
    ...GOALS.map((goal, i) => [
      goal.name,
      goal.format(goal.must),
      goal.format(goal.aim),
      goal.format(ours[i]!),
      verdicts[i]!,
      goal.format(core[i]!),
      ...columns.map(({ figures }) => goal.format(figures[i]!)),
    ]),
  ]);
  return verdicts.every((word) => word !== 'FAIL');
}

function classesTimesLength(text: string): number {
  let size = 0;
  if (/[a-z]/.test(text)) size += 26;
  if (/[A-Z]/.test(text)) size += 26;
  if (/\d/.test(text)) size += 10;
  if (/[^a-zA-Z\d]/.test(text)) size += 33;
  return text.length * Math.log2(size);
}

function measureSpeed(random: Random): { cells: string[]; passed: boolean }[] {
  const texts = (size: number): string[] =>
    Array.from({ length: 50 }, () => uniformSample(random, 'base64', size).secret as string);
  const rows: { cells: string[]; passed: boolean }[] = [];
  const rate = (name: string, secrets: string[]): void => {
    const count = perSecond(secrets, estimateEntropy);
    const passed = count >= 5000;
    rows.push({
      cells: [name, '5000/s', '20000/s', `${Math.round(count)}/s`, count >= 20_000 ? 'aim' : passed ? 'pass' : 'FAIL'],
      passed,
    });
  };
  rate('44 random characters', texts(256));
  const phrases = Array.from({ length: 50 }, () =>
    `${humanSample(random, 'phrase').secret} ${humanSample(random, 'placeholder').secret} ${humanSample(random, 'prose').secret}`.slice(
      0,
      44,
    ),
  );
  rate('44 characters of words', phrases);
  const time = (name: string, secrets: string[]): void => {
    const milliseconds = 1000 / perSecond(secrets, estimateEntropy);
    const passed = milliseconds <= 20;
    rows.push({
      cells: [
        name,
        '20 ms',
        '5 ms',
        `${milliseconds.toFixed(2)} ms`,
        milliseconds <= 5 ? 'aim' : passed ? 'pass' : 'FAIL',
      ],
      passed,
    });
  };
  time('4 kB of random characters', [uniformSample(random, 'base64', 8 * 3072).secret as string]);
  time('4 kB of prose', [
    Array.from({ length: 80 }, () => humanSample(random, 'prose').secret)
      .join(' ')
      .slice(0, 4096),
  ]);
  time('1 MB of random characters', [
    (uniformSample(random, 'base64', 8 * 3072).secret as string).slice(0, 4095).repeat(256),
  ]);
  return rows;
}

function printGroups(results: readonly Estimated[]): void {
  const rows = [['group', 'true bits, mean', 'estimate, mean', 'weak read as ≥ 128', 'weak read as ≥ 80']];
  for (const group of ['uniform', ...GROUPS]) {
    const of = results.filter((result) => result.group === group);
    const mean = (value: (result: Estimated) => number): string =>
      (of.reduce((sum, result) => sum + value(result), 0) / of.length).toFixed(1);
    const [strong, fair] = measure(of);
    rows.push([group, mean(({ bits }) => bits), mean(({ estimate }) => estimate), percent(strong!), percent(fair!)]);
  }
  console.log('');
  printTable(rows);
  const missed = results.filter(
    ({ bits, estimate }) => (bits < 80 && estimate >= 128) || (bits < 60 && estimate >= 80),
  );
  for (const { group, secret, bits, estimate } of missed
    .sort((a, b) => b.estimate - b.bits - a.estimate + a.bits)
    .slice(0, 40)) {
    console.log(`${group}: ${bits.toFixed(0)} read as ${estimate.toFixed(0)}: ${asString(secret)}`);
  }
}
