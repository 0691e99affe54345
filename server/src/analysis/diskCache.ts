/**
 * Keeps plain data on disk by a key of all that it depends on. What cannot be read or written is as if it were not there.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

/** Bytes that all entries together may take, and the share of them that is left when they were too many. */
const defaultLimit = 256 * 2 ** 20;
const keptShare = 0.8;

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

export class DiskCache {
  readonly #folder: string;
  readonly #sizeLimit: number;
  #hasGrown = false;

  /** `folder`: absolute path, made when it is needed. `sizeLimit`: bytes that all entries together may take. */
  constructor(folder: string, sizeLimit = defaultLimit) {
    this.#folder = folder;
    this.#sizeLimit = sizeLimit;
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
      this.#hasGrown = true;
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  /**
   * Removes the entries that were not used for longest, where all together are too large. Nothing is looked at unless
   * something was put since the last time: who finds all there waits for nothing else.
   */
  async prune(): Promise<void> {
    if (!this.#hasGrown) return;
    this.#hasGrown = false;
    const entries = await this.#entries();
    let size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size <= this.#sizeLimit) return;
    for (const entry of entries.toSorted((a, b) => a.used - b.used)) {
      if (size <= this.#sizeLimit * keptShare) return;
      await rm(entry.file, { force: true }).catch(() => undefined);
      size -= entry.size;
    }
  }

  async #entries(): Promise<{ file: string; size: number; used: number }[]> {
    // Node's own way of going through folders below stops all else, and takes twice as long.
    const folders = await filesIn(this.#folder);
    const files = await Promise.all(folders.map(filesIn));
    const found = await Promise.all(
      files.flat().map(async (file) => {
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

/** Absolute paths of what a folder (absolute path) has; empty where it cannot be read. */
async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name));
}
