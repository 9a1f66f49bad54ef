export type { FetchedResponse, FetchFunction, PlatformAbortSignal, StructuralAbortSignal } from './fetch-json.js';
export { type IssuerOptions, issuerKeys } from './issuer.js';
export type { JwkSet, SkippedKey } from './jwk-set.js';
export type { KeySetStatus, RemoteKeySource } from './kept-keys.js';
export { type LocalKeySource, localJwks } from './local.js';
export { jwksHeaders, publishJwks } from './publish.js';
export { type KeySetLoader, remoteJwks } from './remote.js';
export type { KeySetCache, KeySetEvent, RemoteOptions, RemoteSettings } from './remote-options.js';
