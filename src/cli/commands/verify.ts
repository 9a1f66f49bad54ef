import type { JwtError } from '../../errors.js';
import type { VerificationKeys } from '../../jws/key-source.js';
import type { Command, Context } from '../command.js';
import { EXIT, usage } from '../exit.js';
import { KEY_NAMES, KEY_OPTIONS, readAlgorithms, readKey, verificationKey } from '../key-input.js';
import { JWKS_OPTIONS, keySetSource } from '../key-set-input.js';
import { POLICY_OPTIONS, readVerifier } from '../policy-input.js';
import { visible, visibleJson } from '../safe-text.js';
import { readToken, TOKEN_OPTIONS } from '../token-input.js';
import { printToken } from '../token-text.js';

export const verify: Command = {
  name: 'verify',
  summary: 'say whether a token is genuine, in time, and meant for you',
  words: '[TOKEN]',
  options: {
    Token: TOKEN_OPTIONS,
    Key: {
      ...JWKS_OPTIONS,
      ...KEY_OPTIONS,
      algorithm: {
        value: 'NAME',
        multiple: true,
        help: "what the key is for; a JWK's own alg by default; with --jwks several times for several",
      },
    },
    Policy: POLICY_OPTIONS,
  },
  examples: [
    [
      'with the key set of the issuer',
      'jwtight verify --token-file token.txt --jwks https://auth.example.com/jwks.json --algorithm RS256 --issuer https://auth.example.com --audience billing-api',
    ],
    [
      'with a public key',
      'jwtight verify --token-file token.txt --key-file public.pem --algorithm ES256 --issuer https://auth.example.com --audience billing-api',
    ],
    [
      'with a secret from the environment',
      'jwtight verify --token-env TOKEN --secret-env JWT_SECRET --secret-encoding base64url --algorithm HS256 --issuer auth --audience api',
    ],
  ],
  no: 'the token is not valid',
  async run(context) {
    const { args, io, reader, output } = context;
    const keys = await readKeys(context);
    const verifier = readVerifier(args, keys, io);
    const result = await verifier.safe(await readToken(args, reader, output));
    if (!result.ok) return refused(context, result.error);
    const { header, claims, key } = result;
    if (args.has('json')) {
      output.line(visibleJson({ valid: true, header, claims }));
      return EXIT.ok;
    }
    const kid = key.id === undefined ? '' : `, key ${visible(key.id)}`;
    output.line(`${output.paint('green', 'Valid.')} Signed with ${key.algorithm}${kid}.`);
    output.line();
    printToken(output, { header, claims }, io.clock() / 1000);
    return EXIT.ok;
  },
};

/** The keys: a set, or one key or secret. */
async function readKeys({ args, io, reader, output }: Context): Promise<VerificationKeys> {
  const option = args.only('jwks', ...KEY_NAMES);
  if (option === 'jwks') return keySetSource(args.text('jwks')!, readAlgorithms(args), reader, io);
  const given = await readKey(args, reader, output);
  if (!given) throw usage('no key: pass --jwks URL, --key-file FILE or --secret-env NAME');
  return verificationKey(given, args);
}

function refused({ args, output }: Context, error: JwtError): number {
  const { code, claim, message } = error;
  // Keys that could not be had say nothing about the token.
  if (code === 'ERR_JWT_KEYS_UNAVAILABLE') throw error;
  if (args.has('json')) output.line(visibleJson({ valid: false, code, claim, message }));
  else output.note(visible(`not valid: ${message} (${code})`));
  return EXIT.no;
}
