import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { Background } from "../../../server/src/analysis/background.js";
import { DeferredCache } from "../../../server/src/analysis/deferredCache.js";
import { ResultCache } from "../../../server/src/analysis/resultCache.js";

describe("a cache that is written when there is time", () => {
  let folder = "";
  let written: ResultCache;
  let cache: DeferredCache;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "deferred-"));
    written = new ResultCache(folder, "editor", "test");
    cache = new DeferredCache(written);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("writes what waits once it is told to, and then what came since", async () => {
    for (const key of ["first", "second"]) {
      await cache.put(key, [key]);
      assert.equal(await written.get(key), undefined);
      await cache.flush();
      assert.deepEqual(await cache.get(key), [key]);
    }
  });

  it("holds no more than there is room for", async () => {
    await cache.put("most", new Array(40_000).fill(0));
    await cache.put("too many", new Array(20_000).fill(0));
    assert.deepEqual(
      [await written.get("most"), (await written.get("too many")) !== undefined],
      [undefined, true],
    );
    await cache.put("some", [1]);
    assert.equal(await written.get("some"), undefined);
    await cache.flush();
    assert.deepEqual(await written.get("some"), [1]);
  });
});

describe("work in the background", () => {
  it("is done one after the other, and begins when nobody waits any longer", async () => {
    const background = new Background();
    const said: string[] = [];
    for (const name of ["a", "b"])
      background.add(async () => {
        said.push(`${name} begins`);
        await Promise.resolve();
        said.push(`${name} ends`);
      });
    await Promise.resolve();
    assert.deepEqual(said, []);
    await background.settled();
    assert.deepEqual(said, ["a begins", "a ends", "b begins", "b ends"]);
  });
});
