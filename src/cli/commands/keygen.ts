import { type GeneratedEncoding, generateSecret } from '../../entropy/generate.js';
import { ALGORITHMS, type Algorithm, type HmacAlgorithm, isAlgorithm } from '../../keys/algorithms.js';
import { key, type RsaKeyBuilder, type SecretKeyBuilder } from '../../keys/builder.js';
import { exportJwk } from '../../keys/export-key.js';
import { type Arguments, suggestion } from '../arguments.js';
import type { Command, Context } from '../command.js';
import { EXIT, usage } from '../exit.js';
import {
  KEY_FORMATS,
  type KeyFormat,
  keyText,
  type NewKey,
  PUBLIC_FORMATS,
  type PublicFormat,
  publicKeyText,
} from '../key-text.js';
import { visible, visibleJson } from '../safe-text.js';
import { assertFree, writeKeyFile } from '../write-file.js';

const NAMES = Object.keys(ALGORITHMS);
const ENCODINGS: readonly GeneratedEncoding[] = ['base64url', 'base64', 'hex'];

export const keygen: Command = {
  name: 'keygen',
  summary: 'make a key pair or a secret',
  words: 'ALGORITHM',
  options: {
    [`Key (ALGORITHM is one of ${NAMES.join(', ')})`]: {
      kid: {
        value: 'TEXT',
        help: "the key's id; by default the thumbprint of a pair (RFC 7638), and none of a secret",
      },
      bits: { value: 'NUMBER', help: 'size of an RSA key: 2048 to 16384, 3072 by default' },
    },
    'Private key or secret': {
      format: { value: 'FORMAT', help: 'jwk, pem, env (a line for .env), k8s (a Secret), text (a secret only)' },
      out: { value: 'FILE', help: 'write it to a new file that only you may read (0600); standard output without it' },
      force: { help: 'replace files that are there' },
      prefix: {
        value: 'NAME',
        help: 'env and k8s: NAME_SECRET, or NAME_PRIVATE_KEY and NAME_PUBLIC_KEY; JWT by default',
      },
      name: { value: 'NAME', help: 'k8s: the name of the Secret; jwt-key by default' },
      'secret-encoding': { value: 'ENCODING', help: `text, env and k8s: ${ENCODINGS.join(', ')}` },
    },
    'Public key': {
      'public-out': { value: 'FILE', help: 'write the public key to a file as well' },
      'public-format': { value: 'FORMAT', help: 'jwk, pem, or jwks, a set to publish; as --format by default' },
    },
  },
  examples: [
    ['a key pair', 'jwtight keygen ES256 --out private.jwk --public-out public.jwk'],
    ['a key set to publish', 'jwtight keygen ES256 --out private.jwk --public-out jwks.json --public-format jwks'],
    ['a PEM for other libraries', 'jwtight keygen RS256 --format pem --out private.pem --public-out public.pem'],
    ['a secret for a .env file', 'jwtight keygen HS256 --format env >> .env'],
    ['a Kubernetes Secret', 'jwtight keygen ES256 --format k8s --name auth-key | kubectl apply -f -'],
  ],
  async run(context) {
    const { args, io, output } = context;
    const algorithm = readAlgorithm(args);
    const plan = readPlan(args, algorithm);
    const replace = args.has('force');
    // Both files first: one without the other is of no use.
    for (const option of ['out', 'public-out']) {
      const path = args.outputFile(option);
      if (path !== undefined && !replace) await assertFree(path, `--${option}`, io.cwd);
    }
    const made = await generate(algorithm, args);
    const text = await keyText(made, plan.format, plan.names);
    const isPair = 'publicKey' in made;
    const publicText = isPair ? await publicKeyText(made.publicKey, plan.publicFormat) : '';
    const written: Record<string, string> = {};
    for (const [option, content, isPrivate] of [
      ['out', text, true],
      ['public-out', publicText, false],
    ] as const) {
      const path = args.text(option);
      if (path === undefined) continue;
      await writeKeyFile(path, content, `--${option}`, { cwd: io.cwd, isPrivate, replace });
      written[option === 'out' ? 'out' : 'publicOut'] = path;
    }
    const kid = isPair ? made.publicKey.id : made.jwk.kid;
    if (args.has('json')) {
      const isText = plan.format !== 'jwk';
      output.line(
        visibleJson({
          algorithm,
          kid,
          ...written,
          // Not printed where it went to a file.
          ...(!written.out && { key: isText ? text : JSON.parse(text) }),
          ...(isPair && { publicKey: await exportJwk(made.publicKey) }),
        }),
      );
    } else report(context, { text, written, kid, algorithm });
    return EXIT.ok;
  },
};

