// What cannot be read from a token: how keys rotate, how tokens are revoked and kept. Asked for, as the audit takes it.

import type { AuditSubject } from 'jwtight/audit';

type Part = Pick<AuditSubject, 'issuance' | 'storage' | 'environment'>;

export interface Question {
  readonly id: string;
  readonly label: string;
  readonly answers: readonly (readonly [value: string, text: string, part: Part])[];
}

const rotation = (value: string, text: string, every: '30d' | '90d' | '365d') =>
  [value, text, { issuance: { keyRotation: { every } } }] as const;
const revocation = (value: 'none' | 'jti' | 'status-list' | 'token-hash', text: string) =>
  [value, text, { issuance: { revocation: value } }] as const;
const where = (value: 'localStorage' | 'sessionStorage' | 'memory' | 'url', text: string) =>
  [value, text, { storage: { where: value } }] as const;
const source = (value: 'code' | 'env' | 'file' | 'vault', text: string) =>
  [value, text, { environment: { secretSource: value } }] as const;

/** Leaving a question open is an answer too: the audit then says that it does not know. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'rotation',
    label: 'Keys rotate',
    answers: [
      ['never', 'never', { issuance: { keyRotation: false } }],
      rotation('30d', 'every 30 days', '30d'),
      rotation('90d', 'every 90 days', '90d'),
      rotation('365d', 'once a year', '365d'),
    ],
  },
  {
    id: 'revocation',
    label: 'Revoked by',
    answers: [
      revocation('none', 'nothing'),
      revocation('jti', 'jti'),
      revocation('status-list', 'a status list'),
      revocation('token-hash', 'a hash of the token'),
    ],
  },
  {
    id: 'storage',
    label: 'The browser keeps it in',
    answers: [
      [
        'cookie',
        'a __Host- cookie, HttpOnly',
        {
          storage: {
            where: 'cookie',
            cookie: { name: '__Host-token', httpOnly: true, secure: true, sameSite: 'Strict' },
          },
        },
      ],
      where('memory', 'memory'),
      where('localStorage', 'localStorage'),
      where('sessionStorage', 'sessionStorage'),
      where('url', 'the URL'),
    ],
  },
  {
    id: 'source',
    label: 'The key comes from',
    answers: [
      source('vault', 'a vault'),
      source('file', 'a file'),
      source('env', 'the environment'),
      source('code', 'the code'),
    ],
  },
];

/** The parts of the subject that these answers describe; ids that nobody gave are left out. */
export function practiceOf(answers: Readonly<Record<string, string>>): Part {
  const parts = QUESTIONS.flatMap(({ id, answers: known }) =>
    known.filter(([value]) => value === answers[id]).map(([, , part]) => part),
  );
  const issuance = Object.assign({}, ...parts.map((part) => part.issuance ?? {})) as NonNullable<Part['issuance']>;
  return { ...Object.assign({}, ...parts), ...(Object.keys(issuance).length > 0 && { issuance }) };
}
