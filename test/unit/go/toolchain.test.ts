import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { findGo, thisMachine, type GoSearch, type Machine } from "../../../server/src/go/toolchain.js";

const nothing: GoSearch = { configured: "", alternate: "", goroot: "", workspaceFolders: [], env: {} };

/** A machine with some programs; links are pairs of a path and what it leads to. */
function machine(platform: NodeJS.Platform, programs: string[], links: Record<string, string> = {}): Machine {
  const windows = platform === "win32";
  const fold = (file: string): string => (windows ? file.toLowerCase() : file);
  const known = new Set(programs.map(fold));
  const separator = windows ? "\\" : "/";
  return {
    platform,
    home: windows ? "C:\\Users\\ann" : "/home/ann",
    isExecutable: (file) => Promise.resolve(known.has(fold(file))),
    realPath: (file) => Promise.resolve(links[file] ?? file),
    list: (folder) =>
      Promise.resolve(
        programs
          .filter((file) => file.startsWith(folder + separator))
          .map((file) => file.slice(folder.length + 1).split(separator)[0] ?? ""),
      ),
  };
}

async function find(search: Partial<GoSearch>, where: Machine): Promise<string> {
  const result = await findGo({ ...nothing, ...search }, where);
  return "found" in result ? `${result.found.origin} ${result.found.file}` : result.failure;
}

