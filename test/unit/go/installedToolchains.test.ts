import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { GoSetup } from "../../../server/src/go/goSetup.js";
import { installedToolchains } from "../../../server/src/go/installedToolchains.js";

const host = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;

describe("installedToolchains", () => {
  let home: string;

  before(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), "escape-lens-toolchains-"));
    const cache = path.join(home, "mod", "golang.org");
    for (const folder of [
      path.join(home, "go", "bin"),
      path.join(cache, `toolchain@v0.0.1-go1.22.12.${host}`),
      path.join(cache, `toolchain@v0.0.1-go1.27rc1.${host}`),
      path.join(cache, `toolchain@v0.0.1-go1.20.3.${host}`),
      path.join(cache, "toolchain@v0.0.1-go1.25.1.plan9-mips"),
      path.join(cache, "x"),
      path.join(home, "sdk", "go1.9.7"),
      path.join(home, "sdk", "go1.22.12"),
      path.join(home, "sdk", "go1.24.4"),
      path.join(home, "sdk", "gotip"),
    ])
      await mkdir(folder, { recursive: true });
    await writeFile(path.join(home, "go", "VERSION"), "go1.26.8\ntime 2026-01-01T00:00:00Z\n");
  });

  after(() => rm(home, { recursive: true }));

  const setup = (go: string) =>
    ({ go, info: { gomodcache: path.join(home, "mod") } }) as Pick<GoSetup, "go" | "info">;

  it("finds those of the command, the module cache for this machine, and ~/sdk, newest first, each once", async () => {
    const found = await installedToolchains(setup(path.join(home, "go", "bin", "go")), home);
    const sdk = path.join(home, "sdk", "go1.24.4", "bin", process.platform === "win32" ? "go.exe" : "go");
    assert.deepEqual(found, [
      { version: "go1.27rc1", go: null, gotoolchain: "go1.27rc1" },
      { version: "go1.26.8", go: null, gotoolchain: "local" },
      { version: "go1.24.4", go: sdk, gotoolchain: "local" },
      { version: "go1.22.12", go: null, gotoolchain: "go1.22.12" },
    ]);
  });

  it("finds none where no folder is", async () => {
    const nowhere = path.join(home, "none");
    const info = { gomodcache: nowhere } as GoSetup["info"];
    assert.deepEqual(await installedToolchains({ go: path.join(nowhere, "bin", "go"), info }, nowhere), []);
  });
});
