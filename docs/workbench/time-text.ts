// NumericDates in words.

const UNITS = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** A length of time in words, to two units: `14 min 32 s`. */
export function lengthText(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds));
  const [first, ...rest] = UNITS.filter(([, size]) => whole >= size);
  if (!first) return `${whole} s`;
  const [name, size] = first;
  const count = Math.floor(whole / size);
  const left = whole % size;
  const [smaller, smallerSize] = rest[0] ?? ['s', 1];
  const more = Math.floor(left / smallerSize);
  const head = name === 'day' ? `${count} ${count === 1 ? 'day' : 'days'}` : `${count} ${name}`;
  return more > 0 ? `${head} ${more} ${smaller}` : head;
}

/** When, as seen from now: `in 14 min 32 s`, `3 days ago`. */
export function relativeText(time: number, now: number): string {
  const difference = Math.trunc(time - now);
  if (difference === 0) return 'now';
  return difference > 0 ? `in ${lengthText(difference)}` : `${lengthText(difference)} ago`;
}

const LATEST = 8.64e12;

/** A NumericDate as date and time, UTC; `undefined` where it is none (RFC 7519 §2). */
export function dateText(time: unknown): string | undefined {
  if (typeof time !== 'number' || !(time >= 0 && time <= LATEST)) return undefined;
  const iso = new Date(Math.trunc(time) * 1000).toISOString();
  return `${iso.slice(0, -14)} ${iso.slice(-13, -5)} UTC`;
}

/** The registered times and what they mean to people (RFC 7519 §4.1.4 to §4.1.6; auth_time: OIDC Core §2). */
export const DATE_CLAIMS: Readonly<Record<string, readonly [past: string, future: string]>> = {
  iat: ['issued', 'will be issued'],
  nbf: ['good since', 'not good before'],
  exp: ['expired', 'expires'],
  auth_time: ['signed in', 'will have signed in'],
};

/** A claim that is a time, in words; `undefined` where the claim is none. */
export function claimTimeText(name: string, value: unknown, now: number): string | undefined {
  const words = Object.hasOwn(DATE_CLAIMS, name) ? DATE_CLAIMS[name] : undefined;
  if (!words) return undefined;
  const date = dateText(value);
  if (date === undefined) return milliseconds(value) ?? 'not a NumericDate: seconds since 1970 as a number';
  const time = value as number;
  if (time > 1e11) return `${date}: are these milliseconds? NumericDates count seconds`;
  return `${words[time > now ? 1 : 0]} ${relativeText(time, now)} (${date})`;
}

function milliseconds(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+$/.test(value)
    ? 'a text: a NumericDate is a number, without quotes'
    : undefined;
}
