import type { JwtErrorCode } from '../errors.js';
import type { AttackContext } from './attack-context.js';

/**
 * What it means to accept an attack:
 * - `forgery`: the issuer never signed these claims. Anybody can be anybody.
 * - `policy`: the issuer signed it, but an RFC requires this verifier to refuse it: expired, for others, not understood.
 * - `robustness`: it is not a token by the RFCs, or made to exhaust the verifier.
 * - `strictness`: the RFCs leave it open; refusing it is jwtight's choice. Accepting it is no failure.
 */
export type AttackClass = 'forgery' | 'policy' | 'robustness' | 'strictness';

/** How much an accepted attack gives away. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** One attack on a verifier, ready to be shown to it. */
export interface Attack {
  /** Stable, in kebab case. */
  readonly id: string;
  /** What is wrong with the token. */
  readonly description: string;
  /** The section or advisory where it is published. */
  readonly reference: string;
  readonly severity: Severity;
  readonly class: AttackClass;
  /** The code of the JwtError that jwtight's verifier answers with. Other libraries have other errors. */
  readonly code: JwtErrorCode;
  /** What is shown to the verifier; a few `robustness` attacks are not even a string, whatever the type says. */
  readonly token: string;
  /** Genuine tokens to show first, for attacks on caches. */
  readonly before: readonly string[];
}

/** A row of the catalogue: an attack and how its token is made. */
export interface AttackRow extends Omit<Attack, 'code' | 'token' | 'before'> {
  readonly code: JwtErrorCode | ((context: AttackContext) => JwtErrorCode);
  /** Whether there is such an attack on this algorithm; on every one, by default. */
  readonly fits?: (context: AttackContext) => boolean;
  readonly make: (context: AttackContext) => unknown;
  readonly before?: (context: AttackContext) => readonly string[];
}

type Shared = Partial<Omit<AttackRow, 'id' | 'description' | 'make'>>;

/** Rows that share what is given once. */
export function attackRows(
  shared: Shared,
  rows: readonly (Shared & Pick<AttackRow, 'id' | 'description' | 'make'>)[],
): AttackRow[] {
  return rows.map((row) => ({ ...shared, ...row }) as AttackRow);
}

/** Makes the attacks that fit. */
export async function makeAttacks(rows: readonly AttackRow[], context: AttackContext): Promise<Attack[]> {
  return Promise.all(
    rows
      .filter(({ fits }) => fits?.(context) ?? true)
      .map(async ({ make, before, code, fits: _, ...described }) => ({
        ...described,
        code: typeof code === 'function' ? code(context) : code,
        token: (await make(context)) as string,
        before: before?.(context) ?? [],
      })),
  );
}
