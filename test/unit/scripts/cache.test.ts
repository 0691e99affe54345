import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { cached, cacheFolder } from "../../../scripts/lib/cache.mjs";

/** The variable that moves the cache on this platform; macOS has only the home folder. */
const variable = { win32: "LOCALAPPDATA", darwin: "HOME" }[process.platform as string] ?? "XDG_CACHE_HOME";

describe("the cache", () => {
  let folder: string;
  const original = process.env[variable];
  const log = console.log;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-cache-"));
    process.env[variable] = folder;
    console.log = () => undefined;
  });

  afterEach(async () => {
    console.log = log;
    if (original === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = original;
    await rm(folder, { recursive: true, force: true });
  });

  const build = async (into: string): Promise<void> => writeFile(path.join(into, "thing"), "made");

  it("lies in the user's cache folder", () => {
    assert.ok(cacheFolder().startsWith(folder));
  });

  it("makes a thing once and leaves nothing else behind", async () => {
    let times = 0;
    const counting = async (into: string): Promise<void> => {
      times++;
      await build(into);
    };
    const first = await cached("thing-1", "Making it", counting);
    assert.equal(await cached("thing-1", "Making it", counting), first);
    assert.equal(times, 1);
    assert.equal(await readFile(path.join(first, "thing"), "utf8"), "made");
    assert.deepEqual(await readdir(cacheFolder()), ["thing-1"]);
  });

  it("keeps nothing of a build that failed", async () => {
    const failing = async (into: string): Promise<void> => {
      await build(into);
      throw new Error("no network");
    };
    await assert.rejects(cached("thing-1", "Making it", failing), /no network/);
    const made = await cached("thing-1", "Making it", () => Promise.resolve());
    assert.deepEqual(await readdir(made), []);
  });

  it("takes over from a run that was killed", async () => {
    const lock = path.join(cacheFolder(), "thing-1.lock");
    await mkdir(lock, { recursive: true });
    // No process has an id as large as this.
    await writeFile(path.join(lock, "pid"), String(2 ** 30));
    await mkdir(path.join(cacheFolder(), "thing-1.tmp"));
    const made = await cached("thing-1", "Making it", build);
    assert.deepEqual(await readdir(made), ["thing"]);
  });

  it("makes a thing once for two at the same time", async () => {
    let times = 0;
    const counting = async (into: string): Promise<void> => {
      times++;
      await build(into);
    };
    await Promise.all([cached("thing-1", "", counting), cached("thing-1", "", counting)]);
    assert.equal(times, 1);
  });
});
