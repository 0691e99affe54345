import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { compileCommand } from "../../../server/src/go/compileTool.js";
import type { Environment } from "../../../server/src/go/environment.js";

describe("the compiler's memory", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sources-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** GOGC and GOMEMLIMIT for a package with one file of so many bytes, and one that is gone. */
  function collection(bytes: number, env: Environment = {}): readonly (string | undefined)[] {
    const file = path.join(folder, "a.go");
    writeFileSync(file, "");
    truncateSync(file, bytes);
    const sources = [file, path.join(folder, "gone.go")];
    const tool = { file: "compile", env, moduleCache: "" };
    const { GOGC, GOMEMLIMIT } = compileCommand(tool, { dir: folder, sources }).env;
    return [GOGC, GOMEMLIMIT];
  }

  it("collects garbage seldom, within a limit", () => {
    assert.deepEqual(collection(1_000_000), ["1600", "1GiB"]);
  });

  it("has no limit where what lives may come near it", () => {
    assert.deepEqual(collection(15_000_000), ["200", undefined]);
  });

  it("is as people set it", () => {
    assert.deepEqual(collection(1_000_000, { GOGC: "50" }), ["50", undefined]);
    assert.deepEqual(collection(15_000_000, { GOMEMLIMIT: "2GiB" }), [undefined, "2GiB"]);
  });
});
