/**
 * Keeps plain data on disk by a key of all that it depends on. What cannot be read or written is as if it were not there.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

/** Bytes that all entries together may take, and the share of them that is left when they were too many. */
const sizeLimit = 256 * 2 ** 20;
const keptShare = 0.8;

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

export class DiskCache {
  readonly #folder: string;

  /** `folder`: absolute path, made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was kept under the key (hexadecimal), or undefined. Only this program writes there: its shape is not checked. */
  async get(key: string): Promise<unknown> {
    const file = this.#file(key);
    try {
      const text = await decompress(await readFile(file));
      const value: unknown = JSON.parse(text.toString("utf8"));
      const now = new Date();
      await utimes(file, now, now);
      return value;
    } catch {
      return undefined;
    }
  }

  /** Keeps a value that JSON can hold. A full disk costs nothing but the work that would have been saved. */
  async put(key: string, value: unknown): Promise<void> {
    const file = this.#file(key);
    const unfinished = `${file}.${process.pid}`;
    try {
      const contents = await compress(JSON.stringify(value), { level: 1 });
      await writeFile(unfinished, contents).catch(async () => {
        // Most folders are there: to ask each time costs as much as to write.
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(unfinished, contents);
      });
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
