// The one algorithm table. Every other file asks here what an algorithm needs.

/** HMAC with SHA-2 (RFC 7518 §3.2). */
export type HmacAlgorithm = 'HS256' | 'HS384' | 'HS512';
/** RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518 §3.3, §3.5). */
export type RsaAlgorithm = 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512';
/** ECDSA on the NIST curves (RFC 7518 §3.4). */
export type EcAlgorithm = 'ES256' | 'ES384' | 'ES512';
/** Edwards curve 25519: `Ed25519` (RFC 9864) and its older, polymorphic name `EdDSA` (RFC 8037). */
export type EdAlgorithm = 'Ed25519' | 'EdDSA';
/** The post-quantum signatures of FIPS 204, where the runtime has them. */
export type MlDsaAlgorithm = 'ML-DSA-44' | 'ML-DSA-65' | 'ML-DSA-87';
/** Algorithms with a private and a public key. */
export type AsymmetricAlgorithm = RsaAlgorithm | EcAlgorithm | EdAlgorithm | MlDsaAlgorithm;
/** Every signature algorithm jwtight knows. `none` is not among them. */
export type Algorithm = HmacAlgorithm | AsymmetricAlgorithm;

/** The parameters WebCrypto wants, for importing, generating and using a key alike. */
export interface WebCryptoParameters {
  readonly name: string;
  readonly hash?: string;
  readonly namedCurve?: string;
  readonly saltLength?: number;
}

/** What an algorithm needs of a key and of a signature. */
export interface AlgorithmRow {
  /** The JWK key type, `kty` (RFC 7518 §6.1). */
  readonly keyType: 'oct' | 'RSA' | 'EC' | 'OKP' | 'AKP';
  /** The JWK curve, `crv`, of elliptic keys. */
  readonly curve?: string;
  /** Least size in bits of an HMAC key or an RSA modulus (RFC 7518 §3.2, §3.3). */
  readonly minimumBits?: number;
  /** Length of every signature in bytes; an RSA signature is as long as its modulus. */
  readonly signatureBytes?: number;
  readonly parameters: WebCryptoParameters;
}

function hmac(bits: number): AlgorithmRow {
  return {
    keyType: 'oct',
    minimumBits: bits,
    signatureBytes: bits / 8,
    parameters: { name: 'HMAC', hash: `SHA-${bits}` },
  };
}

function rsa(name: string, bits: number): AlgorithmRow {
  return {
    keyType: 'RSA',
    minimumBits: 2048,
    // RFC 7518 §3.5: the salt is as long as the hash. PKCS#1 v1.5 has no salt and ignores it.
    parameters: { name, hash: `SHA-${bits}`, saltLength: bits / 8 },
  };
}

function ecdsa(curve: string, bits: number, signatureBytes: number): AlgorithmRow {
  return {
    keyType: 'EC',
    curve,
    signatureBytes,
    parameters: { name: 'ECDSA', namedCurve: curve, hash: `SHA-${bits}` },
  };
}

function ed25519(): AlgorithmRow {
  return { keyType: 'OKP', curve: 'Ed25519', signatureBytes: 64, parameters: { name: 'Ed25519' } };
}

// RFC 9964 calls the key type AKP; the sizes are those of FIPS 204, table 2.
function mlDsa(name: string, signatureBytes: number): AlgorithmRow {
  return { keyType: 'AKP', signatureBytes, parameters: { name } };
}

export const ALGORITHMS: Readonly<Record<Algorithm, AlgorithmRow>> = {
  HS256: /* @__PURE__ */ hmac(256),
  HS384: /* @__PURE__ */ hmac(384),
  HS512: /* @__PURE__ */ hmac(512),
  RS256: /* @__PURE__ */ rsa('RSASSA-PKCS1-v1_5', 256),
  RS384: /* @__PURE__ */ rsa('RSASSA-PKCS1-v1_5', 384),
  RS512: /* @__PURE__ */ rsa('RSASSA-PKCS1-v1_5', 512),
  PS256: /* @__PURE__ */ rsa('RSA-PSS', 256),
  PS384: /* @__PURE__ */ rsa('RSA-PSS', 384),
  PS512: /* @__PURE__ */ rsa('RSA-PSS', 512),
  ES256: /* @__PURE__ */ ecdsa('P-256', 256, 64),
  ES384: /* @__PURE__ */ ecdsa('P-384', 384, 96),
  ES512: /* @__PURE__ */ ecdsa('P-521', 512, 132),
  Ed25519: /* @__PURE__ */ ed25519(),
  EdDSA: /* @__PURE__ */ ed25519(),
  'ML-DSA-44': /* @__PURE__ */ mlDsa('ML-DSA-44', 2420),
  'ML-DSA-65': /* @__PURE__ */ mlDsa('ML-DSA-65', 3309),
  'ML-DSA-87': /* @__PURE__ */ mlDsa('ML-DSA-87', 4627),
};

/** Whether the value names an algorithm of the table; inherited names such as `__proto__` do not. */
export function isAlgorithm(name: unknown): name is Algorithm {
  return typeof name === 'string' && Object.hasOwn(ALGORITHMS, name);
}
