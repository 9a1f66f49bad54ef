import { setTimeout as delay } from 'node:timers/promises';

/** Tries again until it does not throw; what it threw last when the time is up. */
export async function until<T>(action: () => Promise<T>, milliseconds: number): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(50);
    }
  }
}
