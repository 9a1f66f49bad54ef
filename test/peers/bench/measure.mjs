// Rates, CPU time and latency of tasks that take turns, so that a busy moment of the machine hits them all.

/** @typedef {() => unknown} Task One operation; what it returns is awaited. */

/** One turn of a task. CPU in microseconds an operation: of the whole process, and of the thread that runs JavaScript. */
async function turn(task, inFlight, milliseconds, latencies) {
  const process0 = process.cpuUsage();
  const thread0 = process.threadCpuUsage();
  const start = performance.now();
  const end = start + milliseconds;
  let count = 0;
  const worker = async () => {
    for (let now = start; now < end; ) {
      await task();
      const before = now;
      now = performance.now();
      count++;
      if (inFlight === 1) latencies?.push(now - before);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const time = ((performance.now() - start) * 1000) / count;
  const total = ({ user, system }) => (user + system) / count;
  return { time, cpu: total(process.cpuUsage(process0)), thread: total(process.threadCpuUsage(thread0)) };
}

/**
 * Measures tasks by name. The figures are medians over the rounds, in microseconds an operation; `p50` is the median
 * latency with one operation in flight.
 */
export async function compare(tasks, { inFlight = 1, rounds = 12, milliseconds = 40 } = {}) {
  const names = Object.keys(tasks);
  const turns = Object.fromEntries(names.map((name) => [name, []]));
  const latencies = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await turn(tasks[name], inFlight, milliseconds * 3);
  for (let round = 0; round < rounds; round++)
    // In a new order each time: whoever comes after a synchronous library finds the thread pool asleep, and on a busy
    // machine the scheduler less willing, by up to 1.8 times in time. It must not always be the same one.
    for (const name of shuffled(names))
      turns[name].push(await turn(tasks[name], inFlight, milliseconds, latencies[name]));
  const figures = Object.fromEntries(
    names.map((name) => [
      name,
      {
        time: median(turns[name].map(({ time }) => time)),
        cpu: median(turns[name].map(({ cpu }) => cpu)),
        thread: median(turns[name].map(({ thread }) => thread)),
        p50: latencies[name].length > 0 ? median(latencies[name]) * 1000 : undefined,
      },
    ]),
  );
  /** The median over the rounds of one task's figure divided by another's of the same round. */
  const ratio = (figure, above, below) =>
    median(turns[above].map((each, round) => each[figure] / turns[below][round][figure]));
  return { figures, ratio };
}

function shuffled(names) {
  return names
    .map((name) => ({ name, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
