// The figures as Markdown, the goals beside them.

export const MARK = '<!-- By hand from here on: the run keeps it. -->';

/** Least ratios by algorithm and operation: ops ÷ raw with 1 and 64 in flight, jose's CPU ÷ ours with 1 and 64. */
export const GOALS = {
  HS256: { verify: [0.85, 0.6, 1.35, 1.6], sign: [0.85, 0.65, 1.5, 1.7] },
  RS256: { verify: [0.86, 0.82, 1.15, 1.3], sign: [0.95, 0.96, 1.03, 1.02] },
  PS256: { verify: [0.86, 0.82, 1.1, 1.25], sign: [] },
  ES256: { verify: [0.92, 0.95, 1.1, 1.15], sign: [0.9, 0.93, 1.25, 1.25] },
  Ed25519: { verify: [0.96, 0.97, 1.05, 1.04], sign: [0.93, 0.97, 1.25, 1.35] },
};

const LIBRARIES = ['raw', 'jwtight', 'jose', 'fast-jwt', 'jsonwebtoken', 'hono', '@tsndr'];
const SIZE_GOALS = [5000, 6000, 7000];

const line = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [line(head), `|---|${'--:|'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n');
const number = (value, digits = 1) => (value === undefined ? '–' : value.toFixed(digits));

/** A figure beside its goal, which is noted in the list; `least` says which side of it is good. */
function judging(goals) {
  return (name, value, goal, { least = true, digits = 2 } = {}) => {
    if (goal === undefined) return number(value, digits);
    // As many digits count as are shown.
    const shown = Number(value.toFixed(digits));
    const met = least ? shown >= goal : shown <= goal;
    goals.push({ name, met });
    return `${met ? '' : '**'}${number(value, digits)}${met ? ' ✓' : '** ✗'} (${least ? '≥' : '≤'} ${goal})`;
  };
}

/** The tables that the rates alone make, for a run of some algorithms. */
export function goalsReport(rates) {
  const judged = judging([]);
  return [ratioTable(rates, judged), threadTable(rates, judged)].join('\n\n');
}

/** Operations ÷ raw and CPU of jose ÷ ours. */
function ratioTable(rates, judged) {
  const find = (alg, operation, inFlight) =>
    rates.find((each) => each.alg === alg && each.operation === operation && each.inFlight === inFlight);

  const ratios = rates
    .filter(({ inFlight }) => inFlight === 1)
    .map(({ alg, operation }) => {
      const goal = GOALS[alg][operation];
      const [serial, many] = [find(alg, operation, 1), find(alg, operation, 64)];
      const what = `${alg} ${operation}`;
      return [
        what,
        judged(`${what} ÷ raw`, serial.ratio('time', 'raw', 'jwtight'), goal[0]),
        judged(`${what} ÷ raw, 64`, many.ratio('time', 'raw', 'jwtight'), goal[1]),
        judged(`${what} ÷ jose`, serial.ratio('cpu', 'jose', 'jwtight'), goal[2]),
        judged(`${what} ÷ jose, 64`, many.ratio('cpu', 'jose', 'jwtight'), goal[3]),
      ];
    });
  return table(['', '÷ raw, serial', '÷ raw, 64 in flight', '÷ jose, serial', '÷ jose, 64 in flight'], ratios);
}

/** The thread's CPU of each library, 64 in flight. */
function threadTable(rates, judged) {
  const verifying = rates.filter(({ operation, inFlight }) => operation === 'verify' && inFlight === 64);
  const threads = verifying.map(({ alg, figures, ratio }) => [
    alg,
    ...LIBRARIES.map((name) => number(figures[name]?.thread)),
    judged(`${alg}: main thread ÷ jose`, ratio('thread', 'jwtight', 'jose'), 0.6, { least: false }),
    judged(`${alg}: fast-jwt ÷ main thread`, ratio('thread', 'fast-jwt', 'jwtight'), alg === 'HS256' ? undefined : 4),
  ]);
  return table(['', ...LIBRARIES, 'ours ÷ jose', 'fast-jwt ÷ ours'], threads);
}

export function report({ rates, cache, growth, heap, imports, sizes, seconds, machine, versions }) {
  const goals = [];
  const judged = judging(goals);
  const figures = (inFlight, pick) =>
    rates
      .filter((each) => each.inFlight === inFlight)
      .map(({ alg, operation, figures }) => [
        `${alg} ${operation}`,
        ...LIBRARIES.map((name) => (figures[name] ? pick(figures[name]) : '–')),
      ]);
  const perSecond = ({ time }) => Math.round(1e6 / time).toLocaleString('en');
  const kilobytes = (bytes) => number(bytes / 1000, 2);
  const [first, ...rest] = Object.keys(sizes);
  const perLetter = growth.sizes.map(({ length, cpu }) => `${length}: ${number(cpu)}`).join(', ');

  const body = [
    '## Ratios',
    'Operations ÷ those of `crypto.subtle` alone, with an imported key and ready bytes; and CPU of jose ÷ ours, of the whole process, user and system.',
    ratioTable(rates, judged),
    '## Main thread',
    'Microseconds of CPU of the thread that runs JavaScript (`process.threadCpuUsage`) a verification, 64 in flight: what a server cannot use for other requests meanwhile. Two goals: ours ÷ jose, and fast-jwt ÷ ours.',
    threadTable(rates, judged),
    '## A token seen before',
    `Microseconds of the thread, ES256, less what making the string takes, which is new each time: with \`cache\` ${number(cache.jwtight, 2)}, fast-jwt with its \`cache\` ${number(cache['fast-jwt'], 2)}, jwtight without ${number(cache.without)}. fast-jwt ÷ ours: ${judged('cached hit', cache['fast-jwt'] / cache.jwtight, 3)}; a hit is ${number(cache.without / cache.jwtight, 0)} times as fast as a verification.`,
    '## Size',
    'kB minified and gzipped, bundled by esbuild from the built packages.',
    table(
      ['', 'jwtight', 'jose', 'fast-jwt', 'jsonwebtoken', 'hono', '@tsndr'],
      [first, ...rest].map((what, i) => [
        what,
        judged(`size: ${what}`, sizes[what].jwtight / 1000, SIZE_GOALS[i] / 1000, { least: false }),
        ...['jose', 'fast-jwt', 'jsonwebtoken', 'hono', '@tsndr'].map((name) =>
          sizes[what][name] === undefined ? '–' : kilobytes(sizes[what][name]),
        ),
      ]),
    ),
    '## Import',
    `Milliseconds of CPU above an empty process: jwtight ${judged('import', imports.jwtight, 10, { least: false, digits: 1 })}, ${Object.entries(
      imports,
    )
      .filter(([name]) => name !== 'jwtight')
      .map(([name, time]) => `${name} ${number(time)}`)
      .join(', ')}.`,
    '## Growth',
    [
      `- 1,000 keys ÷ one: ${judged('1,000 keys', growth.keys, 1.05, { least: false })}; 1,000 issuers ÷ one: ${judged('1,000 issuers', growth.issuers, 1.05, { least: false })} (CPU of the thread, HS256, serial).`,
      `- HS256 by length of the token in characters, µs of CPU: ${perLetter}.`,
      `- Heap after ${heap.tokens.toLocaleString('en')} distinct tokens: ${judged('heap, kB', heap.without / 1000, 1000, { least: false, digits: 0 })} kB more than before; with a cache of ${heap.entries.toLocaleString('en')} entries ${judged('bytes a cached entry', heap.cached / heap.entries, 1000, { least: false, digits: 0 })} bytes an entry.`,
    ].join('\n'),
    '## Operations a second, 64 in flight',
    table(['', ...LIBRARIES], figures(64, perSecond)),
    '## Latency, serial',
    'Median in microseconds. fast-jwt and jsonwebtoken are synchronous: they block the thread for as long.',
    table(
      ['', ...LIBRARIES],
      figures(1, ({ p50 }) => number(p50)),
    ),
  ];
  const missed = goals.filter(({ met }) => !met);
  return [
    '# Benchmarks',
    `Written by \`npm run bench\` in ${Math.round(seconds)} seconds on ${machine}; ${versions.join(', ')}. Candidates take turns of 40 ms, in another order each round; figures are medians over 12 turns, ratios medians of the ratios of turns side by side. Keys are imported once, RSA has 2048 bits, a token about 400 characters. Ed25519 goes by its older name EdDSA, which every library knows. – is what a library does not have.`,
    `Goals met: ${goals.length - missed.length} of ${goals.length}.${missed.length > 0 ? ` Missed: ${missed.map(({ name }) => name).join('; ')}.` : ''}`,
    ...body,
    '',
  ].join('\n\n');
}
