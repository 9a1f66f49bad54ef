/** The registered claims (RFC 7519 §4.1). Times are NumericDates: seconds since 1970. */
export interface RegisteredClaims {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  readonly exp?: number;
  readonly nbf?: number;
  readonly iat?: number;
  readonly jti?: string;
}

/** Claims as read from a token: the registered ones have their type, any other is `unknown`. */
export interface JwtClaims extends RegisteredClaims {
  readonly [claim: string]: unknown;
}

/** Claims that the profiles name, with the types their specifications give them. */
export interface ProfileClaims extends RegisteredClaims {
  /** RFC 8693 §4.3 */
  readonly client_id?: string;
  /** RFC 9449 §4.2: the method and URI of the HTTP request. */
  readonly htm?: string;
  readonly htu?: string;
  /** OpenID Connect Back-Channel Logout §2.4 */
  readonly events?: Readonly<Record<string, unknown>>;
}
