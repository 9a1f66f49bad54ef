export { loadDictionaries, loadLeakedSecrets } from './dictionaries.js';
export { estimateEntropy } from './estimate.js';
export { type GeneratedEncoding, generateSecret } from './generate.js';
export type { LeakedForm, LeakedSecrets } from './leaked.js';
export type { CrackTime, EntropyEstimate, EntropyPattern, PatternKind, SecretEncoding } from './types.js';
