import { type Duration, parseDuration } from '../../encoding/duration.js';
import type { IssuancePolicy, TokenKind } from '../subject.js';

/** How tokens are issued, with every duration in seconds. What is not said is `undefined`. */
export interface IssuanceFacts {
  readonly path: '/issuance';
  readonly kinds: readonly TokenKind[] | undefined;
  readonly accessTokenLifetime: number | undefined;
  readonly idTokenLifetime: number | undefined;
  readonly refreshToken:
    | {
        /** Seconds; `undefined` when there is none. */
        readonly absoluteLifetime: number | undefined;
        readonly rotation: boolean | undefined;
        readonly stateful: boolean | undefined;
        readonly publicClient: boolean | undefined;
      }
    | undefined;
  /** `false` when keys are never rotated. */
  readonly keyRotation:
    | false
    | {
        readonly every: number | undefined;
        /** Seconds since 1970. */
        readonly lastRotated: number | undefined;
        readonly overlap: number | undefined;
      }
    | undefined;
  readonly revocation: IssuancePolicy['revocation'];
  readonly senderConstrained: boolean | undefined;
  /** How many verifiers there are. */
  readonly verifiers: number | undefined;
  readonly audiences: readonly string[] | undefined;
}

/** Reads an issuance policy. */
export function readIssuance(given: IssuancePolicy): IssuanceFacts {
  const { refreshToken, keyRotation, verifiers } = given;
  return {
    path: '/issuance',
    kinds: given.kinds,
    accessTokenLifetime: seconds(given.accessTokenLifetime),
    idTokenLifetime: seconds(given.idTokenLifetime),
    refreshToken: refreshToken && {
      absoluteLifetime: refreshToken.absoluteLifetime === false ? undefined : seconds(refreshToken.absoluteLifetime),
      rotation: refreshToken.rotation,
      stateful: refreshToken.stateful,
      publicClient: refreshToken.publicClient,
    },
    keyRotation: keyRotation && {
      every: seconds(keyRotation.every),
      lastRotated:
        keyRotation.lastRotated === undefined
          ? undefined
          : Math.floor(new Date(keyRotation.lastRotated).getTime() / 1000),
      overlap: seconds(keyRotation.overlap),
    },
    revocation: given.revocation,
    senderConstrained: given.senderConstrained,
    verifiers: Array.isArray(verifiers) ? verifiers.length : (verifiers as number | undefined),
    audiences: given.audiences,
  };
}

function seconds(given: Duration | undefined): number | undefined {
  return given === undefined ? undefined : parseDuration(given, 'a duration');
}
