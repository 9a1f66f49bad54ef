import type { AuditOptions, AuditSubject } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, base64url, findingsOf, fires, goodClaims, quiet, rawToken } from '../support.js';

const GOOD = accessTokenWith();
const KIND: AuditOptions = { kind: 'unknown' };

/** Fires at `/token/claims/<path>` and, for the same claims, in a draft. */
async function firesAt(id: string, claims: Record<string, unknown>, path: string, options: AuditOptions = KIND) {
  expect((await fires(id, { draft: { claims } }, options)).path).toBe(`/draft/claims/${path}`);
  const finding = await fires(id, { token: rawToken({ alg: 'ES256' }, claims) }, options);
  expect(finding.path).toBe(`/token/claims/${path}`);
  for (const value of Object.values(claims))
    if (typeof value === 'string') expect(JSON.stringify(finding)).not.toContain(value);
  return finding;
}

async function quietFor(id: string, claims: Record<string, unknown>, options: AuditOptions = KIND): Promise<void> {
  await quiet(id, { token: rawToken({ alg: 'ES256' }, claims) }, options);
}

describe('privacy/password-claim', () => {
  const id = 'privacy/password-claim';
  const bcrypt = '$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m';

  it.each(['password', 'pwd', 'passwd', 'passphrase', 'user_password', 'userPassword', 'hashedPassword', 'issuerPwd'])(
    '%s',
    async (name) => {
      const finding = await firesAt(id, { [name]: 'correct horse' }, name);
      expect(finding).toMatchObject({ severity: 'critical', confidence: 'confirmed' });
    },
  );

  it.each(['secret', 'client_secret', 'otp', 'passcode', 'secretKey'])('%s is likely', async (name) => {
    expect((await firesAt(id, { [name]: 'correct horse' }, name)).confidence).toBe('likely');
  });

  it.each([
    bcrypt,
    '$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub',
    '$argon2i$v=19$m=65536$c29tZXNhbHQ',
    '$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdeQ',
    '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q',
    '$6$rounds=5000$usesomesillystri$D4IrlXatmP7rx3P3',
    '$1$abcdefgh$0123456789abcdef',
    'pbkdf2_sha256$600000$abcdefghijkl$0123456789abcdef',
    '{SSHA}0123456789abcdefghij',
    '{SHA256}0123456789abcdefghij',
  ])('the hash %s under any name', async (hash) => {
    expect((await firesAt(id, { data: { h: [hash] } }, 'data/h/0')).confidence).toBe('confirmed');
  });

  it.each([
    { password: '' },
    { password: '   ' },
    { password: true },
    { password: 5 },
    { password: '********' },
    { has_password: 'oh yes' },
    { must_change_password: 'at once' },
    { is_password: 'old' },
    { no_password: 'x' },
    { last_password: '2026-01-01' },
    { password_changed_at: '2026-01-01' },
    { pwd_exp: '5' },
    { otp: 'enabled' },
    { otp: 'TOTP' },
    { amr: ['pwd', 'otp'] },
    { price: '$5$ or so, plus whatever you like to pay' },
    { h: '$2b$12$short' },
    { h: 'pbkdf2_sha256$600000$abc' },
    { h: '{SHA}abc' },
    { h: `x${bcrypt}` },
    { sub: 'secretary' },
    { secretary: 'Ada' },
  ])('is quiet for %j', async (claims) => {
    await quietFor(id, claims);
  });

  it('needs claims', async () => {
    for (const token of ['', `${base64url('{"alg":"dir"}')}.a.b.c.d`]) await quiet(id, { token });
  });
});

