// Written by hand: what people put into a JWT_SECRET when they do not make a random one.

/** The 64 commonest. */
export const TOP_WORDS: string =
  'a an the i my your our me it this that is be in on of to for and not no do don only at as with use you one secret key ' +
  'token jwt auth app api password change changeme super very long random production prod dev test local default example ' +
  'sign signing session access user admin secure strong string please must here with';

/** Function words, which mark running English, and words of secrets, configuration, and the trade. */
export const CORE_WORDS: string =
  'by he if or so up us we all any are but can did get had has her him his how its let may new now off old out own say ' +
  'see she too two was who why yes been does from have into just like make many more most much need over same some such ' +
  'take than them then they time want well were what when will about after again could every first never other shall ' +
  'should their there think until where which while would because before always love good ' +
  'passwd pass pwd changeit credential credentials passphrase development staging sample demo ultra mega private public security safe value text data root ' +
  'login refresh cookie server client service web site website backend frontend project company corp inc ltd tech labs group team system ' +
  'master main base code hash salt signature verify encrypt encryption crypto cipher hmac sha md5 hex bits bit byte least ' +
  'chars characters minimum length env environment config variable placeholder replace put insert enter set todo ' +
  'real really something temp tmp hello world foo bar baz lorem ipsum hidden insecure unsafe node express nest ' +
  'next react django flask laravel spring rails fastapi mongo redis postgres mysql docker aws google github json ' +
  'com version uuid number name account store shop blog chat bot game cloud bank pay abc xyz qwertyuiopasdfghjklzxcvbnm ' +
  'iloveyou welcome letmein deadbeef cafebabe';

/** Whole secrets from documentation and starter projects, beyond what the words above cover. */
export const KNOWN_SECRETS: string =
  'secret|your-256-bit-secret|your-384-bit-secret|your-512-bit-secret|a-string-secret-at-least-256-bits-long|' +
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long|' +
  'super-secret-jwt-token-with-at-least-32-characters-long|keyboard cat|shhhhh|shhhhhhared-secret|s3cr3t|' +
  'thisisasecret|mysecretkey|my_jwt_secret|supersecretkey|topsecret|your_jwt_secret|jwt_secret_key|secretkey|' +
  'ThisTokenIsNotSoSecretChangeIt|!ChangeMe!|!ChangeThisMercureHubJWTSecretKey!|' +
  'SecretKey012345678901234567890123456789012345678901234567890123456789';

/** Fixed beginnings that issuers and tools put before the random part. */
export const LABELS: string =
  'sk_live_|sk_test_|pk_live_|pk_test_|rk_live_|whsec_|ghp_|gho_|ghs_|github_pat_|glpat-|xoxb-|xoxp-|sk-|npm_|pypi-|' +
  'AKIA|SG.|hvs.|base64:|hex:|0x|django-insecure-|sha256:|key-|sbp_|dop_v1_|shpat_|re_|phc_';
