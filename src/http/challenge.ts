import { type Duration, parseDuration } from '../encoding/duration.js';
import { isObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError, type JwtErrorCode } from '../errors.js';
import { MalformedRequest } from './headers.js';

/** What {@link challenge} adds. */
export interface ChallengeOptions {
  /** Names what is protected (RFC 9110 §11.5); `api` by default, as RFC 6750 §3 wants at least one parameter. */
  readonly realm?: string;
  /** The scopes that are needed, separated by spaces (RFC 6750 §3). */
  readonly scope?: string;
  /** When to try again while keys or revocations cannot be had; 5 seconds by default. */
  readonly retryAfter?: Duration;
}

/** A status and headers for `new Response(body, …)`. */
export interface Challenge {
  readonly status: 400 | 401 | 503;
  readonly headers: Readonly<Record<string, string>>;
}

const UNAVAILABLE: readonly JwtErrorCode[] = ['ERR_JWT_KEYS_UNAVAILABLE', 'ERR_JWT_REVOCATION_UNAVAILABLE'];

/**
 * The answer to a request whose token was not accepted (RFC 6750 §3.1).
 *
 * Without an error (there was no token): 401 and nothing else. A malformed header: 400 `invalid_request`. A token that
 * is not right: 401 `invalid_token`, and never why, so that nobody can feel his way. Keys or revocations that cannot
 * be had: 503 with `Retry-After`. Anything but a JwtError is a fault of the server and thrown on.
 *
 * @throws JwtConfigError for an option that is unknown or cannot stand in a header; the error, if it is no JwtError.
 * @example
 * ```ts
 * import { JwtError } from 'jwtight';
 * import { challenge } from 'jwtight/http';
 *
 * const { status, headers } = challenge(new JwtError('ERR_JWT_EXPIRED', 'exp has passed'));
 * console.log(status, headers['WWW-Authenticate']); // 401 Bearer realm="api", error="invalid_token"
 * ```
 */
export function challenge(error?: unknown, options: ChallengeOptions = {}): Challenge {
  checkOptions(options, ['realm', 'scope', 'retryAfter'], 'challenge');
  const retryAfter = Math.ceil(parseDuration(options.retryAfter ?? 5, 'retryAfter'));
  const parameters = [`realm="${quotable(options.realm ?? 'api', 'realm')}"`];
  if (options.scope !== undefined) parameters.push(`scope="${quotable(options.scope, 'scope')}"`);
  if (error === undefined) return answer(401, parameters);

  // By name, not by class: the package may be loaded twice, as a module and by require.
  if (!isObject(error) || error.name !== 'JwtError') throw error;
  if (UNAVAILABLE.includes(error.code as JwtErrorCode))
    return { status: 503, headers: { 'Retry-After': String(retryAfter) } };
  return error instanceof MalformedRequest
    ? answer(400, [...parameters, 'error="invalid_request"'])
    : answer(401, [...parameters, 'error="invalid_token"']);
}

function answer(status: 400 | 401, parameters: readonly string[]): Challenge {
  return { status, headers: { 'WWW-Authenticate': `Bearer ${parameters.join(', ')}` } };
}

/** A text that stands between quotes as it is: visible ASCII and spaces, without quote and backslash. */
function quotable(text: unknown, name: string): string {
  if (typeof text === 'string' && /^[!#-[\]-~]+( [!#-[\]-~]+)*$/.test(text)) return text;
  throw new JwtConfigError(`${name} must be words of visible ASCII characters, without quotes and backslashes`);
}
