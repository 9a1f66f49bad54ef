import { decodeUnverified } from '../../jwt/decode.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit.js';
import { visibleJson } from '../safe-text.js';
import { readToken, TOKEN_OPTIONS } from '../token-input.js';
import { printToken } from '../token-text.js';

export const decode: Command = {
  name: 'decode',
  summary: 'show what a token says, without verifying it',
  words: '[TOKEN]',
  options: { Token: TOKEN_OPTIONS },
  examples: [
    ['from a file', 'jwtight decode --token-file token.txt'],
    ['from the clipboard (macOS)', 'pbpaste | jwtight decode'],
    ['one claim', 'jwtight decode --token-file token.txt --json | jq -r .claims.sub'],
  ],
  no: 'the text is not a well-formed token',
  async run({ args, io, reader, output }) {
    const { header, claims } = decodeUnverified(await readToken(args, reader, output));
    if (args.has('json')) {
      output.line(visibleJson({ verified: false, header, claims }));
      return EXIT.ok;
    }
    printToken(output, { header, claims }, io.clock() / 1000);
    output.line(
      `${output.paint('yellow', 'Not verified.')} Anybody can write this; jwtight verify tells whether it is genuine.`,
    );
    return EXIT.ok;
  },
};
