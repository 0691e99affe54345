import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  buildEnvironment,
  goEnvironment,
  goMessage,
  readGoEnvironment,
} from "../../../server/src/go/environment.js";
import { isAboutSources, classify, firstPosition, parsePosition } from "../../../server/src/go/problems.js";
import { copyWorkFile } from "../../../server/src/go/workspaceFile.js";
import { runProcess } from "../../../server/src/go/process.js";
import { goCommand, load, makeProject, noSignal, removeProjects, setUp, trySetUp } from "./goProject.js";

const sources = { base: {}, settings: {}, temporaryFolder: "/tmp/x" };

describe("goEnvironment", () => {
  it("goes offline, whatever the person's environment says", () => {
    const base = {
      GOPROXY: "https://proxy.example",
      GOPRIVATE: "*.corp",
      GONOPROXY: "*",
      GOVCS: "*:all",
      KEPT: "1",
    };
    const env = goEnvironment({ ...sources, base, settings: { GOPROXY: "direct", GOOS: "js" } }, "linux");
    assert.equal(env["GOPROXY"], "off");
    assert.equal(env["GOVCS"], "*:off");
    assert.equal(env["GOPRIVATE"], "none");
    assert.equal(env["GONOPROXY"], "none");
    assert.equal(env["KEPT"], "1");
    assert.equal(env["GOOS"], "js");
    assert.equal(env["GOTMPDIR"], "/tmp/x");
    assert.equal("GOTOOLCHAIN" in env, false);
    assert.equal("GOSUMDB" in env, false);
  });

  it("leaves out what is not set", () => {
    assert.equal("A" in goEnvironment({ ...sources, base: { A: undefined } }, "linux"), false);
  });

  it("knows that Windows has one variable for all spellings of a name", () => {
    const spellings = { base: { Path: "a", goproxy: "x" }, settings: { PATH: "b" }, temporaryFolder: "t" };
    const windows = goEnvironment(spellings, "win32");
    assert.deepEqual(
      Object.entries(windows).filter(([name]) => /^(path|goproxy)$/i.test(name)),
      [
        ["PATH", "b"],
        ["GOPROXY", "off"],
      ],
    );
    assert.equal(goEnvironment(spellings, "linux")["Path"], "a");
  });
});

describe("buildEnvironment", () => {
  it("filters GOFLAGS and never leaves it empty, because go would read that of `go env -w`", () => {
    const { environment, dropped } = buildEnvironment({}, { goflags: "'-toolexec=rm -rf' -mod=mod -race" });
    assert.equal(environment["GOFLAGS"], "-mod=readonly -race -buildvcs=false");
    assert.deepEqual(
      dropped.map(({ reason }) => reason),
      ["program", "writes"],
    );
    assert.equal(buildEnvironment({}, { goflags: "" }).environment["GOFLAGS"], "-buildvcs=false");
  });

  it("puts in a go.work", () => {
    assert.equal(buildEnvironment({}, { goflags: "" }, "/t/go.work").environment["GOWORK"], "/t/go.work");
  });
});

describe("goMessage", () => {
  it("leaves out progress", () => {
    assert.equal(
      goMessage("go: downloading go1.99\ngo: download go1.99: no\n\tmore\n"),
      "download go1.99: no\n\tmore",
    );
  });
});

