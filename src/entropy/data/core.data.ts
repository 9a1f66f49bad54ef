// Written by hand: what people put into a JWT_SECRET when they do not make a random one.

/** Function words, the mark of running English. */
export const FUNCTION_WORDS: string =
  'a i an as at be by do go he if in is it me my no of on or so to up us we all and any are but can did for get had has ' +
  'her him his how its let may new not now off old one our out own say see she the too two use was way who why yes you ' +
  'your been does down each even from have here into just like made make many more most much must need only over same ' +
  'some such take than that them then they this time very want well were what when will with about after again could ' +
  'every first never other shall should their there these thing think those under until where which while would people ' +
  'because before between without through love know good great last long little';

/** Words of secrets, configuration, and the trade. */
export const SECRET_WORDS: string =
  'secret key token jwt password passwd pass pwd auth api app my change changeme changeit test dev prod production ' +
  'development staging local default example sample demo super ultra mega top private public secure security safe strong ' +
  'random string value text data user admin root login access refresh session cookie server client service web site ' +
  'website backend frontend project company corp inc team system master main base code hash salt sign signing signature ' +
  'verify encrypt encryption crypto cipher hmac sha md5 hex bits bytes bit byte long least characters minimum length ' +
  'env environment config variable placeholder replace put insert enter here set please todo fixme real really something ' +
  'temp temporary tmp hello world foo bar baz qux lorem ipsum hidden insecure unsafe please node express nest next react ' +
  'django flask laravel spring symfony rails fastapi mongo redis postgres mysql docker aws google github json http https ' +
  'com org net www version id uuid number name email account manager store shop blog chat bot game mobile cloud online ' +
  'digital bank pay payment order ' +
  'january february march april june july august september october november december summer winter spring autumn monday ' +
  'friday sunday abc xyz qwerty asdf zxcv iloveyou welcome letmein monkey dragon deadbeef cafebabe';

/** Whole secrets from documentation and starter projects, beyond what the words above cover. */
export const KNOWN_SECRETS: string =
  'secret|your-256-bit-secret|your-384-bit-secret|your-512-bit-secret|a-string-secret-at-least-256-bits-long|' +
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long|' +
  'super-secret-jwt-token-with-at-least-32-characters-long|keyboard cat|shhhhh|shhhhhhared-secret|s3cr3t|' +
  'thisisasecret|mysecretkey|my_jwt_secret|supersecretkey|topsecret|your_jwt_secret|jwt_secret_key|secretkey|' +
  'ThisTokenIsNotSoSecretChangeIt|!ChangeMe!|!ChangeThisMercureHubJWTSecretKey!|' +
  'SecretKey012345678901234567890123456789012345678901234567890123456789|' +
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7|' +
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow';

/** Fixed beginnings that issuers and tools put before the random part. */
export const LABELS: string =
  'sk_live_|sk_test_|pk_live_|pk_test_|rk_live_|whsec_|ghp_|gho_|ghs_|github_pat_|glpat-|xoxb-|xoxp-|sk-|npm_|pypi-|' +
  'AKIA|SG.|hvs.|base64:|hex:|0x|django-insecure-|sha256:|key-|sbp_|dop_v1_|shpat_|re_|phc_';
