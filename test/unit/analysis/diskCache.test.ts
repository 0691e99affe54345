/** What is kept on disk, and what is let go of. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DiskCache } from "../../../server/src/analysis/diskCache.js";

describe("what is kept on disk", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "disk-cache-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const keys = ["aa11", "aa22", "bb33"];

  /** Puts values of some 1,000 bytes each, the first of them used longest ago. */
  async function fill(cache: DiskCache): Promise<void> {
    for (const [age, key] of keys.toReversed().entries()) {
      await cache.put(key, randomBytes(1000).toString("base64"));
      const time = Date.now() / 1000 - 1000 * (age + 1);
      utimesSync(path.join(folder, key.slice(0, 2), key.slice(2)), time, time);
    }
  }

  const known = async (cache: DiskCache) => {
    const found = await Promise.all(keys.map(async (key) => [key, await cache.get(key)] as const));
    return found.flatMap(([key, value]) => (value === undefined ? [] : [key]));
  };

  it("stays where all together are small enough", async () => {
    const cache = new DiskCache(folder, 10_000);
    await fill(cache);
    await cache.prune();
    assert.deepEqual(await known(cache), keys);
  });

  it("goes where it is too much, what was used longest ago first", async () => {
    const cache = new DiskCache(folder, 2800);
    await fill(cache);
    await cache.prune();
    assert.deepEqual(await known(cache), ["aa22", "bb33"]);
  });

  it("is not looked through where nothing was put", async () => {
    await fill(new DiskCache(folder));
    const cache = new DiskCache(folder, 0);
    await cache.prune();
    assert.deepEqual(await known(cache), keys);
    await cache.put("cc44", 1);
    await cache.prune();
    assert.deepEqual(await known(cache), []);
  });
});
