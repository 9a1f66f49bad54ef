// Tokens as well-known issuers write them: nothing of medium or worse that cannot be justified.

import { type AuditOptions, type AuditSubject, audit } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { NOW_SECONDS as IAT, NOW, rawToken } from './support.js';

const ID = '4b1c6a34-2f64-4f0e-9a55-0d3c3f6f4a11';
const RS256 = { alg: 'RS256', typ: 'JWT', kid: 'NzM5QjA5MUY1' };
/** Signatures of the right lengths; nothing here verifies them. */
const BYTES: Readonly<Record<string, number>> = { RS256: 256, ES256: 64, HS256: 32, HS512: 64 };

function token(header: { alg: string; [name: string]: unknown }, claims: object): string {
  return rawToken(header, claims, new Uint8Array(BYTES[header.alg]!).fill(1));
}

async function worrying(subject: AuditSubject, options: AuditOptions = {}): Promise<string[]> {
  const { findings } = await audit(subject, { now: NOW, ...options });
  return findings
    .filter(({ severity }) => ['critical', 'high', 'medium'].includes(severity))
    .map(({ severity, ruleId }) => `${severity} ${ruleId}`);
}

/** Issuer and kind, header, claims, and what is to be said of it. */
const TOKENS: readonly (readonly [string, { alg: string; [name: string]: unknown }, object, readonly string[]])[] = [
  [
    'Auth0, access: a life of a day',
    RS256,
    {
      iss: 'https://acme.eu.auth0.com/',
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      aud: ['https://api.acme.com', 'https://acme.eu.auth0.com/userinfo'],
      iat: IAT,
      exp: IAT + 86_400,
      azp: 'my_client',
      scope: 'openid profile email',
      permissions: ['read:orders'],
    },
    ['medium lifetime/access-long'],
  ],
  [
    'Auth0, ID',
    RS256,
    {
      nickname: 'jane',
      name: 'Jane Doe',
      picture: 'https://s.gravatar.com/avatar/0a1b.png',
      updated_at: '2026-11-21T00:00:00Z',
      email: 'jane@example.com',
      email_verified: true,
      iss: 'https://acme.eu.auth0.com/',
      aud: 'my_client',
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      iat: IAT,
      exp: IAT + 36_000,
      sid: ID,
      nonce: 'n-0S6_WzA2Mj',
    },
    [],
  ],
  [
    'Okta, access: no typ',
    { kid: 'Y6rT', alg: 'RS256' },
    {
      ver: 1,
      jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
      iss: 'https://dev.okta.com/oauth2/default',
      aud: 'api://default',
      iat: IAT,
      exp: IAT + 3600,
      cid: '0oab8om4bars6Y80Z0h7',
      uid: '00u1',
      scp: ['openid', 'profile'],
      auth_time: IAT,
      sub: '00u1abcd',
    },
    ['medium header/typ-missing'],
  ],
  [
    'Okta, ID',
    { kid: 'Y6rT', alg: 'RS256' },
    {
      sub: '00u1',
      name: 'Jane Doe',
      email: 'jane@example.com',
      ver: 1,
      iss: 'https://dev.okta.com/oauth2/default',
      aud: 'uAaunofWkaDJxukCFeBx',
      iat: IAT,
      exp: IAT + 3600,
      amr: ['pwd'],
      jti: 'ID.4eAWJOCMB3SX8XewDfVR4b5b',
      auth_time: IAT,
      at_hash: 'cpqKfdQA5eH891Ff5oJr_Q',
      preferred_username: 'jane@example.com',
    },
    [],
  ],
  [
    'Entra, access of version 1: names and addresses of people in it',
    { typ: 'JWT', alg: 'RS256', x5t: 'i6lGk3FZzxRcUb2C3nEQ7syHJlY', kid: 'i6lGk3FZzxRcUb2C3nEQ7syHJlY' },
    {
      aud: 'ef1da9d4-ff77-4c3e-a005-840c3f830745',
      iss: 'https://sts.windows.net/fa15d692-e9c7-4460-a743-29f29522229/',
      iat: IAT - 300,
      nbf: IAT - 300,
      exp: IAT + 3300,
      acr: '1',
      aio: 'AXQAi/8IAAAAFm',
      amr: ['pwd'],
      appid: '75dbe77f-10a3-4e59-85fd-8c127544f17c',
      appidacr: '0',
      name: 'Abe Lincoln',
      oid: '02223b6b-aa1d-42d4-9ec0-1b2bb9194438',
      scp: 'user_impersonation',
      sub: 'l3_roISQU222bULS9yi2k0XpqpOiMz5H3ZACo1GeXA',
      tid: 'fa15d692-e9c7-4460-a743-29f2956fd429',
      unique_name: 'abeli@microsoft.com',
      uti: 'FVsGxYXI30-TuikuuUoFAA',
      ver: '1.0',
    },
    ['medium privacy/pii-email', 'medium privacy/pii-name'],
  ],
  [
    'Cognito, access: neither typ nor aud',
    { kid: 'abcdefghijklmnopqrstuvwxyz=', alg: 'RS256' },
    {
      sub: ID,
      'cognito:groups': ['admin'],
      iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example',
      version: 2,
      client_id: '1example23456789',
      origin_jti: ID,
      event_id: ID,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: IAT,
      exp: IAT + 3600,
      iat: IAT,
      jti: ID,
      username: 'jane',
    },
    ['medium claims/aud-missing', 'medium header/typ-missing'],
  ],
  [
    'Cognito, ID',
    { kid: 'abcdefghijklmnopqrstuvwxyz=', alg: 'RS256' },
    {
      sub: ID,
      email_verified: true,
      iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example',
      'cognito:username': 'jane',
      aud: '1example23456789',
      event_id: ID,
      token_use: 'id',
      auth_time: IAT,
      exp: IAT + 3600,
      iat: IAT,
      jti: ID,
      email: 'jane@example.com',
    },
    [],
  ],
  [
    'Keycloak, access',
    RS256,
    {
      exp: IAT + 300,
      iat: IAT,
      auth_time: IAT,
      jti: `onrtac:${ID}`,
      iss: 'https://login.example.com/realms/acme',
      aud: 'account',
      sub: ID,
      typ: 'Bearer',
      azp: 'web',
      sid: ID,
      acr: '1',
      'allowed-origins': ['https://app.example.com'],
      realm_access: { roles: ['offline_access', 'uma_authorization'] },
      resource_access: { account: { roles: ['manage-account'] } },
      scope: 'openid profile email',
    },
    [],
  ],
  [
    'Keycloak, ID',
    RS256,
    {
      exp: IAT + 300,
      iat: IAT,
      auth_time: IAT,
      jti: ID,
      iss: 'https://login.example.com/realms/acme',
      aud: 'web',
      sub: ID,
      typ: 'ID',
      azp: 'web',
      nonce: ID,
      sid: ID,
      at_hash: 'cpqKfdQA5eH891Ff5oJr_Q',
      name: 'Jane Doe',
      given_name: 'Jane',
      family_name: 'Doe',
      email: 'jane@example.com',
    },
    [],
  ],
  [
    'Keycloak, refresh',
    { alg: 'HS512', typ: 'JWT', kid: ID },
    {
      exp: IAT + 1800,
      iat: IAT,
      jti: ID,
      iss: 'https://login.example.com/realms/acme',
      aud: 'https://login.example.com/realms/acme',
      sub: ID,
      typ: 'Refresh',
      azp: 'web',
      sid: ID,
      scope: 'openid',
    },
    [],
  ],
  [
    'Firebase, ID',
    RS256,
    {
      name: 'Jane Doe',
      iss: 'https://securetoken.google.com/my-project',
      aud: 'my-project',
      auth_time: IAT,
      user_id: 'uid1',
      sub: 'uid1',
      iat: IAT,
      exp: IAT + 3600,
      email: 'jane@example.com',
      email_verified: true,
      firebase: { identities: { email: ['jane@example.com'] }, sign_in_provider: 'password' },
    },
    [],
  ],
  [
    'Google, ID of an app for its server',
    RS256,
    {
      iss: 'https://accounts.google.com',
      azp: '1234987819200-app.apps.googleusercontent.com',
      aud: '1234987819200-server.apps.googleusercontent.com',
      sub: '10769150350006150715113082367',
      email: 'jane@example.com',
      email_verified: true,
      hd: 'example.com',
      iat: IAT,
      exp: IAT + 3600,
    },
    [],
  ],
  [
    'GitHub Actions',
    { typ: 'JWT', alg: 'RS256', x5t: 'eBZ_cn3sXYAd0ch4THBKHIgOwOE', kid: '78167F727DEC5D801DD1C8784C704A1C880EC0E1' },
    {
      jti: ID,
      sub: 'repo:octo-org/octo-repo:environment:prod',
      environment: 'prod',
      aud: 'https://github.com/octo-org',
      ref: 'refs/heads/main',
      sha: '3b18e512dba79e4c8300dd08aeb37f8e728b8dad',
      repository: 'octo-org/octo-repo',
      repository_owner: 'octo-org',
      actor_id: '12',
      repository_id: '74',
      run_id: '9876543210',
      run_number: '10',
      run_attempt: '2',
      actor: 'octocat',
      workflow: 'release',
      event_name: 'workflow_dispatch',
      job_workflow_ref: 'octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main',
      iss: 'https://token.actions.githubusercontent.com',
      nbf: IAT - 300,
      exp: IAT + 600,
      iat: IAT,
    },
    [],
  ],
  [
    'Apple, ID',
    { kid: 'fh6Bs8C', alg: 'RS256' },
    {
      iss: 'https://appleid.apple.com',
      aud: 'com.example.app',
      exp: IAT + 86_400,
      iat: IAT,
      sub: '001473.fe6f83bf4b8e4590aacbabdcb8598bd0.2039',
      nonce: 'n-0S6_WzA2Mj',
      c_hash: 'cpqKfdQA5eH891Ff5oJr_Q',
      email: 'abc@privaterelay.appleid.com',
      email_verified: 'true',
      is_private_email: 'true',
      auth_time: IAT,
      nonce_supported: true,
    },
    [],
  ],
  [
    'Apple, client secret: good for half a year',
    { alg: 'ES256', kid: 'ABC123DEFG' },
    { iss: 'DEF123GHIJ', iat: IAT, exp: IAT + 15_777_000, aud: 'https://appleid.apple.com', sub: 'com.example.app' },
    ['medium lifetime/access-long'],
  ],
  [
    'Kubernetes, service account',
    { alg: 'RS256', kid: 'mZcrzBeCmn' },
    {
      aud: ['https://kubernetes.default.svc.cluster.local'],
      exp: IAT + 3607,
      iat: IAT,
      iss: 'https://kubernetes.default.svc.cluster.local',
      jti: ID,
      'kubernetes.io': {
        namespace: 'default',
        pod: { name: 'web-0', uid: ID },
        serviceaccount: { name: 'default', uid: ID },
        warnafter: IAT + 3000,
      },
      nbf: IAT,
      sub: 'system:serviceaccount:default:default',
    },
    [],
  ],
  [
    'SPIFFE: no iss',
    { alg: 'ES256', kid: 'H2Ug9Tw', typ: 'JWT' },
    {
      aud: ['spiffe://example.org/ns/prod/sa/db'],
      exp: IAT + 300,
      iat: IAT,
      sub: 'spiffe://example.org/ns/prod/sa/api',
    },
    ['medium claims/iss-missing'],
  ],
  [
    'Supabase, access',
    { alg: 'HS256', kid: 'b1c2d3', typ: 'JWT' },
    {
      iss: 'https://abcdefghijklmnopqrst.supabase.co/auth/v1',
      sub: ID,
      aud: 'authenticated',
      exp: IAT + 3600,
      iat: IAT,
      phone: '',
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: {},
      role: 'authenticated',
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: IAT }],
      session_id: ID,
      is_anonymous: false,
    },
    [],
  ],
];

