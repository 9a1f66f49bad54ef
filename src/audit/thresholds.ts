// The numbers that are policy, not standard. A profile is a row of changes to the default ones.

import type { AuditProfile } from './profile.js';

const HOUR = 3600;
const DAY = 86_400;

/** Limits in seconds unless their name says otherwise. Beyond a limit the finding has the severity of the same name. */
export interface Thresholds {
  /** Life of an access token, from iat to exp. */
  readonly accessLife: {
    readonly medium: number;
    readonly high: number;
    readonly highRisk: number;
    readonly critical: number;
  };
  /** Life of an ID token. */
  readonly idLife: { readonly low: number; readonly medium: number };
  /** Life of an access token that counts as short: no revocation is asked for below it. */
  readonly shortLife: number;
  /** Time between rotations of a signing key. */
  readonly rotation: { readonly low: number; readonly medium: number; readonly high: number };
  /** Clock tolerance of a verifier. */
  readonly clockTolerance: { readonly low: number; readonly medium: number; readonly high: number };
  /** How far ahead of now iat and nbf may lie. */
  readonly clockSkew: number;
  /** Time a verifier may keep a JWKS. */
  readonly jwksAge: number;
  /** Names in aud. */
  readonly audiences: number;
  /** Bytes of a payload, and of one string in it. */
  readonly payloadBytes: number;
  readonly stringBytes: number;
}

const DEFAULT: Thresholds = {
  accessLife: { medium: HOUR, high: DAY, highRisk: 30 * DAY, critical: 365 * DAY },
  idLife: { low: HOUR, medium: DAY },
  shortLife: 15 * 60,
  rotation: { low: 90 * DAY, medium: 365 * DAY, high: 730 * DAY },
  clockTolerance: { low: 60, medium: 300, high: HOUR },
  clockSkew: 60,
  jwksAge: DAY,
  audiences: 5,
  payloadBytes: 2048,
  stringBytes: 512,
};

/** The thresholds of each profile. */
export const THRESHOLDS: Readonly<Record<AuditProfile, Thresholds>> = {
  default: DEFAULT,
  'asvs-l2': { ...DEFAULT, accessLife: { ...DEFAULT.accessLife, medium: HOUR / 2 } },
  // FAPI 2.0 Security Profile §5.3.2.1: JWTs up to 10 s ahead are accepted, more than 60 s ahead refused.
  fapi2: { ...DEFAULT, accessLife: { ...DEFAULT.accessLife, medium: HOUR / 2 } },
  hipaa: { ...DEFAULT, accessLife: { ...DEFAULT.accessLife, medium: HOUR / 2, high: 8 * HOUR } },
};
