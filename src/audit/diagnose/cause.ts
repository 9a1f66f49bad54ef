// What a diagnosis consists of. Messages hold names, lengths and seconds; never a value of the token or of a key.

/** How sure a cause is: seen and enough to fail by itself, very probable, or worth a look. */
export type CauseConfidence = 'certain' | 'likely' | 'possible';

/** The causes a diagnosis knows. Their meaning never changes once released. */
export type CauseId =
  | 'no-token'
  | 'bearer-prefix'
  | 'quotes'
  | 'surrounding-space'
  | 'too-large'
  | 'segments'
  | 'encrypted'
  | 'json-serialization'
  | 'standard-base64'
  | 'padding'
  | 'white-space'
  | 'cut-short'
  | 'trailing-bits'
  | 'foreign-characters'
  | 'percent-encoded'
  | 'double-encoded'
  | 'not-utf8'
  | 'byte-order-mark'
  | 'not-json'
  | 'not-object'
  | 'duplicate-member'
  | 'too-deep'
  | 'algorithm-missing'
  | 'header-malformed'
  | 'critical-header'
  | 'unsigned'
  | 'typ-mismatch'
  | 'algorithm-mismatch'
  | 'key-not-found'
  | 'keys-unavailable'
  | 'key-unusable'
  | 'key-expired'
  | 'pem-not-pkcs8'
  | 'other-key'
  | 'secret-not-decoded'
  | 'secret-decoded'
  | 'secret-white-space'
  | 'signed-with-public-key'
  | 'der-signature'
  | 'hex-signature'
  | 'signature-length'
  | 'signature-mismatch'
  | 'milliseconds'
  | 'date-as-string'
  | 'claim-malformed'
  | 'claim-missing'
  | 'claim-invalid'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'wrong-subject'
  | 'expired'
  | 'clock-drift'
  | 'not-active'
  | 'too-old'
  | 'refused';

/** One reason why a token fails. */
export interface Cause {
  readonly id: CauseId;
  readonly confidence: CauseConfidence;
  /** What is wrong. Nothing of the token or a key is in it. */
  readonly message: string;
  /** How to mend it. */
  readonly remediation: string;
}

const BASE64URL = 'Encode each part once, as Base64url without padding (RFC 7515 §2).';
const WHOLE = 'Send the token as it was issued: three parts and two dots, nothing around them.';
const JSON_OBJECT = 'Write header and claims as one JSON object each, in UTF-8 (RFC 7519 §7.2).';
const CLAIM = 'Have the issuer set the claim as the verifier requires it.';
const CONFIGURED = 'Compare the claim with the configuration of the verifier, character by character.';
const CLOCK = 'Synchronise the clocks (NTP), or allow for the difference with clockTolerance.';
const SECRET = 'Say how the secret is written: key(…).secret({ text }), ({ base64 }), ({ base64url }) or ({ hex }).';
const KEY = 'Compare the key with the one the issuer publishes, and its kid and alg with the header of the token.';

const REMEDIATION: Readonly<Record<CauseId, string>> = {
  'no-token': 'Find out where the token gets lost before it is verified.',
  'bearer-prefix': 'Pass what follows Bearer and the space.',
  quotes: 'Pass the text within the quotes: parse JSON before using it.',
  'surrounding-space': 'Trim the token where it is read.',
  'too-large': 'Put less into the token, or raise maxTokenLength.',
  segments: WHOLE,
  encrypted: 'Decrypt the JWE first (RFC 7516), or have the issuer sign only.',
  'json-serialization': 'Use the compact serialisation (RFC 7515 §7.1).',
  'standard-base64': BASE64URL,
  padding: BASE64URL,
  'white-space': WHOLE,
  'cut-short': WHOLE,
  'trailing-bits': BASE64URL,
  'foreign-characters': WHOLE,
  'percent-encoded': 'Decode the URL or form parameter before using it.',
  'double-encoded': BASE64URL,
  'not-utf8': JSON_OBJECT,
  'byte-order-mark': JSON_OBJECT,
  'not-json': JSON_OBJECT,
  'not-object': JSON_OBJECT,
  'duplicate-member': 'Write each name once (RFC 7519 §4).',
  'too-deep': 'Nest claims less deeply.',
  'algorithm-missing': 'Have the issuer name the algorithm in alg (RFC 7515 §4.1.1).',
  'header-malformed': 'Write kid, typ and cty as strings (RFC 7515 §4.1).',
  'critical-header': 'Have the issuer leave out crit, b64 and zip.',
  unsigned: 'Refuse it: sign tokens, and never accept alg none (RFC 8725 §3.1).',
  'typ-mismatch': 'Check that it is the kind of token meant here; else set type or profile of the verifier.',
  'algorithm-mismatch': 'Give the verifier a key of the algorithm that the issuer signs with.',
  'key-not-found': KEY,
  'keys-unavailable': 'Check that the key set can be fetched and holds the key.',
  'key-unusable': 'Mend the key as the message says.',
  'key-expired': 'Fetch the key set again, and have the issuer sign with a current key.',
  'pem-not-pkcs8': 'Convert it: openssl pkcs8 -topk8 -nocrypt for private keys, openssl rsa -pubout for public ones.',
  'other-key': KEY,
  'secret-not-decoded': SECRET,
  'secret-decoded': SECRET,
  'secret-white-space': 'Trim the secret where it is read.',
  'signed-with-public-key': 'Refuse it as an attack: never use the text of a public key as a secret (RFC 8725 §2.1).',
  'der-signature': "Sign in IEEE P1363 format: dsaEncoding 'ieee-p1363' in Node (RFC 7518 §3.4).",
  'hex-signature': 'Encode the bytes of the signature, not their hexadecimal text.',
  'signature-length': WHOLE,
  'signature-mismatch': `${KEY} If they agree, the token was changed after it was signed.`,
  milliseconds: 'Divide by 1000: a NumericDate is in seconds (RFC 7519 §2).',
  'date-as-string': 'Write the time as a JSON number (RFC 7519 §2).',
  'claim-malformed': CLAIM,
  'claim-missing': CLAIM,
  'claim-invalid': CLAIM,
  'wrong-issuer': CONFIGURED,
  'wrong-audience': CONFIGURED,
  'wrong-subject': CONFIGURED,
  expired: 'Get a new token; where it was issued just now, compare the clocks.',
  'clock-drift': CLOCK,
  'not-active': 'Use the token later; where it should be good by now, compare the clocks.',
  'too-old': 'Get a new token, or raise maxTokenAge.',
  refused: 'Look at what the code stands for: revocation, schema or a source of keys.',
};

/** Makes a cause with the remediation of its id. */
export function cause(id: CauseId, confidence: CauseConfidence, message: string): Cause {
  return { id, confidence, message, remediation: REMEDIATION[id] };
}

/** An English list: `a`, `a and b`. */
export function together(names: readonly string[]): string {
  return names.join(' and ');
}
