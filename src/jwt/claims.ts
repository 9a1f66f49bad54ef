/** The registered claims (RFC 7519 §4.1). Times are NumericDates: seconds since 1970. */
export interface RegisteredClaims {
  /** Issuer: who signed it (§4.1.1). */
  readonly iss?: string;
  /** Subject: whom it is about, by a name that is unique at its issuer (§4.1.2). */
  readonly sub?: string;
  /** Audience: whom it is for (§4.1.3). */
  readonly aud?: string | readonly string[];
  /** Expiry, in seconds: not good from then on (§4.1.4). */
  readonly exp?: number;
  /** Not good before this second (§4.1.5). */
  readonly nbf?: number;
  /** When it was issued, in seconds (§4.1.6). */
  readonly iat?: number;
  /** Its id, unique at its issuer (§4.1.7). */
  readonly jti?: string;
}

/** Claims as read from a token: the registered ones have their type, any other is `unknown`. */
export interface JwtClaims extends RegisteredClaims {
  readonly [claim: string]: unknown;
}

/** Claims that the profiles name, with the types their specifications give them. */
export interface ProfileClaims extends RegisteredClaims {
  /** The client that asked for the token (RFC 8693 §4.3). */
  readonly client_id?: string;
  /** The method of the HTTP request (RFC 9449 §4.2). */
  readonly htm?: string;
  /** The URI of the HTTP request, without query and fragment (RFC 9449 §4.2). */
  readonly htu?: string;
  /** What has happened, by URI (OpenID Connect Back-Channel Logout §2.4). */
  readonly events?: Readonly<Record<string, unknown>>;
}