describe("findGo", () => {
  const all = ["/set/go", "/alt/go", "/root/bin/go", "/path/go", "/usr/local/go/bin/go"];

  it("asks settings, PATH and the usual places in this order", async () => {
    const linux = machine("linux", all);
    const search = {
      configured: "/set/go",
      alternate: "/alt/go",
      goroot: "/root",
      env: { PATH: "/no:/path" },
    };
    assert.equal(await find(search, linux), "setting /set/go");
    assert.equal(await find({ ...search, configured: "" }, linux), "alternateTools /alt/go");
    assert.equal(await find({ ...search, configured: "", alternate: "" }, linux), "goroot /root/bin/go");
    assert.equal(await find({ env: search.env }, linux), "path /path/go");
    assert.equal(await find({}, linux), "usual-place /usr/local/go/bin/go");
  });

  it("does not take another go when a setting is wrong", async () => {
    const linux = machine("linux", ["/path/go", "/usr/local/go/bin/go"]);
    const env = { PATH: "/path" };
    assert.equal(await find({ configured: "/gone/go", env }, linux), "configured-missing");
    assert.equal(await find({ alternate: "/gone/go", env }, linux), "configured-missing");
    assert.equal(await find({ goroot: "/gone", env }, linux), "configured-missing");
    assert.equal(await find({ configured: "bin/go", env }, linux), "configured-relative");
    assert.equal(await find({ configured: "go", env }, linux), "configured-relative");
    assert.equal(await find({ alternate: "./go", env }, linux), "configured-relative");
  });

  it("says where it looked", async () => {
    const result = await findGo({ ...nothing, env: { PATH: "/a:/b" } }, machine("linux", []));
    assert("failure" in result && result.failure === "not-found");
    const searched = result.searched.map(({ file }) => file);
    assert.deepEqual(searched.slice(0, 2), ["/a/go", "/b/go"]);
    assert(searched.includes("/snap/bin/go"));
  });

  it("expands the home folder in settings", async () => {
    const linux = machine("linux", ["/home/ann/go1/bin/go"]);
    assert.equal(await find({ configured: "~/go1/bin/go" }, linux), "setting /home/ann/go1/bin/go");
    assert.equal(await find({ goroot: "~/go1" }, linux), "goroot /home/ann/go1/bin/go");
    assert.equal(await find({ configured: "~bob/go" }, linux), "configured-relative");
  });

  it("looks up a name from go.alternateTools in PATH", async () => {
    const linux = machine("linux", ["/path/go1.22", "/path/go"]);
    const env = { PATH: "/path" };
    assert.equal(await find({ alternate: "go1.22", env }, linux), "alternateTools /path/go1.22");
    assert.equal(await find({ alternate: "go1.23", env }, linux), "configured-missing");
  });

  it("never uses relative entries of PATH", async () => {
    const env = { PATH: ":.:bin:./bin:../bin:/path" };
    assert.equal(await find({ env }, machine("linux", [...all, "go", "bin/go", "/go"])), "path /path/go");
  });

  it("never uses what lies in a workspace folder, by whatever name", async () => {
    const programs = ["/ws/bin/go", "/link/go", "/alias/bin/go", "/wsx/go"];
    const linux = machine("linux", programs, {
      "/link/go": "/ws/bin/go",
      "/ws": "/real",
      "/alias/bin/go": "/real/go",
    });
    const workspaceFolders = ["/other", "/ws"];
    assert.equal(
      await find({ workspaceFolders, env: { PATH: "/ws/bin:/link:/alias/bin:/wsx" } }, linux),
      "path /wsx/go",
    );
    for (const configured of programs.slice(0, 3)) {
      assert.equal(await find({ configured, workspaceFolders }, linux), "configured-in-workspace");
    }
    assert.equal(await find({ goroot: "/ws", workspaceFolders }, linux), "configured-in-workspace");
  });

  it("takes the newest of the installed versions", async () => {
    const sdks = ["go1.9", "go1.22.3", "go1.22.10", "go1.22rc1", "gotip"].map(
      (v) => `/home/ann/sdk/${v}/bin/go`,
    );
    assert.equal(await find({}, machine("linux", sdks)), "usual-place /home/ann/sdk/go1.22.10/bin/go");
  });

  it("knows Windows", async () => {
    const go = "C:\\Program Files\\Go\\bin\\go.exe";
    const windows = machine("win32", [
      go,
      "D:\\ws\\go.exe",
      "D:\\tools\\go.exe",
      "\\bin\\go.exe",
      "D:go.exe",
    ]);
    assert.equal(await find({ env: { ProgramFiles: "C:\\Program Files" } }, windows), `usual-place ${go}`);
    const Path = '.;\\bin;D:;d:\\WS;"D:\\tools"';
    const found = await find({ env: { Path }, workspaceFolders: ["D:\\ws"] }, windows);
    assert.equal(found, "path D:\\tools\\go.exe");
    assert.equal(await find({ goroot: "C:\\Program Files\\Go" }, windows), `goroot ${go}`);
    assert.equal(
      await find({ configured: "D:/WS/go.exe", workspaceFolders: ["d:\\ws"] }, windows),
      "configured-in-workspace",
    );
  });

  it("takes Homebrew's go on macOS", async () => {
    assert.equal(
      await find({}, machine("darwin", ["/opt/homebrew/bin/go"])),
      "usual-place /opt/homebrew/bin/go",
    );
  });

  it("asks this machine for files that can be executed", async () => {
    const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), "toolchain-")));
    try {
      await mkdir(path.join(folder, "a", "go"), { recursive: true });
      await mkdir(path.join(folder, "b"));
      await writeFile(path.join(folder, "b", "go"), "");
      await mkdir(path.join(folder, "c"));
      await writeFile(path.join(folder, "c", "go"), "#!/bin/sh\n");
      await chmod(path.join(folder, "c", "go"), 0o755);
      await mkdir(path.join(folder, "d"));
      await symlink(path.join(folder, "c", "go"), path.join(folder, "d", "go"));
      const entries = (...names: string[]): { PATH: string } => ({
        PATH: names.map((name) => path.join(folder, name)).join(":"),
      });
      assert.equal(await find({ env: entries("a", "b", "d", "c") }, thisMachine), `path ${folder}/d/go`);
      const workspaceFolders = [path.join(folder, "c")];
      const result = await findGo({ ...nothing, workspaceFolders, env: entries("d", "c") });
      assert(
        !("found" in result) || result.found.origin === "usual-place",
        "a link into the workspace was followed",
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
