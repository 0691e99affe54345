/** The programs under VS Code's own Node: what V8 made of their text is kept between starts. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import { serverOut } from "../harness/paths.js";
import { provisions } from "./provisions.js";

describe("what V8 made of the programs' text", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "escape-lens-compiled-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** `folder` is the home and the user's cache folder as well. */
  const start = (program: string, kept: string): string => {
    const own = { HOME: folder, XDG_CACHE_HOME: folder, NODE_COMPILE_CACHE: undefined };
    const env: NodeJS.ProcessEnv = { ...process.env, ...own, [cacheVariable]: kept };
    const { node } = provisions().vscode;
    const { stdout, stderr } = spawnSync(node, [path.join(serverOut, program), "--version"], { env });
    assert.equal(stderr.toString(), "");
    return stdout.toString();
  };

  for (const program of ["cli.js", "server.js"]) {
    it(`is kept in the user's cache folder, once: ${program}`, () => {
      const kept = path.join(folder, "kept");
      const version = start(program, kept);
      assert.match(version, /^\d+\.\d+\.\d+\n$/);
      const files = () => readdirSync(path.join(kept, "compiled"), { recursive: true });
      const first = files();
      assert.ok(first.length > 0);
      assert.equal(start(program, kept), version);
      assert.deepEqual(files(), first);
    });
  }

  it("is not kept where nothing is to be", () => {
    start("cli.js", "off");
    assert.deepEqual(readdirSync(folder), []);
  });
});
