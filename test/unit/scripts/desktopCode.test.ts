import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { findDesktopCode } from "../../../scripts/lib/desktopCode.mjs";

describe("findDesktopCode", () => {
  let folder: string;
  let code: string;
  let remote: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-desktop-"));
    code = path.join(folder, "bin", "code");
    remote = path.join(folder, "bin", "remote-cli", "code");
    await mkdir(path.dirname(remote), { recursive: true });
    await writeFile(code, "");
    await writeFile(remote, "");
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** A Linux desktop with the given folders on PATH. */
  const desktop = (...folders: string[]): NodeJS.ProcessEnv => ({
    DISPLAY: ":0",
    PATH: folders.join(path.delimiter),
  });

  it("finds the one on PATH", () => {
    assert.equal(findDesktopCode(desktop(path.dirname(code)), "linux"), code);
  });

  it("passes over the command line of a remote window", () => {
    assert.equal(findDesktopCode(desktop(path.dirname(remote)), "linux"), undefined);
    assert.equal(findDesktopCode(desktop(path.dirname(remote), path.dirname(code)), "linux"), code);
  });

  it("finds none inside a remote terminal, nor without a display", () => {
    const env = desktop(path.dirname(code));
    for (const name of ["VSCODE_IPC_HOOK_CLI", "SSH_CONNECTION", "WSL_DISTRO_NAME"]) {
      assert.equal(findDesktopCode({ ...env, [name]: "x" }, "linux"), undefined, name);
    }
    assert.equal(findDesktopCode({ PATH: env["PATH"] }, "linux"), undefined);
  });
});