describe("setUpGo", function () {
  this.timeout(60_000);
  afterEach(removeProjects);

  it("says what go says about the folder", async () => {
    const root = await makeProject({ "go.mod": "module m\n\ngo 1.21\n", "m.go": "package m\n" });
    const { info } = await setUp(root, { env: { GOOS: "windows", GOARCH: "arm64", CGO_ENABLED: "0" } });
    assert.match(info.versionText, /^(go|devel )/);
    assert(info.version === null || info.version.minor >= 21);
    assert.deepEqual([info.goos, info.goarch, info.cgoEnabled], ["windows", "arm64", false]);
    assert.equal(info.gomod, path.join(root, "go.mod"));
    assert.equal(info.gowork, "");
    assert(path.isAbsolute(info.goroot) && path.isAbsolute(info.gocache) && path.isAbsolute(info.gomodcache));
    const outside = await makeProject({ "a.go": "package a\n" });
    assert.equal((await setUp(outside)).info.gomod, "");
  });

  it("reports an old go", async () => {
    const folder = await makeProject({ go: `#!/bin/sh\necho '{"GOVERSION":"go1.20.14"}'\n` });
    await chmod(path.join(folder, "go"), 0o755);
    const answer = await readGoEnvironment(path.join(folder, "go"), folder, { PATH: "/bin" }, noSignal);
    assert("problem" in answer);
    assert.deepEqual(
      [answer.problem.code, answer.problem.message],
      ["old-go", "go1.20.14 is older than go1.21"],
    );
  });

  it("reports a toolchain that would have to be downloaded", async () => {
    const root = await makeProject({ "go.mod": "module m\n\ngo 1.999.1\n", "m.go": "package m\n" });
    const answer = await trySetUp(root, { env: { GOTOOLCHAIN: "auto" } });
    assert("problem" in answer);
    assert.equal(answer.problem.code, "toolchain");
    assert.match(answer.problem.message, /^download go1\.999\.1 /);
  });

  it("reports a go.work that cannot be read", async () => {
    const root = await makeProject({ "go.work": "use ./a\nrubbish\n", "a/go.mod": "module a\n" });
    const answer = await trySetUp(path.join(root, "a"));
    assert("problem" in answer);
    assert.equal(answer.problem.code, "module-files");
    assert.match(answer.problem.message, /go\.work:2: /);
  });

  it("never runs a program that GOFLAGS, go env -w or the settings name", async () => {
    const root = await makeProject({
      "go.mod": "module m\n\ngo 1.21\n",
      "m.go": "package m\n",
      "tool.sh": '#!/bin/sh\ntouch "$(dirname "$0")/ran"\nexec "$@"\n',
    });
    const tool = path.join(root, "tool.sh");
    await chmod(tool, 0o755);
    const goenv = path.join(root, "goenv");
    await writeFile(goenv, `GOFLAGS=-toolexec=${tool}\n`);
    const compile = async (env: Record<string, string>, buildFlags: string[]): Promise<void> => {
      const setup = await setUp(root, { env, buildFlags });
      assert.deepEqual(
        setup.dropped.map(({ reason }) => reason),
        ["program"],
      );
      // A cached compile would start nothing, tool or not.
      const args = ["list", "-export", "-a", "-f", "{{.Export}}", ...setup.flags, "."];
      const result = await runProcess({ file: setup.go, args, cwd: root, env: setup.env, signal: noSignal });
      assert.notEqual(result.stdout.trim(), "");
      assert.equal(existsSync(path.join(root, "ran")), false);
    };
    await compile({ GOFLAGS: `-toolexec=${tool}` }, []);
    await compile({ GOENV: goenv }, []);
    await compile({}, ["-toolexec", tool]);
    // The test's premise: with the flag in force, the program does run.
    const { go, env } = await setUp(root);
    const args = ["list", "-export", "-a", "."];
    await runProcess({
      file: go,
      args,
      cwd: root,
      env: { ...env, GOFLAGS: `-toolexec=${tool}` },
      signal: noSignal,
    });
    assert(existsSync(path.join(root, "ran")));
  });

  it("keeps -mod=mod from writing go.mod", async () => {
    const goMod = "module m\n\ngo 1.21\n\nrequire example.com/unused v1.0.0 // indirect\n";
    const root = await makeProject({ "go.mod": goMod, "m.go": 'package m\n\nimport _ "example.com/x"\n' });
    const setup = await setUp(root, { env: { GOFLAGS: "-mod=mod" } });
    assert.deepEqual(setup.dropped, [{ flag: "-mod=mod", reason: "writes" }]);
    const graph = await load(root, ["./..."], { env: { GOFLAGS: "-mod=mod" } });
    assert.equal(graph.problems[0]!.code, "missing-module");
    assert.equal(await readFile(path.join(root, "go.mod"), "utf8"), goMod);
    assert.deepEqual((await readdir(root)).sort(), ["go.mod", "m.go"]);
  });
});

