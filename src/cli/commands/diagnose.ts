import { diagnose as diagnoseToken } from '../../audit/diagnose/diagnose.js';
import type { DiagnoseKey, DiagnoseOptions } from '../../audit/diagnose/options.js';
import type { VerificationKeys } from '../../jws/key-source.js';
import type { HmacAlgorithm } from '../../keys/algorithms.js';
import { decodeSecret } from '../../keys/import-secret.js';
import type { Arguments } from '../arguments.js';
import type { Command, Context } from '../command.js';
import { EXIT, usage } from '../exit.js';
import {
  blaming,
  checkKind,
  diagnosedKey,
  type GivenKey,
  KEY_NAMES,
  KEY_OPTIONS,
  readAlgorithms,
  readKey,
  secretEncoding,
} from '../key-input.js';
import { JWKS_OPTIONS, keySetDocument, keySetSource } from '../key-set-input.js';
import { hasPolicy, POLICY_OPTIONS, readVerifier } from '../policy-input.js';
import { visible, visibleJson } from '../safe-text.js';
import { readToken, TOKEN_OPTIONS } from '../token-input.js';

const COLOURS = { certain: 'red', likely: 'yellow', possible: 'cyan' } as const;

export const diagnose: Command = {
  name: 'diagnose',
  summary: 'say in words why a token is refused',
  words: '[TOKEN]',
  options: {
    Token: TOKEN_OPTIONS,
    Key: {
      ...JWKS_OPTIONS,
      ...KEY_OPTIONS,
      algorithm: { value: 'NAME', multiple: true, help: "what the key is for; a JWK's own alg by default" },
    },
    'Policy (all of it as for verify; without it only the signature and the times are judged)': POLICY_OPTIONS,
  },
  examples: [
    [
      'a token and the key it should be signed with',
      'jwtight diagnose --token-file token.txt --key-file public.pem --algorithm ES256',
    ],
    [
      'with the policy of the verifier that refuses it',
      'jwtight diagnose --token-file token.txt --jwks https://auth.example.com/jwks.json --algorithm RS256 --issuer https://auth.example.com --audience billing-api',
    ],
  ],
  no: 'something is wrong with the token',
  async run(context) {
    const { args, reader, output } = context;
    const options = await readOptions(context);
    const { ok, causes } = await diagnoseToken(await readToken(args, reader, output), options);
    if (args.has('json')) output.line(visibleJson({ ok, causes }));
    else if (ok) output.line(`${output.paint('green', 'Nothing found.')}`);
    for (const { confidence, message, remediation, id } of args.has('json') ? [] : causes) {
      const mark = output.paint(COLOURS[confidence], confidence.padEnd(8));
      output.line(`${mark}  ${visible(message)} ${output.paint('dim', `(${id})`)}`);
      output.line(`          ${remediation}`);
    }
    return ok ? EXIT.ok : EXIT.no;
  },
};

async function readOptions({ args, io, reader, output }: Context): Promise<DiagnoseOptions> {
  const option = args.only('jwks', ...KEY_NAMES);
  const now = io.clock;
  const verifier = (keys: VerificationKeys): DiagnoseOptions => ({ verifier: readVerifier(args, keys, io), now });
  if (option === 'jwks') {
    const source = args.text('jwks')!;
    if (hasPolicy(args)) return verifier(await keySetSource(source, readAlgorithms(args), reader, io));
    return { keys: { jwks: await keySetDocument(source, reader, io) }, now };
  }
  const given = await readKey(args, reader, output);
  if (!given) throw usage('no key: pass --key-file FILE, --secret-env NAME or --jwks URL');
  // What the library would refuse may have signed the token all the same: without a policy it is tried as it is.
  return hasPolicy(args) ? verifier(await diagnosedKey(given, args)) : { keys: await rawKey(given, args), now };
}

/** The key as the diagnosis tries it. */
async function rawKey(given: GivenKey, args: Arguments): Promise<DiagnoseKey> {
  const [algorithm] = readAlgorithms(args);
  if (algorithm) checkKind(given, algorithm);
  if (given.kind === 'secret') {
    if (!algorithm) throw usage('say what the secret is for: --algorithm HS256, or another');
    const encoding = secretEncoding(args);
    const secret = await blaming(given.what, () => decodeSecret(given.text, encoding));
    return { secret, algorithm: algorithm as HmacAlgorithm };
  }
  const declared = algorithm && { algorithm };
  return given.kind === 'pem' ? { pem: given.pem, ...declared } : { jwk: given.jwk, ...declared };
}
