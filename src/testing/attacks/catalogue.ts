import type { AttackRow } from '../attack.js';
import { algorithmConfusion } from './algorithm-confusion.js';
import { audiences } from './audiences.js';
import { caches } from './caches.js';
import { claimNames } from './claim-names.js';
import { dates } from './dates.js';
import { encodings } from './encodings.js';
import { headerKeys } from './header-keys.js';
import { headerParameters } from './header-parameters.js';
import { inputs } from './inputs.js';
import { issuers } from './issuers.js';
import { keyIds } from './key-ids.js';
import { knownSecrets } from './secrets.js';
import { serialisations } from './serialisations.js';
import { signatures } from './signatures.js';
import { sizes } from './sizes.js';
import { unsecured } from './unsecured.js';

/** Every attack there is. */
export function attackCatalogue(): AttackRow[] {
  return [
    unsecured,
    algorithmConfusion,
    knownSecrets,
    keyIds,
    headerKeys,
    signatures,
    caches,
    dates,
    issuers,
    audiences,
    claimNames,
    headerParameters,
    encodings,
    serialisations,
    sizes,
    inputs,
  ].flatMap((group) => group());
}
