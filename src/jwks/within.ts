import type { PlatformAbortSignal } from './fetch-json.js';
import { unavailable } from './unavailable.js';

/**
 * Runs a task for at most so many seconds. Its signal aborts then, but a task that ignores it is not waited for.
 *
 * @throws JwtError `ERR_JWT_KEYS_UNAVAILABLE` when the time is up.
 */
export async function within<T>(seconds: number, task: (signal: PlatformAbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(unavailable(`the key set did not arrive within ${seconds} seconds`));
      controller.abort();
    }, seconds * 1000);
  });
  try {
    return await Promise.race([task(controller.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
