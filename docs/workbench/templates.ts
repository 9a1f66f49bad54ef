// The kinds of token to begin with. Times are those of the moment they are chosen.

import { accessToken, clientAssertion, idToken, logoutToken, type Profile } from 'jwtight';

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly profile?: Profile;
  /** Header parameters beside alg and kid, which come from the key. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Seconds from now to exp. */
  readonly life: number;
  claims(now: number): Record<string, unknown>;
}

const ISSUER = 'https://auth.example.com';

const times = (now: number, life: number) => ({ iat: now, exp: now + life });

export const TEMPLATES: readonly Template[] = [
  {
    id: 'access',
    name: 'Access token (RFC 9068)',
    note: 'For an API. typ at+jwt keeps it from passing for any other kind of token.',
    profile: accessToken,
    header: { typ: 'at+jwt' },
    life: 900,
    claims: (now) => ({
      iss: ISSUER,
      sub: 'user-42',
      aud: 'billing-api',
      client_id: 'web-shop',
      scope: 'invoices:read',
      ...times(now, 900),
      jti: crypto.randomUUID(),
    }),
  },
  {
    id: 'id',
    name: 'ID token (OpenID Connect)',
    note: 'Tells a client who signed in. Not for APIs: its audience is the client.',
    profile: idToken,
    header: { typ: 'JWT' },
    life: 300,
    claims: (now) => ({
      iss: ISSUER,
      sub: 'user-42',
      aud: 'web-shop',
      nonce: crypto.randomUUID(),
      auth_time: now - 30,
      ...times(now, 300),
    }),
  },
  {
    id: 'client-assertion',
    name: 'Client assertion (RFC 7523)',
    note: 'A client signs it to authenticate at the token endpoint: issuer and subject are the client itself.',
    profile: clientAssertion,
    header: { typ: 'JWT' },
    life: 60,
    claims: (now) => ({
      iss: 'web-shop',
      sub: 'web-shop',
      aud: ISSUER,
      ...times(now, 60),
      jti: crypto.randomUUID(),
    }),
  },
  {
    id: 'logout',
    name: 'Logout token (OIDC back-channel)',
    note: 'The provider tells a client that a session is over. It has events, and never a nonce.',
    profile: logoutToken,
    header: { typ: 'logout+jwt' },
    life: 120,
    claims: (now) => ({
      iss: ISSUER,
      sub: 'user-42',
      aud: 'web-shop',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...times(now, 120),
      jti: crypto.randomUUID(),
    }),
  },
  {
    id: 'minimal',
    name: 'Minimal',
    note: 'The least that a verifier can bind to somebody: who issued it, about whom, for whom, and until when.',
    header: { typ: 'JWT' },
    life: 900,
    claims: (now) => ({ iss: ISSUER, sub: 'user-42', aud: 'billing-api', ...times(now, 900) }),
  },
];

/** The template of this id; the first where there is none. */
export function templateOf(id: string): Template {
  return TEMPLATES.find((template) => template.id === id) ?? TEMPLATES[0]!;
}

/** The profile of this name, as the policy calls it. */
export function profileOf(id: string): Profile | undefined {
  return TEMPLATES.find((template) => template.id === id)?.profile;
}
