import { header } from '../../jws/header.js';
import { type ClaimsBuilder, claims } from '../../jwt/claims-builder.js';
import { decodeUnverified } from '../../jwt/decode.js';
import { sign as signToken } from '../../jwt/sign.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT, usage } from '../exit.js';
import { blaming, KEY_OPTIONS, readKey, signingKey } from '../key-input.js';
import { PROFILE_OPTION, readProfile } from '../policy-input.js';
import { type TextReader, toJsonObject } from '../read-text.js';
import { visibleJson } from '../safe-text.js';

type AnyClaims = ClaimsBuilder<object, string>;

/** The options that set a claim. */
const FLAGS: Readonly<Record<string, string>> = {
  iss: '--issuer',
  sub: '--subject',
  aud: '--audience',
  exp: '--expires-in 15m',
  jti: '--id',
};

export const sign: Command = {
  name: 'sign',
  summary: 'sign a token',
  words: '',
  options: {
    Claims: {
      claims: { value: 'FILE', help: 'read claims from a file, a JSON object; - is standard input' },
      issuer: { value: 'TEXT', help: 'iss: who issues the token' },
      audience: { value: 'TEXT', multiple: true, help: 'aud: whom it is for; several times for several' },
      subject: { value: 'TEXT', help: 'sub: whom it is about' },
      'expires-in': { value: 'DURATION', help: 'exp: 90s, 15m, 1h, 30d from now' },
      'never-expires': { help: 'leave exp out: verifiers refuse such a token unless told otherwise' },
      'not-before-now': { help: 'nbf: now' },
      id: { help: 'jti: a random UUID' },
      set: { value: 'NAME=JSON', multiple: true, help: 'any claim, as JSON: --set admin=true' },
      'set-text': { value: 'NAME=TEXT', multiple: true, help: 'any claim, as text: --set-text role=admin' },
      ...PROFILE_OPTION,
    },
    Key: {
      ...KEY_OPTIONS,
      algorithm: { value: 'NAME', help: "what the key is for; a JWK's own alg by default" },
      kid: { value: 'TEXT', help: "the key's id; a JWK's own kid by default" },
    },
    Header: { type: { value: 'TYP', help: "typ: JWT by default, or the profile's" } },
  },
  examples: [
    [
      'with a key made by jwtight keygen',
      'jwtight sign --key-file private.jwk --issuer https://auth.example.com --audience billing-api --subject user-42 --id --expires-in 15m',
    ],
    ['with claims from a file', 'jwtight sign --key-file private.jwk --claims claims.json --expires-in 15m'],
    [
      'with a secret from the environment',
      'jwtight sign --secret-env JWT_SECRET --secret-encoding base64url --algorithm HS256 --issuer auth --audience api --expires-in 5m',
    ],
  ],
  async run({ args, io, reader, output }) {
    if (args.positionals.length > 0) throw usage('sign takes options only: see jwtight sign --help');
    const given = await readKey(args, reader, output);
    if (!given) throw usage('no key: pass --key-file FILE or --secret-env NAME; jwtight keygen makes one');
    const key = await signingKey(given, args);
    const payload = await readClaims(args, reader);
    const [missing] = payload.missing;
    if (missing !== undefined)
      throw usage(`the token has no ${missing}: add ${FLAGS[missing] ?? `--set ${missing}=JSON`}`);
    const type = args.text('type');
    const options = { clock: io.clock, ...(type !== undefined && { header: header().type(type) }) };
    const token = await signToken(payload as ClaimsBuilder<object, never>, key, options);
    output.line(args.has('json') ? visibleJson({ token, ...decodeUnverified(token) }) : token);
    return EXIT.ok;
  },
};

/** The claims: of the file first, of the options after. */
async function readClaims(args: Arguments, reader: TextReader): Promise<AnyClaims> {
  const profile = readProfile(args);
  let builder = (profile ? claims(profile) : claims()) as unknown as AnyClaims;
  const path = args.text('claims');
  if (path !== undefined) {
    const given = toJsonObject(await reader.file(path, '--claims'), '--claims');
    builder = await blaming('--claims', () => builder.with(given) as unknown as AnyClaims);
  }
  args.only('expires-in', 'never-expires');
  const audiences = args.list('audience');
  const steps: [string, (builder: AnyClaims) => unknown][] = [
    ['issuer', (builder) => builder.issuer(args.text('issuer')!)],
    ['subject', (builder) => builder.subject(args.text('subject')!)],
    ['audience', (builder) => builder.audience(audiences.length === 1 ? audiences[0]! : audiences)],
    ['id', (builder) => builder.id()],
    ['not-before-now', (builder) => builder.notBefore()],
    ['expires-in', (builder) => builder.expiresIn(args.seconds('expires-in')!)],
    ['never-expires', (builder) => builder.neverExpires()],
    ['set', (builder) => builder.with(Object.fromEntries(args.list('set').map(readJsonClaim)))],
    [
      'set-text',
      (builder) => builder.with(Object.fromEntries(args.list('set-text').map((text) => split(text, 'set-text')))),
    ],
  ];
  for (const [name, step] of steps) {
    if (args.has(name)) builder = step(builder) as AnyClaims;
  }
  return builder;
}

function split(given: string, option: string): [name: string, value: string] {
  const at = given.indexOf('=');
  if (at < 1)
    throw usage(`--${option} takes a name and a value: --${option} ${option === 'set' ? 'admin=true' : 'role=admin'}`);
  return [given.slice(0, at), given.slice(at + 1)];
}

function readJsonClaim(given: string): [string, unknown] {
  const [name, text] = split(given, 'set');
  try {
    return [name, JSON.parse(text)];
  } catch {
    throw usage('--set takes JSON after the =; for text there is --set-text');
  }
}
