// Numbers of cards and of people: by format and, where there is one, by checksum.

/** The checksum of ISO/IEC 7812-1, annex B. */
export function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay: prefix and length. */
const BRANDS =
  /^(4\d{15}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(011|5\d\d|4[4-9]\d|2\d\d)\d{12}|3(0[0-5]|[68]\d)\d{11}|35(2[89]|[3-8]\d)\d{12})$/;

/** Groups as they are printed on cards, or none. */
const GROUPS = /^\d{4}([ -]?)(\d{4}\1\d{4}\1\d{4}|\d{6}\1\d{4,5})$/;

/** Whether a text is the number of a payment card. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  return GROUPS.test(text) && BRANDS.test(digits) && isLuhn(digits);
}

/** The sum of digits, each times its weight; weights repeat. */
function weighted(digits: string, weights: readonly number[]): number {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * weights[i % weights.length]!, 0);
}

/** The last digit of a Brazilian CPF's first 10 or 11. */
function closesCpf(digits: string): boolean {
  const length = digits.length;
  const sum = [...digits.slice(0, -1)].reduce((total, digit, i) => total + Number(digit) * (length - i), 0);
  return ((sum * 10) % 11) % 10 === Number(digits[length - 1]);
}

/** ISO/IEC 7064, MOD 11,10. */
function isMod1110(digits: string): boolean {
  const product = [...digits.slice(0, -1)].reduce(
    (state, digit) => (((Number(digit) + state) % 10 || 10) * 2) % 11,
    10,
  );
  return (11 - product) % 10 === Number(digits.at(-1));
}

interface Identity {
  /** The claim's name as `Member.name` has it. */
  readonly name: RegExp;
  /** The number without spaces, dots, dashes and slashes, in upper case. */
  readonly format: RegExp;
  readonly check?: (number: string) => boolean;
}

const IDENTITIES: readonly Identity[] = [
  // USA: areas 000, 666 and 9xx, group 00 and serial 0000 are not given out.
  { name: /^(ssn|socialsecurity(number|no)?)$/, format: /^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$/ },
  // United Kingdom
  { name: /^(nino|nationalinsurance(number|no)?)$/, format: /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/ },
  // Canada
  { name: /^(sin|socialinsurance(number|no)?)$/, format: /^[1-9]\d{8}$/, check: isLuhn },
  // Sweden
  {
    name: /^(personnummer|personalnumber)$/,
    format: /^(\d\d)?\d\d[01]\d[0-3]\d\d{4}$/,
    check: (n) => isLuhn(n.slice(-10)),
  },
  // Netherlands
  {
    name: /^(bsn|burgerservicenummer)$/,
    format: /^(?!0{9})\d{9}$/,
    check: (n) => weighted(n, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  // Brazil
  { name: /^cpf$/, format: /^(\d)(?!\1{10})\d{10}$/, check: (n) => closesCpf(n.slice(0, 10)) && closesCpf(n) },
  // Spain
  {
    name: /^(dni|nie|nif)$/,
    format: /^[XYZ\d]\d{7}[A-Z]$/,
    check: (n) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[Number(`${'XYZ'.indexOf(n[0]!)}`.replace('-1', n[0]!) + n.slice(1, 8)) % 23] === n[8],
  },
  // France: Corsica's departments 2A and 2B count as 19 and 18.
  {
    name: /^(nir|insee|numerosecuritesociale|numerosecu)$/,
    format: /^[12]\d{4}(\d\d|2[AB])\d{8}$/,
    check: (n) => 97 - (Number(n.slice(0, 13).replace('2A', '19').replace('2B', '18')) % 97) === Number(n.slice(13)),
  },
  // Poland
  { name: /^pesel$/, format: /^\d{11}$/, check: (n) => weighted(n, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 },
  // Germany
  { name: /^(steuerid|steueridentifikationsnummer|idnr)$/, format: /^[1-9]\d{10}$/, check: isMod1110 },
  // Any country: ICAO Doc 9303 allows nine letters and digits. Most are digits; a word with one is none.
  { name: /^passport(number|no)?$/, format: /^(?=([A-Z]*\d){5})[A-Z\d]{6,9}$/ },
];

/** Whether a claim is the number by which a state knows a person: name, format and checksum agree. */
export function isGovernmentId(name: string, text: string): boolean {
  const number = text.replace(/[\s./-]/g, '').toUpperCase();
  return IDENTITIES.some(
    (identity) => identity.name.test(name) && identity.format.test(number) && (identity.check?.(number) ?? true),
  );
}