describe('privacy/credential-value', () => {
  const id = 'privacy/credential-value';
  const text = (length: number): string => 'a1'.repeat(length).slice(0, length);
  /** Put together here so that nothing in this file looks like a key. */
  const KEYS: [string, string][] = [
    ['AWS', `AKIA${'A1'.repeat(8)}`],
    ['AWS, temporary', `ASIA${'A1'.repeat(8)}`],
    ['GitHub', `ghp_${text(36)}`],
    ['GitHub, fine-grained', `github_pat_${text(22)}`],
    ['GitLab', `glpat-${text(20)}`],
    ['Slack', `xoxb-${text(10)}`],
    ['Stripe', `sk_live_${text(16)}`],
    ['Stripe, restricted', `rk_test_${text(16)}`],
    ['Google', `AIza${text(35)}`],
    ['npm', `npm_${text(36)}`],
    ['SendGrid', `SG.${text(16)}.${text(16)}`],
    ['Anthropic', `sk-ant-${text(20)}`],
    ['OpenAI', `sk-proj-${text(20)}`],
    ['Vault', `hvs.${text(20)}`],
  ];

  it.each(KEYS)('a key of %s, of full length', async (_what, value) => {
    const finding = await firesAt(id, { config: { value } }, 'config/value');
    expect(finding).toMatchObject({ severity: 'critical', confidence: 'confirmed' });
    await quietFor(id, { value: value.slice(0, -1) });
    await quietFor(id, { value: `x${value}` });
  });

  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])('%s', async (label) => {
    expect((await firesAt(id, { key: `-----BEGIN ${label}-----\nAA==\n` }, 'key')).severity).toBe('critical');
  });

  it.each([
    { kty: 'EC', d: 'AA' },
    { kty: 'RSA', p: 'AA' },
    { kty: 'oct', k: 'AA' },
    { kty: 'AKP', priv: 'AA' },
  ])('the private JWK %j', async (jwk) => {
    expect((await firesAt(id, { cnf: { jwk } }, 'cnf/jwk')).severity).toBe('critical');
  });

  it('a nested token is medium', async () => {
    expect(await firesAt(id, { actor: GOOD }, 'actor')).toMatchObject({ severity: 'medium', confidence: 'confirmed' });
    await firesAt(id, { actor: `${base64url('{"alg":"dir","enc":"A256GCM"}')}..a.a.a` }, 'actor');
  });

  it.each<Record<string, unknown>>([
    { key: '-----BEGIN PUBLIC KEY-----\nAA==\n' },
    { cnf: { jwk: { kty: 'EC', x: 'AA', y: 'AA' } } },
    { cnf: { jwk: { kty: 'EC', k: 'AA' } } },
    { cnf: { jwk: { kty: 'oct', d: 'AA' } } },
    { geo: { d: 5, p: 1 } },
    { version: '1.2.3' },
    { host: 'api.example.com' },
    { value: `${base64url('{"typ":"JWT"}')}.a.b` },
    { value: `${base64url('[]')}.a.b` },
    { value: GOOD.split('.').slice(0, 2).join('.') },
    { value: `${GOOD}.a` },
    { value: `${GOOD}.a.b.c` },
    { value: `${base64url(Uint8Array.of(255))}.a.b` },
    goodClaims(),
  ])('is quiet for %j', async (claims) => {
    await quietFor(id, claims);
  });
});

describe('privacy/payment-data', () => {
  const id = 'privacy/payment-data';

  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '5555555555554444',
    '2221000000000009',
    '2720990000000007',
    '378282246310005',
    '3782 822463 10005',
    '6011111111111117',
    '6221260000000000',
    '30569309025904',
    '38520000023237',
    '3530111333300000',
  ])('%s', async (value) => {
    expect(await firesAt(id, { order: { payment: value } }, 'order/payment')).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
    });
  });

  it.each(['card', 'credit_card', 'cardNumber', 'pan', 'cc', 'ccn', 'ccNumber', 'card_id'])('in %s', async (name) => {
    expect((await firesAt(id, { [name]: '4111111111111111' }, name)).confidence).toBe('confirmed');
  });

  it('as a number, or grouped in an id', async () => {
    await firesAt(id, { payment: 4111111111111111 }, 'payment');
    expect((await firesAt(id, { order_id: '4111 1111 1111 1111' }, 'order_id')).confidence).toBe('likely');
  });

  it.each<[string, unknown]>([
    ['cvv', '123'],
    ['cvc', '1234'],
    ['cvv2', 123],
    ['cvc2', '123'],
    ['card_cvv', '123'],
  ])('%s %j', async (name, value) => {
    expect(await firesAt(id, { [name]: value }, name)).toMatchObject({ severity: 'critical', confidence: 'confirmed' });
  });

  it.each<Record<string, unknown>>([
    // Passes Luhn and looks like a card, but is an id.
    { sub: '4111111111111111' },
    { jti: '4111111111111111' },
    { order_id: 4111111111111111 },
    { account_number: '4111111111111111' },
    // Luhn fails.
    { payment: '4111111111111112' },
    { card: '5555555555554445' },
    // Luhn passes, but there is no such brand.
    { payment: '1234567812345670' },
    { payment: '7992739871300000' },
    // Not the length of the brand.
    { payment: '411111111111116' },
    { payment: '41111111111111111' },
    { payment: '4111  1111 1111 1111' },
    { payment: '4111-1111 1111 1111' },
    { payment: 41111111111111.11 },
    { cvv: '12' },
    { cvv: '12345' },
    { cvv: 'none' },
    { cid: '1234' },
    { pin: '1234' },
  ])('is quiet for %j', async (claims) => {
    await quietFor(id, claims);
  });
});

