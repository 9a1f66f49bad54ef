import type { Command } from '../command.js';
import { audit } from './audit.js';
import { decode } from './decode.js';
import { diagnose } from './diagnose.js';
import { entropy } from './entropy.js';
import { keygen } from './keygen.js';
import { sign } from './sign.js';
import { verify } from './verify.js';

/** The commands, in the order in which they are shown. */
export const COMMANDS: readonly Command[] = [keygen, sign, verify, decode, diagnose, audit, entropy];
