// Key ids that steer the lookup of a key: into files, databases, shells, prototypes and URLs.

import { type AttackRow, attackRows } from '../attack.js';
import { ATTACKER, ATTACKER_SECRET, type AttackContext } from '../attack-context.js';
import { appendHmac } from '../raw-token.js';
import { hmacOf } from './secrets.js';

/** Injections: id, description, reference, kid, and the secret that the lookup then finds. */
const INJECTIONS: readonly (readonly [string, string, string, string, string])[] = [
  [
    'path-traversal',
    'kid leads a file lookup to the empty /dev/null',
    'RFC 8725 §3.10; CWE-22',
    '../../../../../../../../../../dev/null',
    '',
  ],
  [
    'absolute-path',
    'kid names a file whose content is known',
    'RFC 8725 §3.10; CWE-36',
    '/proc/sys/kernel/ostype',
    'Linux\n',
  ],
  [
    'sql',
    'kid makes an SQL query return a secret of its own',
    'RFC 8725 §3.10; CWE-89',
    `x' UNION SELECT '${ATTACKER_SECRET}' -- `,
    ATTACKER_SECRET,
  ],
  [
    'shell',
    'kid makes a shell print a secret of its own',
    'RFC 8725 §3.10; CWE-78',
    `x 2>/dev/null; printf '${ATTACKER_SECRET}'; #`,
    ATTACKER_SECRET,
  ],
  [
    'url',
    'kid is a URL, and the key is fetched from it',
    'RFC 8725 §3.10; CWE-918',
    `${ATTACKER}/secret`,
    ATTACKER_SECRET,
  ],
  ['prototype', 'kid __proto__ finds what every table inherits', 'CWE-1321', '__proto__', '[object Object]'],
  [
    'constructor',
    'kid constructor finds a function every table inherits',
    'CWE-1321',
    'constructor',
    'function Object() { [native code] }',
  ],
  ['unknown-empty', 'an unknown kid, for lookups that fall back to an empty key', 'CVE-2026-44351', 'unknown', ''],
];

/** Attacks by way of `kid`. */
export function keyIds(): AttackRow[] {
  return [...injections(), ...foreignKeys(), ...oddIds()];
}

function injections(): AttackRow[] {
  return attackRows(
    {
      class: 'forgery',
      severity: 'critical',
      code: ({ row }) => (row.keyType === 'oct' ? 'ERR_JWT_KEY_NOT_FOUND' : 'ERR_JWT_ALGORITHM'),
    },
    INJECTIONS.map(([name, description, reference, kid, secret]) => ({
      id: `kid-${name}`,
      description,
      reference,
      make: (c: AttackContext) => {
        const { alg, bits } = hmacOf(c);
        return appendHmac(c.forgedInput({ alg, kid }), secret, bits);
      },
    })),
  );
}

function foreignKeys(): AttackRow[] {
  return attackRows({ class: 'forgery', severity: 'critical', reference: 'RFC 7515 §5.2' }, [
    {
      id: 'attacker-key-genuine-kid',
      description: "signed by the attacker under the issuer's kid",
      code: 'ERR_JWT_SIGNATURE',
      make: (c) => c.signedByAttacker({}),
    },
    {
      id: 'attacker-key-no-kid',
      description: 'signed by the attacker without a kid',
      code: 'ERR_JWT_SIGNATURE',
      make: (c) => c.signedByAttacker({ kid: undefined }),
    },
    {
      id: 'attacker-key-unknown-kid',
      description: 'signed by the attacker under a kid nobody knows, for verifiers that skip what they cannot check',
      code: 'ERR_JWT_KEY_NOT_FOUND',
      make: (c) => c.signedByAttacker({ kid: c.attacker.signing.id }),
    },
  ]);
}

function oddIds(): AttackRow[] {
  const shared = {
    class: 'strictness',
    severity: 'low',
    reference: 'RFC 7515 §4.1.4',
    code: 'ERR_JWT_MALFORMED',
  } as const;
  return attackRows(shared, [
    {
      id: 'kid-unknown',
      description: "the issuer's key under a kid nobody knows; the RFC calls kid a hint",
      code: 'ERR_JWT_KEY_NOT_FOUND',
      make: (c) => c.issued({}, { kid: 'unknown' }),
    },
    { id: 'kid-number', description: 'kid is a number', make: (c) => c.issued({}, { kid: 7 }) },
    { id: 'kid-null', description: 'kid is null', make: (c) => c.issued({}, { kid: null }) },
    { id: 'kid-list', description: 'kid is a list', make: (c) => c.issued({}, { kid: [c.keys.signing.id] }) },
    { id: 'kid-object', description: 'kid is an object', make: (c) => c.issued({}, { kid: {} }) },
  ]);
}