describe('privacy/government-id', () => {
  const id = 'privacy/government-id';
  const GOOD_NUMBERS: [string, string][] = [
    ['ssn', '078-05-1120'],
    ['social_security_number', '078051120'],
    ['nino', 'AB 12 34 56 C'],
    ['nationalInsuranceNumber', 'ab123456c'],
    ['sin', '130 692 544'],
    ['personnummer', '811218-9876'],
    ['personnummer', '198112189876'],
    ['bsn', '111222333'],
    ['cpf', '111.444.777-35'],
    ['cpf', '52998224725'],
    ['dni', '12345678Z'],
    ['nie', 'X1234567L'],
    ['nif', 'Y1234567X'],
    ['nie', 'Z1234567R'],
    ['nir', '2 55 08 14 168 025 38'],
    ['pesel', '44051401359'],
    ['steuer_id', '86095742719'],
    ['passport', 'C01X00T47'],
    ['passport_number', '123456'],
  ];

  it.each(GOOD_NUMBERS)('%s %s', async (name, value) => {
    expect(await firesAt(id, { user: { [name]: value } }, `user/${name}`)).toMatchObject({
      severity: 'high',
      confidence: 'confirmed',
    });
    await quietFor(id, { order: value });
    await quietFor(id, { [name]: `${value}0000` });
  });

  it.each(GOOD_NUMBERS.filter(([name]) => !/ssn|social|nino|national|passport/.test(name)))(
    '%s: every changed digit of %s breaks the checksum',
    async (name, value) => {
      for (let i = 0; i < value.length; i++) {
        const digit = Number(value[i]);
        if (!/\d/.test(value[i]!) || (value.length === 12 && i < 2)) continue;
        await quietFor(id, { [name]: value.slice(0, i) + ((digit + 1) % 10) + value.slice(i + 1) });
      }
    },
  );

  it('knows Corsica', async () => {
    const key = (digits: string, department: string) => 97 - (Number(digits.replace('XX', department)) % 97);
    for (const [letters, number] of [
      ['2A', '19'],
      ['2B', '18'],
    ] as const) {
      const start = '15508XX168025';
      const nir = start.replace('XX', letters) + String(key(start, number)).padStart(2, '0');
      await firesAt(id, { nir }, 'nir');
    }
  });

  it.each<[string, string]>([
    ['ssn', '000-12-3456'],
    ['ssn', '666-12-3456'],
    ['ssn', '900-12-3456'],
    ['ssn', '078-00-1120'],
    ['ssn', '078-05-0000'],
    ['nino', 'QQ123456C'],
    ['nino', 'AB123456E'],
    ['sin', '000000000'],
    ['bsn', '000000000'],
    ['cpf', '11111111111'],
    ['dni', '12345678A'],
    ['steuer_id', '06095742719'],
    ['passport', 'ABCDEFG'],
    ['passport', '12345'],
    ['passport', 'google1'],
    ['passport', 'oauth2'],
    ['passport', 'AB12C34'],
    ['passport', 'C01X00T471'],
    ['session', '078051120'],
    ['ssn', ''],
    ['single_sin', '130692544'],
  ])('is quiet for %s %s', async (name, value) => {
    await quietFor(id, { [name]: value });
  });
});

