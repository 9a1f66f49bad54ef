// Throw-away keys: one whose public half the key server of the run publishes, and one of somebody else.

export const SERVED_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Pei1puoBARPDs9PgsGuHlH4h8Xglp943heTYW9ZHthY',
  y: 'ZabVZ8SJ1RycxEU0ZjSZByzod7P0HeTg3wITIl3qLuU',
  d: 'Pzc4IIBtBhiocFI8IXO-FC-s_oKNPLSRFgCDcnlR6O4',
} as const;

export const FOREIGN_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: '1ZBCZnq5sWLFROrdSQMJAfxXSkVa7teRwCqHNIAZOdg',
  y: 'bC6_yplCGk-YglaVULi0oToCnwStAJ9ZVsj9o92RV88',
  d: '8Gr9TEH8eORcHqJZwobSbEK-nnGKp4kpu13-O-QkDMc',
} as const;
