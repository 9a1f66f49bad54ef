import { deepFreeze } from '../encoding/freeze.js';
import { copyJson } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';

/** A protected header as it was read (RFC 7515 §4). Everything in it came with the token. */
export interface JwsHeader {
  readonly alg: string;
  readonly kid?: string;
  readonly typ?: string;
  readonly cty?: string;
  readonly [parameter: string]: unknown;
}

/** Header parameters that the key or the library sets, or that no verifier of ours accepts. */
type ReservedParameter = 'alg' | 'kid' | 'crit' | 'b64' | 'zip';

const RESERVED: readonly string[] = ['alg', 'kid', 'crit', 'b64', 'zip'] satisfies ReservedParameter[];

/** Builds the optional header parameters. Immutable: every method returns a new builder. */
export interface HeaderBuilder {
  /** What has been set so far. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The media type of the whole token, `typ` (RFC 7515 §4.1.9), such as `at+jwt`. */
  type(typ: string): HeaderBuilder;
  /** The media type of the payload, `cty` (RFC 7515 §4.1.10). */
  contentType(cty: string): HeaderBuilder;
  /** Where the key set is published, `jku` (RFC 7515 §4.1.2): an https URL. jwtight itself never follows it. */
  jwkSetUrl(url: string): HeaderBuilder;
  /** Any other parameter. `alg` and `kid` come from the key; `crit`, `b64` and `zip` are not supported. */
  set<N extends string>(name: N extends ReservedParameter ? never : N, value: unknown): HeaderBuilder;
}

/**
 * Starts a header. `alg` and `kid` come from the key and cannot be set.
 *
 * @throws JwtConfigError from its methods, for a reserved name or a value of the wrong kind.
 * @example
 * ```ts
 * import { header } from 'jwtight';
 *
 * const logout = header().type('logout+jwt');
 * console.log(logout.parameters); // { typ: 'logout+jwt' }
 * ```
 */
export function header(): HeaderBuilder {
  return builder({});
}

function builder(parameters: Record<string, unknown>): HeaderBuilder {
  const set = (name: string, value: unknown) => {
    if (typeof name !== 'string') throw new JwtConfigError('the name of a header parameter must be a string');
    const added = Object.fromEntries([[name, value]]);
    checkParameters(added);
    return builder({ ...parameters, ...(copyJson(added, 'header') as object) });
  };
  return Object.freeze({
    parameters: deepFreeze(parameters),
    type: (typ: string) => set('typ', typ),
    contentType: (cty: string) => set('cty', cty),
    jwkSetUrl: (url: string) => set('jku', url),
    set,
  });
}

/**
 * Checks header parameters that are about to be signed.
 *
 * @throws JwtConfigError for a reserved name or a value of the wrong kind.
 */
export function checkParameters(parameters: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (name === '' || RESERVED.includes(name))
      throw new JwtConfigError(`a header parameter cannot be named '', nor ${RESERVED.join(', ')}`);
    if ((name === 'typ' || name === 'cty') && (typeof value !== 'string' || value === ''))
      throw new JwtConfigError(`${name} must be a non-empty string`);
    if (name === 'jku' && !isHttps(value)) throw new JwtConfigError('jku must be an https URL');
  }
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:';
}