/** A file system proxy (`go help goproxy`) with two modules; the zip files are made by Go. */
const proxyProgram = `package main

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
)

func add(module, version, requires, source string) {
	dir := filepath.Join(os.Args[1], module, "@v")
	must(os.MkdirAll(dir, 0o755))
	mod := "module " + module + "\\n\\ngo 1.21\\n" + requires
	base := filepath.Join(dir, version)
	must(os.WriteFile(base+".mod", []byte(mod), 0o644))
	must(os.WriteFile(base+".info", []byte(fmt.Sprintf("{\\"Version\\":%q}", version)), 0o644))
	file, err := os.Create(base + ".zip")
	must(err)
	writer := zip.NewWriter(file)
	for name, text := range map[string]string{"go.mod": mod, "x.go": source} {
		entry, err := writer.Create(module + "@" + version + "/" + name)
		must(err)
		_, err = entry.Write([]byte(text))
		must(err)
	}
	must(writer.Close())
	must(file.Close())
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	add("example.org/x", "v1.0.0", "", "package x\\n")
	add("example.org/x", "v1.1.0", "", "package x\\n")
	add("example.org/y", "v1.0.0", "require example.org/x v1.1.0\\n", "package y\\n")
}
`;

describe("a workspace whose go.work.sum is out of date", function () {
  this.timeout(120_000);
  afterEach(removeProjects);

  it("is loaded without a network, and nothing is written into it", async () => {
    const root = await makeProject({
      "proxy/main.go": proxyProgram,
      "ws/go.work":
        "go 1.21\n\ntoolchain go1.21.0\n\nuse (\n\t./a\n\t./b\n)\n\nreplace example.org/unused v1.0.0 => ./b\n",
      "ws/a/go.mod": "module a.com\n\ngo 1.21\n\nrequire example.org/x v1.0.0\n",
      "ws/a/a.go": 'package a\n\nimport _ "example.org/x"\n',
      "ws/b/go.mod": "module b.com\n\ngo 1.21\n\nrequire example.org/y v1.0.0\n",
      "ws/b/b.go": 'package b\n\nimport _ "example.org/y"\n',
    });
    const go = await goCommand();
    const online: Record<string, string> = {
      ...goEnvironment({ base: process.env, settings: {}, temporaryFolder: root }),
      GOPROXY: `file://${root}/served`,
      GOFLAGS: "-modcacherw",
      GOMODCACHE: path.join(root, "modules"),
      GOTOOLCHAIN: "local",
      GO111MODULE: "",
    };
    const run = async (cwd: string, ...args: string[]): Promise<void> => {
      await runProcess({ file: go, args, cwd: path.join(root, cwd), env: online, signal: noSignal });
    };
    await mkdir(path.join(root, "served"));
    await run("proxy", "run", "main.go", path.join(root, "served"));
    online["GOWORK"] = "off";
    // Now both go.sum files are complete, each for its module alone: x v1.1.0, which b only names, becomes a's too.
    for (const module of ["ws/a", "ws/b"]) await run(module, "mod", "tidy");
    await run("served", "mod", "download", "example.org/x@v1.1.0");

    const workspace = path.join(root, "ws");
    const before = await snapshot(workspace);
    const env = { GOMODCACHE: online["GOMODCACHE"] ?? "", GOFLAGS: "", GOWORK: "" };
    const setup = await setUp(path.join(workspace, "a"), { env });
    assert.equal(setup.info.gowork, path.join(workspace, "go.work"));
    const copy = setup.env["GOWORK"] ?? "";
    assert.match(await readFile(copy, "utf8"), /^toolchain go1\.21\.0$/m);
    for (let pass = 0; pass < 2; pass++) {
      const graph = await load(path.join(workspace, "a"), ["./...", "../b"], { env });
      assert.deepEqual(graph.problems, []);
      assert.deepEqual(
        graph.packages.map((found) => found.dir),
        [path.join(workspace, "a"), path.join(workspace, "b")],
      );
    }
    assert.deepEqual(await snapshot(workspace), before);

    // Set-ups at the same time share the copy, which follows the original.
    const folder = path.dirname(copy);
    await writeFile(path.join(workspace, "go.work"), "go 1.21\n\nuse ./a\n");
    const copies = [1, 2, 3].map(() =>
      copyWorkFile(go, path.join(workspace, "go.work"), folder, setup.env, noSignal),
    );
    assert.deepEqual(await Promise.all(copies), [copy, copy, copy]);
    assert.equal(await readFile(copy, "utf8"), `go 1.21\n\nuse ${path.join(workspace, "a")}\n`);
    const left = (await readdir(folder)).sort();
    assert.deepEqual(left, ["go.work", "go.work.original"]);
    await writeFile(path.join(workspace, "go.work"), before[path.join(workspace, "go.work")] ?? "");

    // The same with the person's own go.work does write: the test's premise.
    const own: Record<string, string> = { ...setup.env, GOWORK: path.join(workspace, "go.work") };
    const args = ["list", "-e", "./a"];
    await runProcess({ file: go, args, cwd: workspace, env: own, signal: noSignal });
    assert(existsSync(path.join(workspace, "go.work.sum")));
  });

  async function snapshot(folder: string): Promise<Record<string, string>> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const pairs = files.sort().map(async (file) => [file, await readFile(file, "utf8")] as const);
    return Object.fromEntries(await Promise.all(pairs));
  }
});

