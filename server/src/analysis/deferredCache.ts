/** A cache whose new entries are written once there is time: to write takes a processor from the compilers. */
import type { ResultCache } from "./resultCache.js";

/** Sites that wait to be written, half a kilobyte each: more than these are written at once. */
const siteLimit = 50_000;

export class DeferredCache {
  readonly #cache: ResultCache;
  #waiting: { readonly key: string; readonly sites: readonly unknown[] }[] = [];
  #size = 0;

  constructor(cache: ResultCache) {
    this.#cache = cache;
  }

  /** What was kept under the key and is written, or undefined. */
  async get(key: string): Promise<unknown> {
    return await this.#cache.get(key);
  }

  /** Keeps sites under the key, from the next `flush` on at the latest. */
  async put(key: string, sites: readonly unknown[]): Promise<void> {
    if (this.#size + sites.length > siteLimit) {
      await this.#cache.put(key, sites);
      return;
    }
    this.#size += sites.length;
    this.#waiting.push({ key, sites });
  }

  /** Writes what waits, and makes room for it. Never rejects. */
  async flush(): Promise<void> {
    const waiting = this.#waiting;
    [this.#waiting, this.#size] = [[], 0];
    for (const { key, sites } of waiting) await this.#cache.put(key, sites);
    await this.#cache.prune();
  }
}
