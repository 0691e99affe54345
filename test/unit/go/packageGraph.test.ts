import assert from "node:assert/strict";
import { mkdir, realpath, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { listMainModules, setUpGo } from "../../../server/src/go/goSetup.js";
import { loadPackages, packageGraph } from "../../../server/src/go/packageGraph.js";
import { parseListing, actionIdOf } from "../../../server/src/go/listOutput.js";
import { findPackageRoot, matchListedFile } from "../../../server/src/go/packageRoot.js";
import { fileNames, load, makeProject, noSignal, outline, removeProjects, setUp } from "./goProject.js";

const goMod = "module example.com/m\n\ngo 1.21\n";

function outlines(graph: {
  readonly packages: Parameters<typeof outline>[0][] | readonly Parameters<typeof outline>[0][];
}): object[] {
  return graph.packages.map(outline);
}

describe("loadPackages", function () {
  this.timeout(60_000);
  afterEach(removeProjects);

  it("gives the plain package, the one with in-package tests, and the external tests", async () => {
    const root = await makeProject({
      "go.mod": goMod,
      "a/a.go": "package a\n",
      "a/a_test.go": "package a\n",
      "a/x_test.go": 'package a_test\n\nimport _ "example.com/m/b"\n',
      "b/b.go": 'package b\n\nimport _ "example.com/m/a"\n',
      "only/only_test.go": "package only\n",
      "cmd/x.test/main.go": "package main\n\nfunc main() {}\n",
    });
    const graph = await load(root, ["./..."]);
    assert.deepEqual(graph.problems, []);
    assert.deepEqual(outlines(graph), [
      {
        "example.com/m/a": ["a.go"],
        "example.com/m/a [example.com/m/a.test]": ["a.go", "a_test.go"],
        "example.com/m/a_test [example.com/m/a.test]": ["x_test.go"],
      },
      { "example.com/m/b": ["b.go"] },
      { "example.com/m/cmd/x.test": ["main.go"] },
      { "example.com/m/only [example.com/m/only.test]": ["only_test.go"] },
    ]);
    const [first] = graph.packages;
    assert.deepEqual(first!.variants[2], {
      id: "example.com/m/a_test [example.com/m/a.test]",
      importPath: "example.com/m/a_test",
      forTest: "example.com/m/a",
      name: "a_test",
      dir: path.join(root, "a"),
      files: [path.join(root, "a", "x_test.go")],
      root,
      goVersion: "1.21",
      actionId: null,
      error: null,
    });
    const plain = await load(root, ["./..."], { tests: false });
    assert.deepEqual(
      plain.packages.map(({ variants }) => variants.map(({ id }) => id)),
      [["example.com/m/a"], ["example.com/m/b"], ["example.com/m/cmd/x.test"], []],
    );
  });

  it("obeys build tags and names the files that are left out", async () => {
    const root = await makeProject({
      "go.mod": goMod,
      "a.go": "package m\n",
      "tagged.go": "//go:build special\n\npackage m\n",
      "a_plan9.go": "package m\n",
      "none/none_plan9.go": "package none\n",
    });
    const [plain] = (await load(root, ["."])).packages;
    assert.deepEqual(fileNames(plain!.variants[0]!), ["a.go"]);
    assert.deepEqual(plain!.ignoredFiles, [path.join(root, "a_plan9.go"), path.join(root, "tagged.go")]);
    for (const options of [
      { tags: "special" },
      { buildFlags: ["-tags", "special"] },
      { env: { GOFLAGS: "-tags=special" } },
    ]) {
      const [tagged] = (await load(root, ["."], options)).packages;
      assert.deepEqual(fileNames(tagged!.variants[0]!), ["a.go", "tagged.go"]);
    }
    const excluded = await load(root, ["./none"]);
    assert.deepEqual(
      excluded.problems.map(({ code }) => code),
      ["excluded"],
    );
    assert.deepEqual(excluded.packages[0]!.variants, []);
    assert.deepEqual(excluded.packages[0]!.ignoredFiles, [path.join(root, "none", "none_plan9.go")]);
  });

  it("lists cgo files", async () => {
    const root = await makeProject({
      "go.mod": goMod,
      "a.go": "package m\n",
      "c.go": 'package m\n\nimport "C"\n\nvar X C.int\n',
    });
    const [found] = (await load(root, ["."], { env: { CGO_ENABLED: "1" } })).packages;
    assert.deepEqual(fileNames(found!.variants[0]!), ["a.go", "c.go"]);
    const [without] = (await load(root, ["."], { env: { CGO_ENABLED: "0" } })).packages;
    assert.deepEqual(fileNames(without!.variants[0]!), ["a.go"]);
  });

  it("works in folders with spaces and with text beyond ASCII", async () => {
    const root = await makeProject({ "go.mod": goMod, "sub/日本.go": "package sub\n" }, "my code 逃逸分析");
    const graph = await load(root, ["./..."]);
    assert.deepEqual(graph.problems, []);
    assert.deepEqual(graph.packages[0]!.variants[0]!.files, [path.join(root, "sub", "日本.go")]);
  });

  it("keeps to the module, and to vendor/ where there is one", async () => {
    const root = await makeProject({
      "go.mod": `${goMod}\nrequire example.com/dep v1.0.0\n`,
      "m.go": 'package m\n\nimport _ "example.com/dep"\n',
      "vendor/modules.txt": "# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n",
      "vendor/example.com/dep/dep.go": "package dep\n",
      "nested/go.mod": "module example.com/nested\n\ngo 1.21\n",
      "nested/n.go": "package nested\n",
      "testdata/t.go": "package testdata\n",
    });
    const graph = await load(root, ["./..."]);
    assert.deepEqual(graph.problems, []);
    assert.deepEqual(outlines(graph), [{ "example.com/m": ["m.go"] }]);
    assert.deepEqual((await load(root, ["./vendor/example.com/dep"])).packages, []);
    const nested = path.join(root, "nested");
    assert.equal(findPackageRoot(path.join(nested, "n.go")), nested);
    assert.equal(findPackageRoot(path.join(root, "testdata", "t.go")), root);
    assert.equal(findPackageRoot(path.join(root, "vendor/example.com/dep/dep.go")), root);
    assert.deepEqual(outlines(await load(nested, ["./..."])), [{ "example.com/nested": ["n.go"] }]);
    assert.deepEqual(outlines(await load(root, ["./testdata"])), [{ "example.com/m/testdata": ["t.go"] }]);
  });

  it("gives the standard library when asked for it", async () => {
    const root = await makeProject({ "go.mod": goMod, "m.go": "package m\n" });
    assert.deepEqual((await load(root, ["errors"])).packages, []);
    const { packages } = await load(root, ["errors"], { scope: "standard", tests: false });
    assert.equal(packages[0]!.importPath, "errors");
    assert.equal(packages[0]!.root, root);
    assert(packages[0]!.variants[0]!.files.some((file) => file.endsWith("errors.go")));
  });

  it("sees unsaved files", async () => {
    const root = await makeProject({ "go.mod": goMod, "m.go": "package m\n" });
    const overlays = new Map([
      [path.join(root, "m.go"), "//go:build ignore\n\npackage m\n"],
      [path.join(root, "new", "new.go"), "package fresh\n"],
    ]);
    const graph = await load(root, ["./..."], { overlays });
    assert.deepEqual(outlines(graph), [{ "example.com/m/new": ["new.go"] }]);
    assert.deepEqual(graph.packages[0]!.variants[0]!.files, [path.join(root, "new", "new.go")]);
    assert.equal(graph.packages[0]!.variants[0]!.name, "fresh");
  });

  it("names files as the folder was named, links kept", async () => {
    const root = await makeProject({ "go.mod": goMod, "sub/a.go": "package sub\n" });
    const link = path.join(path.dirname(root), "link");
    await symlink(root, link);
    await symlink(path.join(root, "sub"), path.join(root, "alias"));
    const [found] = (await load(link, ["./..."])).packages;
    const listed = [path.join(link, "sub", "a.go")];
    assert.deepEqual(found!.variants[0]!.files, listed);
    assert.equal(found!.root, link);
    assert.equal(findPackageRoot(listed[0]!), link);
    for (const name of [
      listed[0]!,
      path.join(root, "sub/a.go"),
      path.join(link, "alias/a.go"),
      path.join(root, "alias/a.go"),
    ]) {
      assert.equal(await matchListedFile(name, listed), listed[0], name);
    }
    assert.equal(await matchListedFile(path.join(root, "sub/gone.go"), listed), undefined);
  });

  it("loads command-line files and GOPATH packages, which have no module", async () => {
    const folder = await makeProject({ "src/p/p.go": "package p\n" });
    const dir = path.join(folder, "src", "p");
    const [file] = (await load(dir, ["p.go"])).packages;
    assert.deepEqual([file!.importPath, file!.root], ["command-line-arguments", dir]);
    const [found] = (await load(dir, ["."], { env: { GO111MODULE: "off", GOPATH: folder } })).packages;
    assert.deepEqual([found!.importPath, found!.root], ["p", dir]);
    assert.equal(findPackageRoot(path.join(dir, "p.go")), null);
  });

  it("ends with an AbortError when it is canceled", async () => {
    const root = await makeProject({ "go.mod": goMod, "m.go": "package m\n" });
    const { go, env, flags } = await setUp(root);
    const controller = new AbortController();
    const request = {
      go,
      env,
      flags,
      root,
      patterns: ["std"],
      tests: true,
      overlays: new Map([["/x.go", ""]]),
    };
    const loading = loadPackages(request, controller.signal);
    controller.abort();
    await assert.rejects(loading, { name: "AbortError" });
  });
});

describe("a workspace", function () {
  this.timeout(60_000);
  afterEach(removeProjects);

  it("gives the packages of its modules, each with its own root", async () => {
    const root = await makeProject({
      "go.work": "go 1.21\n\nuse (\n\t./a\n\t./b\n)\n",
      "a/go.mod": "module a.com\n\ngo 1.20\n",
      "a/a.go": 'package a\n\nimport _ "b.com"\n',
      "b/go.mod": "module b.com\n\ngo 1.21\n",
      "b/b.go": "package b\n",
    });
    const setup = await setUp(path.join(root, "a"));
    assert.deepEqual(await listMainModules(setup, root, noSignal), [
      { path: "a.com", dir: path.join(root, "a") },
      { path: "b.com", dir: path.join(root, "b") },
    ]);
    const graph = await load(path.join(root, "a"), ["./...", "../b/..."]);
    assert.deepEqual(graph.problems, []);
    assert.deepEqual(
      graph.packages.map((found) => [found.importPath, found.root, found.variants[0]!.goVersion]),
      [
        ["a.com", path.join(root, "a"), "1.20"],
        ["b.com", path.join(root, "b"), "1.21"],
      ],
    );
  });

  it("has no main modules outside of modules", async () => {
    const root = await makeProject({ "a.go": "package a\n" });
    assert.deepEqual(await listMainModules(await setUp(root), root, noSignal), []);
  });
});

describe("matchListedFile", () => {
  afterEach(removeProjects);

  it("survives files that are gone", async () => {
    const root = await makeProject({ "a/x.go": "", "b/x.go": "" });
    await mkdir(path.join(root, "c"));
    await symlink(path.join(root, "b", "x.go"), path.join(root, "c", "y.go"));
    await rm(path.join(root, "a"), { recursive: true });
    const listed = [path.join(root, "a", "x.go"), path.join(root, "b", "x.go")];
    assert.equal(await matchListedFile(path.join(root, "c", "y.go"), listed), listed[1]);
    assert.equal(await realpath(listed[1]!), listed[1]);
  });
});

describe("packageGraph", () => {
  const dir = "/m/q";
  const common = { Dir: dir, Module: { Path: "m", Main: true, Dir: "/m" } };

  it("leaves out what was recompiled for others, and other modules", () => {
    const listing = [
      { ...common, ImportPath: "m/q", Name: "q", GoFiles: ["q.go"] },
      { ...common, ImportPath: "m/q [m/p.test]", ForTest: "m/p", Name: "q", GoFiles: ["q.go"] },
      { ...common, ImportPath: "m/q [m/cmd/app]", Name: "q", GoFiles: ["q.go"] },
      { ...common, ImportPath: "m/p.test", Name: "main", GoFiles: ["/cache/1-d"] },
      { ...common, ImportPath: "dep", Name: "dep", GoFiles: ["d.go"], Module: { Path: "dep", Dir: "/dep" } },
      { ImportPath: "fmt", Dir: "/go/src/fmt", Name: "fmt", GoFiles: ["f.go"], Standard: true },
    ];
    const graph = packageGraph(listing, "/m", "main");
    assert.deepEqual(outlines(graph), [{ "m/q": ["q.go"] }]);
    assert.deepEqual(outlines(packageGraph(listing, "/m", "standard")).at(-1), { fmt: ["f.go"] });
  });

  it("places errors of compiles, which stand in the text, and says each once", () => {
    const error = { ImportStack: [], Pos: "", Err: "# m/q\nq/q.go:3:5: undefined: y\nq/q.go:4: too" };
    const listed = { ...common, Name: "q", GoFiles: ["q.go"], Error: error };
    const { problems, packages } = packageGraph(
      [
        { ...listed, ImportPath: "m/q" },
        { ...listed, ImportPath: "m/q [m/q.test]", ForTest: "m/q" },
      ],
      "/m",
      "main",
    );
    assert.equal(problems.length, 1);
    assert.equal(problems[0]!.code, "does-not-compile");
    assert.deepEqual(problems[0]!.position, { file: "/m/q/q.go", line: 3, column: 5 });
    assert.equal(packages[0]!.variants[1]!.error, error.Err);
  });
});

describe("parseListing", () => {
  it("reads objects that follow one another, whatever is in their strings", () => {
    const packages = [{ ImportPath: 'a}"{\\' }, { ImportPath: "b", Module: { Path: "{" } }];
    const text = packages.map((listed) => JSON.stringify(listed)).join("");
    assert.deepEqual(parseListing(text), packages);
    assert.deepEqual(
      parseListing(packages.map((listed) => JSON.stringify(listed, null, "\t")).join("\n")),
      packages,
    );
  });

  it("leaves out what was cut off, and what is no package", () => {
    assert.deepEqual(parseListing('{"ImportPath":"a"}\n}{oops}{"X":1}{"ImportPath":"b","Na'), [
      { ImportPath: "a" },
    ]);
  });
});

describe("actionIdOf", () => {
  it("takes the first part of a build id", () => {
    assert.equal(actionIdOf("abc/def"), "abc");
    assert.equal(actionIdOf(undefined), null);
    assert.equal(actionIdOf(""), null);
  });
});

describe("setUpGo", () => {
  it("throws when there is no go command", async () => {
    const sources = { base: process.env, settings: {}, temporaryFolder: "/tmp" };
    const build = { buildFlags: [], tags: "", pgo: "auto" };
    const request = { go: "/no/such/go", root: "/", sources, build };
    await assert.rejects(setUpGo(request, noSignal), { name: "GoCommandError", kind: "not-found" });
  });
});