describe("what is about sources alone", () => {
  const messages: Record<string, boolean> = {
    "# m/p\np/p.go:3:13: undefined: y\np/p.go:4:2: too many arguments\n\thave (int)\n\twant ()\ntoo many errors\n": true,
    "# m/p [m/p.test]\nC:\\m\\p_test.go:3:13: undefined: y\n": true,
    "# m/p\np/p.go:3:8: could not import fmt (open x: no such file or directory)\n": false,
    "# m/p\ngo build m/p: /go/compile: signal: killed\n": false,
    "p/p.go:3:8: no required module provides package example.org/x; to add it:": false,
    "p/p.go:5:12: pattern testdata/x: no matching files found": false,
  };
  for (const [message, expected] of Object.entries(messages)) {
    it(JSON.stringify(message), () => {
      assert.equal(isAboutSources(message), expected);
    });
  }
});

describe("classify", () => {
  const messages: Record<string, string> = {
    "module ../b listed in go.work file requires go >= 1.25, but go.work lists go 1.22; to update it:":
      "module-files",
    "go.mod requires go >= 1.99.1 (running go 1.26.8; GOTOOLCHAIN=local)": "toolchain",
    'cannot find "go1.25.0" in PATH': "toolchain",
    "golang.org/toolchain@v0.0.1-go1.30.0.linux-amd64: module lookup disabled by GOPROXY=off": "toolchain",
    "example.com/x@v1.0.0: module lookup disabled by GOPROXY=off": "missing-module",
    "cannot find module providing package example.com/x: import lookup disabled by -mod=vendor":
      "missing-module",
    "missing go.sum entry for module providing package example.com/x (imported by m)": "missing-module",
    "package foo/bar is not in std (/usr/local/go/src/foo/bar)": "",
    "build constraints exclude all Go files in /m/x": "excluded",
    "updates to go.mod needed, disabled by -mod=readonly": "module-files",
    "cannot find main module, but found .git/config in /x": "no-module",
  };
  for (const [message, code] of Object.entries(messages)) {
    it(message, () => {
      assert.equal(classify(message) ?? "", code);
    });
  }
});

describe("positions", () => {
  it("are made absolute", () => {
    assert.deepEqual(parsePosition("a b/x.go:3:5", "/m"), { file: "/m/a b/x.go", line: 3, column: 5 });
    assert.deepEqual(parsePosition("../y:1:2: x.go:7", "/m"), {
      file: "/y:1:2: x.go",
      line: 7,
      column: undefined,
    });
    for (const text of ["", "x.go", "x.go:a"]) assert.equal(parsePosition(text, "/m"), undefined);
  });

  it("are found in text", () => {
    const text = "# m\n# [m]\n./a.go:3:5: undefined: x\n./a.go:4:1: more";
    assert.deepEqual(firstPosition(text, "/m"), {
      position: { file: "/m/a.go", line: 3, column: 5 },
      message: "undefined: x",
    });
    assert.equal(firstPosition("nothing: here", "/m"), undefined);
  });
});
