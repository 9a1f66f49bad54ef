/**
 * Whether a promise that one request made may be awaited by another. On Cloudflare Workers it may not: the I/O behind
 * it belongs to the request that began it, and ends with it.
 */
export function canShareRequests(): boolean {
  return globalThis.navigator?.userAgent !== 'Cloudflare-Workers';
}
