/**
 * Keeps on disk what analyses found, by a key of all that it depends on, so that nothing need be compiled again after a
 * restart or by the next run.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { DiskCache } from "./diskCache.js";

export class ResultCache {
  readonly #cache: DiskCache | undefined;
  readonly #program: string;

  /**
   * @param folder Absolute path, made when it is needed; undefined: nothing is kept.
   * @param user Whose results these are: each has its own part of the folder, and as much room.
   * @param program A text that changes with the program's code.
   */
  constructor(folder: string | undefined, user: "editor" | "check", program: string) {
    this.#cache = folder === undefined ? undefined : new DiskCache(path.join(folder, user));
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