interface Plan {
  readonly format: KeyFormat;
  readonly publicFormat: PublicFormat;
  readonly names: { readonly prefix: string; readonly secretName: string };
}

function readAlgorithm({ positionals }: Arguments): Algorithm {
  const [name, ...more] = positionals;
  if (name === undefined) throw usage('say what for: jwtight keygen ES256, or HS256 for a shared secret');
  if (more.length > 0) throw usage('make one key at a time');
  if (!isAlgorithm(name)) throw usage(`no such algorithm${suggestion(name, NAMES)}: there are ${NAMES.join(', ')}`);
  return name;
}

/** Checks everything that can be checked before there is a key. */
function readPlan(args: Arguments, algorithm: Algorithm): Plan {
  const isSecret = ALGORITHMS[algorithm].keyType === 'oct';
  const format = args.oneOf('format', KEY_FORMATS) ?? 'jwk';
  if (isSecret && format === 'pem') throw usage('a secret has no PEM form: take --format jwk, env, k8s or text');
  if (!isSecret && format === 'text') throw usage('a key pair has no plain text: take --format jwk, pem, env or k8s');
  if (isSecret && args.has('public-out')) throw usage('a secret has no public half: leave --public-out out');
  // An option that changes nothing here was meant for something else.
  const idle: readonly [option: string, isIdle: boolean, needs: string][] = [
    ['bits', ALGORITHMS[algorithm].keyType !== 'RSA', 'an RSA key'],
    ['secret-encoding', !isSecret || format === 'jwk', 'a secret in --format env, k8s or text'],
    ['prefix', format !== 'env' && format !== 'k8s', '--format env or k8s'],
    ['name', format !== 'k8s', '--format k8s'],
    ['public-format', !args.has('public-out'), '--public-out'],
  ];
  for (const [option, isIdle, needs] of idle) {
    if (isIdle && args.has(option)) throw usage(`--${option} goes with ${needs} only`);
  }
  const prefix = args.text('prefix') ?? 'JWT';
  if (!/^[A-Za-z_]\w*$/.test(prefix)) throw usage('--prefix takes letters, digits and _');
  const secretName = args.text('name') ?? 'jwt-key';
  // RFC 1123, as Kubernetes asks of names.
  if (!/^[a-z\d]([-a-z\d.]{0,251}[a-z\d])?$/.test(secretName))
    throw usage('--name takes small letters, digits, - and ., as Kubernetes names have them');
  const publicFormat = args.oneOf('public-format', PUBLIC_FORMATS) ?? (format === 'pem' ? 'pem' : 'jwk');
  return { format, publicFormat, names: { prefix, secretName } };
}

async function generate(algorithm: Algorithm, args: Arguments): Promise<NewKey> {
  const kid = args.text('kid');
  const bits = args.text('bits');
  if (ALGORITHMS[algorithm].keyType === 'oct') {
    const encoding = args.oneOf('secret-encoding', ENCODINGS) ?? 'base64url';
    const text = generateSecret(algorithm as HmacAlgorithm, encoding);
    const started = key(algorithm).extractable() as unknown as SecretKeyBuilder<HmacAlgorithm>;
    const named = kid === undefined ? started : started.id(kid);
    const secret = await named.secret({ [encoding]: text } as { base64url: string });
    return { text, jwk: await exportJwk(secret) };
  }
  const started = key(algorithm).extractable() as unknown as RsaKeyBuilder<'RS256'>;
  const named = kid === undefined ? started.id() : started.id(kid);
  return (bits === undefined ? named : named.modulusLength(Number(bits))).generate();
}

/** Says what was written, or prints the key where it went to no file. */
function report(
  { args, output }: Context,
  made: { text: string; written: Record<string, string>; kid: string | undefined; algorithm: Algorithm },
): void {
  const { text, written, kid, algorithm } = made;
  if (!written.out) {
    output.raw(text);
    if (output.toTerminal) output.note('this is private: --out FILE keeps it off the screen');
  } else {
    const name = kid === undefined ? algorithm : `${algorithm} ${visible(kid)}`;
    output.line(`${name}: wrote ${visible(written.out)}, which only you may read`);
  }
  if (written.publicOut && written.out) output.line(`public key: wrote ${visible(args.text('public-out')!)}`);
}
