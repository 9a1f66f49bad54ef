// Secrets that stand in documentation, tutorials and public lists, the commonest first: what an attacker tries first.
// Sources: the samples of jwt.io, the defaults of frameworks, and wallarm/jwt-secrets (MIT). One of them is empty.

export const CANDIDATES: readonly string[] = (
  'secret|your-256-bit-secret|a-string-secret-at-least-256-bits-long|your-384-bit-secret|your-512-bit-secret|' +
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long||' +
  'super-secret-jwt-token-with-at-least-32-characters-long|' +
  'SecretKey012345678901234567890123456789012345678901234567890123456789|' +
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7|!ChangeThisMercureHubJWTSecretKey!|' +
  'your_secret_key_here|your_jwt_secret_key|change-this-secret|my_super_secret_key|mysupersecretkey|' +
  'super-secret-key|super_secret_key|shhhhhhared-secret|thisisasecretkey|thisismysecretkey|this is a secret|' +
  'qwertyuiopasdfghjklzxcvbnm123456|abcdefghijklmnopqrstuvwxyz|12345678901234567890123456789012|' +
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|ThisTokenIsNotSoSecretChangeIt|gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr9C|' +
  'GQDstcKsx0NHjPOuXOYg5MbeJ1XT0uFiwDVvVBrk|YOUR_SECRET_HERE|super-secret-password|mysecretpassword|' +
  'my-32-character-ultra-secure-and-ultra-long-secret|' +
  'THIS IS USED TO SIGN AND VERIFY JWT TOKENS, REPLACE IT WITH YOUR OWN SECRET, IT CAN BE ANY STRING|' +
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970|bezKoderSecretKey|bezkoder-secret-key|secretkey|' +
  'secretKey|secret_key|secret-key|SECRET_KEY|secret123|mysecret|my-secret|my_secret|mysecretkey|my-secret-key|' +
  'my_secret_key|mySecretKey|MySecretKey|supersecret|super-secret|super_secret|supersecretkey|superSecretKey|' +
  'topsecret|verysecret|your-secret-key|your_secret_key|your-secret|your_secret|yoursecret|your_jwt_secret|' +
  'your-jwt-secret|your-jwt-secret-key|your-secret-key-here|your-super-secret-key|your-super-secret-jwt-key|' +
  'your-super-secret-jwt-token-with-at-least-32-characters-long|your-secret-key-change-in-production|' +
  'your-super-secret-jwt-key-change-this-in-production|change-me|changeme|change_me|changeit|changethis|change-this|' +
  'changeMe|!ChangeMe!|jwt|jwtsecret|jwt-secret|jwt_secret|jwtSecret|JWT_SECRET|jwtsecretkey|jwt_secret_key|' +
  'jwt-secret-key|jwtkey|jwt_key|token|token_secret|TOKEN_SECRET|access_token_secret|ACCESS_TOKEN_SECRET|' +
  'refresh_token_secret|key|shhhhh|shhhh|thisisasecret|this_is_a_secret|this is my secret key|this-is-a-secret-key|' +
  'thisismysecret|somesecret|some-secret|some secret|sharedsecret|shared-secret|password|Password1|password123|' +
  'P@ssw0rd|passw0rd|admin|admin123|user|test|test123|testsecret|test-secret|test_secret|testing|demo|dev|' +
  'dev-secret|dev-secret-key|development|default|defaultsecret|default_secret|example|sample|foo|bar|foobar|qwerty|' +
  'abc123|abcdef|1234|12345|123456|12345678|123456789|1234567890|letmein'
).split('|');

/** Published secrets that are bytes, in Base64url. */
export const PUBLISHED_KEYS: readonly string[] = [
  // RFC 7515 §A.1, which is also the second of RFC 7517 §A.3
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  // RFC 7520 §3.5
  'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg',
  // The hexadecimal one above, as tutorials of Spring decode it: as Base64
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970',
];

/** The first 8 hexadecimal digits of the MD5 of each of the first list: WebCrypto has no MD5. */
export const MD5: string =
  '5ebe2294b02c735bed9a46cf7330eccd209baf022b17022cd41d8cd92a60121fc1419ea3f7dd0617701c45a1d512fed41b283feb1d8adbaf' +
  'cf50b7fc07dfaae4378e56fc720bd2764e8128778f32dfc6fcb131987dbbcee1e7c94eb7c3fcd3d7767179c75eca9bd3cb8f190163ab1554' +
  'a172bf381a17f13ce8ffbb3d4cab2a2d488c099a908a4136f4e7db958262ccd2f6503bb3610a2ee6ce65685073eeac3f33b9b3de5a8d2d73' +
  '5d7845ac06c219e5935571b86b0505a434d2e425455a0595c01d06fd11538a7684b7b7579a6182480682f007fa2bf646d8554966634b3d41' +
  'ea847988b295ab91826657a95dd6f4b81ec2cbc1f5c20a6b45375bce4412c88cba90093e3fa68be094d6f8e912ea096ed4d48061cf518ece' +
  '37c5494a86311b360f0bf2564cb9c8a8bbbb2edeb91cd1a5925ad26752a93cfef603965f93dc9218cfd61b8a3baa2d1c6e57eeb0c728181f' +
  'cc2c1037bfbf094b9f419415c1f1b5c04004e5b23451f7d09182e15a94a08da1aeeb5bf79e1bb2ff8221d7cf030ad32419f8e9773c6e0b8a' +
  '8a34ef0b4e17be931ccd6af406fc34ed95d8ac534dac9b3a004acee63e2a64a80f650720689f843c5d969fa1b2641cf75f4dcc3b2ac9cb7d' +
  '482c811d161ebd7dbed1283621232f290192023aee11cbb1098f6bcdcc03e747217df19d2318ed02e989d46fae2b1fcafe01ce2ae77989ed' +
  'eaac43dd4da93c4c759b74cec21f969b06d0b2182b99fb411a79a4d65e8ff9bfacbd18db37b51d193858f622d8578edfe99a18c4e80b5017' +
  '81dc9bdb827ccb0ee10adc3925d55ad225f9e794e807f1fc0d107d09';
