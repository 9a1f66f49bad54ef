import type { VerificationKeys } from '../jws/key-source.js';
import type { VerifierPolicy } from '../jwt/policy.js';
import { accessToken, clientAssertion, dpopProof, idToken, logoutToken, type Profile } from '../jwt/profiles.js';
import { unchecked } from '../jwt/unchecked.js';
import { createVerifier, type Verifier } from '../jwt/verifier.js';
import type { Arguments, OptionTable } from './arguments.js';
import { usage } from './exit.js';
import type { Io } from './io.js';

const PROFILES: Readonly<Record<string, Profile>> = {
  'access-token': accessToken,
  'id-token': idToken,
  'client-assertion': clientAssertion,
  'logout-token': logoutToken,
  'dpop-proof': dpopProof,
};

const PROFILE_NAMES = Object.keys(PROFILES);

/** The kind of a token. */
export const PROFILE_OPTION: OptionTable = {
  profile: { value: 'KIND', help: `what kind of token it is: ${PROFILE_NAMES.join(', ')}` },
};

/** What a verifier checks. */
export const POLICY_OPTIONS: OptionTable = {
  issuer: { value: 'TEXT', help: 'who must have issued the token: iss, compared exactly' },
  audience: {
    value: 'TEXT',
    multiple: true,
    help: 'whom it must be for: aud must name it; several times for any of them',
  },
  'unchecked-issuer': { help: 'accept any issuer' },
  'unchecked-audience': { help: 'accept any audience' },
  'unchecked-expiry': { help: 'accept tokens without exp; one that is there is still checked' },
  subject: { value: 'TEXT', help: 'whom it must be about: sub, compared exactly' },
  ...PROFILE_OPTION,
  type: { value: 'TYP', help: "the typ its header must have; JWT or none by default, or the profile's" },
  'require-claim': { value: 'NAME', multiple: true, help: 'a claim that must be there' },
  'clock-tolerance': { value: 'DURATION', help: 'how far clocks may be apart: 60s by default' },
  'max-token-age': { value: 'DURATION', help: 'how long ago it may have been issued' },
};

/** The profile of `--profile`. */
export function readProfile(args: Arguments): Profile | undefined {
  const name = args.oneOf('profile', PROFILE_NAMES);
  return name === undefined ? undefined : PROFILES[name];
}

/** Whether a policy was given: an issuer and an audience, or that they are not wanted. */
export function hasPolicy(args: Arguments): boolean {
  return ['issuer', 'unchecked-issuer', 'audience', 'unchecked-audience'].some((name) => args.has(name));
}

/** A verifier with the policy of the command line. */
export function readVerifier(args: Arguments, keys: VerificationKeys, io: Io): Verifier {
  const audiences = args.list('audience');
  const options = {
    issuer: checkedOr(args, 'issuer', args.text('issuer')),
    audience: checkedOr(args, 'audience', audiences.length > 0 ? audiences : undefined),
    requireExpiry: args.has('unchecked-expiry') ? unchecked : undefined,
    subject: args.text('subject'),
    profile: readProfile(args),
    type: args.text('type'),
    requiredClaims: args.has('require-claim') ? args.list('require-claim') : undefined,
    clockTolerance: args.seconds('clock-tolerance'),
    maxTokenAge: args.seconds('max-token-age'),
  };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return createVerifier({ ...given, keys, clock: io.clock } as unknown as VerifierPolicy);
}

/** What is to be compared, or `unchecked` where that was said; one of the two must be. */
function checkedOr<T>(args: Arguments, name: 'issuer' | 'audience', value: T | undefined): T | typeof unchecked {
  const option = args.only(name, `unchecked-${name}`);
  if (option === undefined)
    throw usage(
      `pass --${name} ${name === 'issuer' ? 'https://auth.example.com' : 'billing-api'}, or --unchecked-${name} to accept any`,
    );
  return option === name ? value! : unchecked;
}
