export type {
  BodyReader,
  FetchedResponse,
  FetchFunction,
  PlatformAbortSignal,
  ReadableBody,
  ReadableHeaders,
  StructuralAbortSignal,
} from './fetch-json.js';
export { type IssuerOptions, issuerKeys } from './issuer.js';
export type { JwkSet, SkippedKey } from './jwk-set.js';
export type { KeySetStatus, RemoteKeySource } from './kept-keys.js';
export { createKeyRing, type KeyRing, type RingKeyStatus } from './key-ring.js';
export type { KeyRingOptions, KeyRingSettings } from './key-ring-options.js';
export type { RingSchedule } from './key-ring-state.js';
export { type KeyRingStore, memoryKeyRingStore, type StoredKeyRing } from './key-ring-store.js';
export { type LocalKeySource, localJwks } from './local.js';
export { jwksHeaders, publishJwks } from './publish.js';
export { type KeySetLoader, remoteJwks } from './remote.js';
export type { KeySetCache, KeySetEvent, RemoteOptions, RemoteSettings } from './remote-options.js';
