/**
 * Keeps the sites of compiled variants on disk, by a key of all that they depend on, so that a workspace need not be
 * compiled again after a restart. What cannot be read or written is as if it were not there.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { SiteDraft } from "./fileSites.js";

/** Changes whenever a site's shape or meaning does; beside it, each version of the product has its own entries. */
const schema = 1;

/** Bytes that all entries together may take, and the share of them that is left when they were too many. */
const sizeLimit = 256 * 2 ** 20;
const keptShare = 0.8;

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

export class ResultCache {
  readonly #folder: string;

  /** `folder`: absolute path, made when it is needed. `version`: of the product. */
  constructor(folder: string, version: string) {
    this.#folder = path.join(folder, `results-${schema}-${version}`);
  }

  /** The sites that were kept under the key (hexadecimal), or undefined. */
  async get(key: string): Promise<readonly SiteDraft[] | undefined> {
    const file = this.#file(key);
    try {
      const text = await decompress(await readFile(file));
      const drafts: unknown = JSON.parse(text.toString("utf8"));
      const now = new Date();
      await utimes(file, now, now);
      return Array.isArray(drafts) ? (drafts as SiteDraft[]) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps sites under the key. A full disk costs nothing but the next compile. */
  async put(key: string, drafts: readonly SiteDraft[]): Promise<void> {
    const file = this.#file(key);
    const unfinished = `${file}.${process.pid}`;
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(unfinished, await compress(JSON.stringify(drafts), { level: 1 }));
      await rename(unfinished, file);
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  /** Removes the entries that were not used for longest, where all together are too large. */
  async prune(): Promise<void> {
    const entries = await this.#entries();
    let size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size <= sizeLimit) return;
    for (const entry of entries.toSorted((a, b) => a.used - b.used)) {
      if (size <= sizeLimit * keptShare) return;
      await rm(entry.file, { force: true }).catch(() => undefined);
      size -= entry.size;
    }
  }

  async #entries(): Promise<{ file: string; size: number; used: number }[]> {
    const names = await readdir(this.#folder, { recursive: true }).catch(() => []);
    const found = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.#folder, name);
        const status = await stat(file).catch(() => undefined);
        return status?.isFile() === true ? [{ file, size: status.size, used: status.mtimeMs }] : [];
      }),
    );
    return found.flat();
  }

  #file(key: string): string {
    return path.join(this.#folder, key.slice(0, 2), key.slice(2));
  }
}
