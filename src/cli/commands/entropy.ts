import { loadDictionaries } from '../../entropy/dictionaries.js';
import { estimateEntropy } from '../../entropy/estimate.js';
import type { EntropyEstimate } from '../../entropy/types.js';
import { ALGORITHMS, type HmacAlgorithm } from '../../keys/algorithms.js';
import type { Command, Context } from '../command.js';
import { EXIT, usage } from '../exit.js';
import type { Output } from '../io.js';
import { readSecret, SECRET_OPTIONS } from '../key-input.js';
import { visibleJson } from '../safe-text.js';
import { warnOfHistory } from '../token-input.js';

const HMAC = (Object.keys(ALGORITHMS) as HmacAlgorithm[]).filter((name) => ALGORITHMS[name].keyType === 'oct');

export const entropy: Command = {
  name: 'entropy',
  summary: 'estimate how many guesses a secret is worth',
  words: '',
  options: {
    Secret: SECRET_OPTIONS,
    Judge: { algorithm: { value: 'NAME', help: `exit with 1 unless it is enough for ${HMAC.join(', ')}` } },
  },
  examples: [
    ['a variable', 'jwtight entropy --secret-env JWT_SECRET'],
    [
      'from a vault, in a pipeline that stops where it is too weak',
      'vault kv get -field=secret jwt | jwtight entropy --algorithm HS256',
    ],
  ],
  no: 'the secret is not enough for --algorithm',
  async run(context) {
    const { args, output } = context;
    const algorithm = args.oneOf('algorithm', HMAC);
    const secret = await givenSecret(context);
    await loadDictionaries();
    const estimate = estimateEntropy(secret);
    if (args.has('json')) output.line(visibleJson(estimate));
    else print(output, estimate);
    return algorithm === undefined || estimate.sufficientFor.includes(algorithm) ? EXIT.ok : EXIT.no;
  },
};

async function givenSecret({ args, reader, output }: Context): Promise<string> {
  const [word, ...more] = args.positionals;
  const given = await readSecret(args, reader, output);
  if (more.length > 0 || (given && word !== undefined)) throw usage('pass one secret at a time');
  if (given) return given.text;
  if (word !== undefined && word !== '-') {
    warnOfHistory(output, 'secret', '--secret-file or --secret-env');
    return word;
  }
  if (word === undefined && reader.isInteractive)
    throw usage('no secret: pipe it in, or pass --secret-file FILE or --secret-env NAME');
  return reader.stdin('the secret');
}

function print(output: Output, estimate: EntropyEstimate): void {
  const { bits, encoding, decodedBytes, patterns, sufficientFor, keyLength, crackTimes, caveat } = estimate;
  const enough = sufficientFor.length > 0;
  output.line(`${output.paint(enough ? 'green' : 'red', `${bits} bits`)} of entropy at most`);
  output.line(`enough for   ${enough ? sufficientFor.join(', ') : 'no HMAC algorithm: HS256 needs 256 bits'}`);
  output.line(
    `length       ${keyLength.bytes} bytes as given (RFC 7518 §3.2: ${lengthVerdict(keyLength.sufficientFor)})`,
  );
  output.line(`written as   ${encoding}${decodedBytes === undefined ? '' : `, ${decodedBytes} bytes decoded`}`);
  output.line();
  output.line(output.paint('bold', 'Made of'));
  for (const { start, end, bits, description } of patterns) {
    output.line(`  ${`${start}–${end}`.padEnd(10)} ${`${bits} bits`.padStart(12)}  ${description}`);
  }
  output.line();
  output.line(output.paint('bold', 'Found, on average, by'));
  for (const { attacker, duration } of crackTimes) output.line(`  ${attacker.padEnd(26)} ${duration}`);
  output.line();
  output.line(output.paint('dim', caveat));
  if (!enough) output.line('jwtight keygen HS256 makes one that is enough.');
}

function lengthVerdict(sufficientFor: readonly string[]): string {
  return sufficientFor.length === 0 ? 'too short' : `long enough for ${sufficientFor.join(', ')}`;
}