describe('privacy/health-data', () => {
  const id = 'privacy/health-data';

  it.each([
    'diagnosis',
    'diagnoses',
    'icd',
    'icd_10',
    'icd10Code',
    'mrn',
    'medical_record_number',
    'medication',
    'medicalHistory',
    'prescription',
    'allergies',
    'allergy',
    'blood_type',
    'health_conditions',
  ])('%s', async (name) => {
    const finding = await firesAt(id, { [name]: 'J45.909' }, name);
    expect(finding).toMatchObject({ severity: 'medium', confidence: 'likely' });
    await quietFor(id, { [`x${name}x`]: 'J45.909' });
  });

  it('whatever the value, where there is one', async () => {
    await firesAt(id, { diagnosis: { code: 'J45' } }, 'diagnosis');
    await firesAt(id, { medications: ['salbutamol'] }, 'medications/0');
    await firesAt(id, { mrn: 12345 }, 'mrn');
    for (const value of ['', ' ', null, {}, [], true]) await quietFor(id, { diagnosis: value });
  });

  it('is high in hipaa', async () => {
    const token = accessTokenWith({ mrn: '12345' });
    expect((await fires(id, { token }, { profile: 'hipaa' })).severity).toBe('high');
    expect((await fires(id, { token }, { profile: 'asvs-l2' })).severity).toBe('medium');
  });
});

