// Public keys whose private halves are published: the first 16 characters of their RFC 7638 thumbprints.

export const KNOWN_KEYS: readonly string[] = [
  // RFC 7515 appendices A.2, A.3 and A.4
  'IsUn6_e04MaShXFI',
  'oKIywvGUpTVTyxMQ',
  'u5YUSjQ2-2chBi51',
  // RFC 7517 appendices A (both keys), B and C.1; RFC 7638 §3.1 has the second again
  'cn-I_WNMClehiVp5',
  'NzbLsXh8uDCcd-6M',
  'DdsFv-2-wgcPoDcy',
  'D8R4-FeTJfzuDUy8',
  // RFC 7520 §3.3, §3.1, §5.4 and §5.5
  '9jg46WB3rR_AHD-E',
  'dHri3SADZkrush5H',
  'YlKlB7M2wnS0cPn_',
  'HsSFalww3yP-dO-l',
  // RFC 8037 appendix A, which is also the first test of RFC 8032 §7.1; the second, third and 1024-byte one
  'kPrK_qmxVWaYVA9w',
  'FtIu-VbGrfe_KB6C',
  'FVV5umTuau890q59',
  'lZI1vM7tnlYapaF5',
  // RFC 9449 §4.1
  '0ZcOCORZNYy-DWpq',
  // The sample pairs of jwt.io: RSA, ES256, ES384, ES512
  'oGDmHqCJ7yzMkWEk',
  '19J8y7Zprt2-QKLj',
  'iTqXXI0zbAnJCKDa',
  'xZDfZpry4P9vZPZy',
  // RFC 6979 appendix A.2.5
  'DOvxvJiAdIqVWIkF',
  // The base point of P-256, whose private key is 1
  'xx0BcA-wMohw8atY',
];
