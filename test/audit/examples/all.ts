import { algorithmExamples } from './algorithm.js';
import { claimsExamples } from './claims.js';
import { encodingExamples } from './encoding.js';
import type { RuleExamples } from './example.js';
import { formatExamples } from './format.js';
import { headerExamples } from './header.js';
import { jwksExamples } from './jwks.js';
import { keyExamples } from './key.js';
import { lifetimeExamples } from './lifetime.js';
import { privacyExamples } from './privacy.js';
import { secretExamples } from './secret.js';
import { storageExamples } from './storage.js';
import { verifierExamples } from './verifier.js';

/** The examples of every group, for the tests and the page of rules. */
export const examples: RuleExamples = {
  ...algorithmExamples,
  ...headerExamples,
  ...claimsExamples,
  ...privacyExamples,
  ...secretExamples,
  ...keyExamples,
  ...jwksExamples,
  ...verifierExamples,
  ...lifetimeExamples,
  ...storageExamples,
  ...encodingExamples,
  ...formatExamples,
};