describe('an ordinary token', () => {
  it.each(TOKENS)('of %s', async (_what, header, claims, expected) => {
    expect(await worrying({ token: token(header, claims) })).toEqual(expected);
  });

  it('of Google passes with a verifier for the server', async () => {
    const [, header, claims] = TOKENS.find(([what]) => what.startsWith('Google'))!;
    const verifier = {
      algorithms: ['RS256'],
      issuer: 'https://accounts.google.com',
      audience: '1234987819200-server.apps.googleusercontent.com',
      requiredClaims: ['exp'],
      jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    };
    expect(await worrying({ token: token(header, claims), verifier })).toEqual([]);
  });

  it.each(TOKENS)('of %s is not ordinary any more when it is spoilt', async (_what, header, claims, expected) => {
    const spoilt: readonly (readonly [string, object, object])[] = [
      ['critical algorithm/none-case-variant', { ...header, alg: 'None' }, claims],
      ['high claims/numericdate-milliseconds', header, { ...claims, exp: (IAT + 300) * 1000 }],
      ['high header/kid-injection', { ...header, kid: '../../dev/null' }, claims],
      ['high claims/aud-wildcard', header, { ...claims, aud: '*' }],
      ['critical privacy/password-claim', header, { ...claims, password: 'hunter2' }],
    ];
    for (const [finding, otherHeader, otherClaims] of spoilt) {
      const found = await worrying({ token: rawToken(otherHeader, otherClaims, new Uint8Array(256).fill(1)) });
      expect(found).toContain(finding);
      expect(expected).not.toContain(finding);
    }
  });
});
