/**
 * Keeps on disk what analyses found, by a key of all that it depends on, so that a workspace need not be compiled again
 * after a restart.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { DiskCache } from "./diskCache.js";

export class ResultCache {
  readonly #cache: DiskCache | undefined;
  readonly #program: string;

  /** `folder`: absolute path, made when it is needed; undefined: nothing is kept. `program`: a text that changes with the program's code. */
  constructor(folder: string | undefined, program: string) {
    this.#cache = folder === undefined ? undefined : new DiskCache(path.join(folder, "editor"));
    this.#program = program;
  }

  /** What was kept under the key, or undefined. */
  async get(key: string): Promise<unknown> {
    return await this.#cache?.get(this.#keyOf(key));
  }

  /** Keeps a value that JSON can hold under the key. */
  async put(key: string, value: unknown): Promise<void> {
    await this.#cache?.put(this.#keyOf(key), value);
  }

  /** See DiskCache. */
  async prune(): Promise<void> {
    await this.#cache?.prune();
  }

  /** What another version of the program found is never read. */
  #keyOf(key: string): string {
    return createHash("sha256").update(`${this.#program}\n${key}`).digest("hex");
  }
}
