// The goals, and how an estimator does on them.
import type { Sample } from './uniform.js';

export interface Goal {
  readonly name: string;
  readonly must: number;
  readonly aim: number;
  readonly higherIsBetter?: boolean;
  readonly format: (value: number) => string;
}

export const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(value * 100).toFixed(2)} %`);
const decimal = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));

export const GOALS: readonly Goal[] = [
  { name: 'weak (< 80 bits) read as ≥ 128', must: 0.005, aim: 0.002, format: percent },
  { name: 'weak (< 60 bits) read as ≥ 80', must: 0.05, aim: 0.02, format: percent },
  { name: 'uniform ≥ 128 bits read below 0.9 ×', must: 0.001, aim: 0.0001, format: percent },
  { name: 'uniform read above 1.1 ×', must: 0.005, aim: 0.001, format: percent },
  { name: 'relative error on uniform, median', must: 0.005, aim: 0, format: percent },
  { name: 'relative error on uniform, 95th percentile', must: 0.03, aim: 0.02, format: percent },
  { name: 'Spearman, all', must: 0.98, aim: 0.987, higherIsBetter: true, format: decimal },
  { name: 'Spearman, non-uniform only', must: 0.8, aim: 0.85, higherIsBetter: true, format: decimal },
];

export interface Estimated extends Sample {
  readonly estimate: number;
}

function share(samples: readonly Estimated[], of: (s: Estimated) => boolean, wrong: (s: Estimated) => boolean): number {
  const all = samples.filter(of);
  return all.filter(wrong).length / all.length;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[i]!]) end++;
    for (let k = i; k <= end; k++) result[order[k]!] = (i + end) / 2;
    i = end + 1;
  }
  return result;
}

function spearman(samples: readonly Estimated[]): number {
  const a = ranks(samples.map((sample) => sample.bits));
  const b = ranks(samples.map((sample) => sample.estimate));
  const mean = (samples.length - 1) / 2;
  let [together, varianceA, varianceB] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    together += (a[i]! - mean) * (b[i]! - mean);
    varianceA += (a[i]! - mean) ** 2;
    varianceB += (b[i]! - mean) ** 2;
  }
  return together / Math.sqrt(varianceA * varianceB);
}

/** The figures for {@link GOALS}, in their order. */
export function measure(samples: readonly Estimated[]): number[] {
  const uniform = samples.filter(({ group }) => group === 'uniform');
  const other = samples.filter(({ group }) => group !== 'uniform');
  const errors = uniform.map(({ bits, estimate }) => Math.abs(estimate - bits) / bits).sort((a, b) => a - b);
  return [
    share(
      samples,
      ({ bits }) => bits < 80,
      ({ estimate }) => estimate >= 128,
    ),
    share(
      samples,
      ({ bits }) => bits < 60,
      ({ estimate }) => estimate >= 80,
    ),
    share(
      uniform,
      ({ bits }) => bits >= 128,
      ({ bits, estimate }) => estimate < 0.9 * bits,
    ),
    share(
      uniform,
      () => true,
      ({ bits, estimate }) => estimate > 1.1 * bits,
    ),
    errors[errors.length >> 1] ?? Number.NaN,
    errors[Math.floor(errors.length * 0.95)] ?? Number.NaN,
    spearman(samples),
    spearman(other),
  ];
}

export function verdict(goal: Goal, value: number): 'aim' | 'pass' | 'FAIL' {
  const reaches = (limit: number): boolean => (goal.higherIsBetter === true ? value >= limit : value <= limit);
  return reaches(goal.aim) ? 'aim' : reaches(goal.must) ? 'pass' : 'FAIL';
}