describe('personal data', () => {
  const CASES: [string, string, unknown][] = [
    ['email', 'email', 'ada@example.com'],
    ['email', 'work_email', 'ada@example.com'],
    ['email', 'preferred_username', 'ada@example.com'],
    ['email', 'upn', 'ada@example.com'],
    ['email', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress', 'ada@example.com'],
    ['phone', 'phone_number', '+44 20 7946 0958'],
    ['phone', 'mobile', '(555) 010-9999'],
    ['phone', 'tel', '5550109'],
    ['phone', 'msisdn', 447700900123],
    ['name', 'name', 'Ada Lovelace'],
    ['name', 'given_name', 'Zoë'],
    ['name', 'familyName', "O'Neill-Łuk"],
    ['name', 'surname', 'Lovelace'],
    ['address', 'street_address', '12 High Street'],
    ['address', 'address', '12 High Street\nLondon'],
    ['address', 'billingAddress', '1 Rue de la Paix'],
    ['address', 'address_line1', 'Flat 2'],
    ['birthdate', 'birthdate', '1815-12-10'],
    ['birthdate', 'birthday', '10.12.1815'],
    ['birthdate', 'dob', '12/10/1815'],
    ['birthdate', 'birth_date', 1815],
    ['birthdate', 'dateOfBirth', '0000-12-10'],
  ];

  it.each(CASES)('%s in %s', async (rule, name, value) => {
    // What is longer than 64 characters is no name.
    const shown = name.length > 64 ? '*' : name;
    expect(await firesAt(`privacy/pii-${rule}`, { [name]: value }, shown)).toMatchObject({
      severity: 'low',
      confidence: 'likely',
    });
  });

  it.each(['email', 'phone', 'name', 'address', 'birthdate'])('%s depends on the kind', async (rule) => {
    const [, name, value] = CASES.find(([of]) => of === rule)!;
    const subject = { token: rawToken({ alg: 'ES256' }, { [name]: value }) };
    for (const [kind, severity] of [
      ['access', 'medium'],
      ['id', 'info'],
      ['unknown', 'low'],
      ['refresh', 'low'],
    ] as const)
      expect((await fires(`privacy/pii-${rule}`, subject, { kind })).severity).toBe(severity);
  });

  it.each<[string, Record<string, unknown>]>([
    ['email', { email: 'none' }],
    ['email', { email_verified: true }],
    ['email', { contact: 'ada@example.com' }],
    ['email', { preferred_username: 'ada' }],
    ['email', { email: 'ada@localhost' }],
    ['email', { sub: 'ada@example.com' }],
    ['phone', { phone_number: '123456' }],
    ['phone', { phone_number: '1234567890123456' }],
    ['phone', { phone: 'Pixel 9 Pro' }],
    ['phone', { hotel: '5550109' }],
    ['phone', { phone_number_verified: true }],
    ['name', { given_name: 'user42' }],
    ['name', { username: 'Ada' }],
    ['name', { name: 'build-17' }],
    ['name', { product: { name: 'Garden Chair' } }],
    ['address', { address: '0x52908400098527886E0F7030069857D2E4169EE7' }],
    ['address', { address: '192.168.0.1' }],
    ['address', { address: '12 ada@example.com' }],
    ['address', { address: 'see https://a.example/1 there' }],
    ['address', { address: 'High Street' }],
    ['address', { address: '12 34' }],
    ['address', { node: { address: 'Rack 12' } }],
    ['address', { ip_address: '12 High Street' }],
    ['birthdate', { birthdate: 'unknown' }],
    ['birthdate', { birthdate: '1815-12' }],
    ['birthdate', { created: '1815-12-10' }],
  ])('%s is quiet for %j', async (rule, claims) => {
    await quietFor(`privacy/pii-${rule}`, claims);
  });

  it('name and address in objects that are people', async () => {
    await firesAt('privacy/pii-name', { user: { name: 'Ada Lovelace' } }, 'user/name');
    await firesAt('privacy/pii-name', { employees: 1, employee: [{ name: 'Ada' }] }, 'employee/0/name');
    await firesAt('privacy/pii-address', { address: { formatted: '12 High Street' } }, 'address/formatted');
  });
});

describe('privacy/sub-is-email', () => {
  it('is medium', async () => {
    expect(await firesAt('privacy/sub-is-email', { sub: 'ada@example.com' }, 'sub')).toMatchObject({
      severity: 'medium',
      confidence: 'confirmed',
    });
  });

  it.each(['ada', 'ada@host', 'auth0|5f', undefined, 5, 'a@b@example.com', 'ada @example.com'])(
    'is quiet for %s',
    async (sub) => {
      await quietFor('privacy/sub-is-email', { sub });
    },
  );
});

describe('privacy/oversize', () => {
  const id = 'privacy/oversize';
  it('a payload above 2 KB', async () => {
    const at = (bytes: number) => `{"a":[${'1,'.repeat(100)}1]}${' '.repeat(bytes - 209)}`;
    expect(await fires(id, { token: rawToken({}, at(2049)) })).toMatchObject({
      severity: 'low',
      basis: 'policy',
      path: '/token/claims',
    });
    await quiet(id, { token: rawToken({}, at(2048)) });
  });

  it('a draft above 2 KB, counted in bytes', async () => {
    const at = (count: number) => ({
      draft: { claims: { a: ['é'.repeat(250), 'é'.repeat(250), 'é'.repeat(250), 'é'.repeat(250), 'y'.repeat(count)] } },
    });
    const fixed = new TextEncoder().encode(JSON.stringify(at(0).draft.claims)).length;
    expect((await fires(id, at(2049 - fixed))).path).toBe('/draft/claims');
    await quiet(id, at(2048 - fixed));
  });

  it('a string above 512 bytes', async () => {
    await firesAt(id, { a: { b: 'é'.repeat(257) } }, 'a/b');
    await quietFor(id, { a: { b: 'é'.repeat(256) } });
  });

  it('a draft that cannot be written has no size', async () => {
    const claims: Record<string, unknown> = { big: 5n };
    claims.self = claims;
    await quiet(id, { draft: { claims } });
    await fires(id, { draft: { claims: { a: '\ud800'.repeat(171) } } });
  });
});

describe('members', () => {
  it('are found 32 deep and no deeper', async () => {
    const nest = (depth: number): Record<string, unknown> =>
      depth === 1 ? { password: 'x y' } : { a: nest(depth - 1) };
    expect((await fires('privacy/password-claim', { draft: { claims: nest(32) } })).path).toBe(
      `/draft/claims/${'a/'.repeat(31)}password`,
    );
    await quiet('privacy/password-claim', { draft: { claims: nest(33) } });
  });

  it('are found in a draft that leads back into itself', async () => {
    const claims: Record<string, unknown> = { password: 'x y' };
    claims.self = claims;
    claims.list = [claims, [claims]];
    expect(await findingsOf('privacy/password-claim', { draft: { claims } })).toHaveLength(1);
  });

  it('are counted', async () => {
    const many = (count: number): AuditSubject => ({
      draft: {
        claims: { ...Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, 1])), password: 'x y' },
      },
    });
    await fires('privacy/password-claim', many(9_999));
    await quiet('privacy/password-claim', many(10_000));
  });

  it('may have names that pollute', async () => {
    const token = rawToken({}, '{"__proto__":{"password":"x y"},"constructor":"a"}');
    expect((await fires('privacy/password-claim', { token })).path).toBe('/token/claims/__proto__/password');
  });

  it('have a name even when it ends in a slash', async () => {
    await firesAt('privacy/pii-email', { 'https://a.example/email': 'ada@example.com' }, 'https:~1~1a.example~1email');
    await firesAt('privacy/pii-email', { 'urn:a:email': 'ada@example.com' }, 'urn:a:email');
    await quietFor('privacy/pii-email', { 'email/': 'none' });
  });
});
