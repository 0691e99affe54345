import assert from "node:assert/strict";
import path from "node:path";
import { fileNames, load, makeProject, removeProjects } from "./goProject.js";

const goMod = "module example.com/m\n\ngo 1.21\n";

describe("problems of packages", function () {
  this.timeout(60_000);
  afterEach(removeProjects);

  async function problems(root: string, patterns = ["./..."], options = {}): Promise<string[]> {
    const { problems: found } = await load(root, patterns, options);
    return found.map(({ code, position }) => {
      if (position === undefined) return code;
      return `${code} ${path.relative(root, position.file)}:${position.line}:${position.column ?? "-"}`;
    });
  }

  it("no module", async () => {
    const root = await makeProject({ "a.go": "package a\n" });
    for (const pattern of [".", "./..."]) assert.deepEqual(await problems(root, [pattern]), ["no-module"]);
    assert.deepEqual((await load(root, ["."])).packages, []);
  });

  it("a go.mod that cannot be read", async () => {
    const root = await makeProject({ "go.mod": "modul x\n", "a.go": "package a\n" });
    assert.deepEqual(await problems(root), ["module-files go.mod:1:-"]);
  });

  it("a module that is not there, and a sum that is missing", async () => {
    const root = await makeProject({
      "go.mod": `${goMod}\nrequire example.com/known v1.0.0\n`,
      "a/a.go": 'package a\n\nimport _ "example.com/known"\n',
      "b/b.go": "package b\n",
    });
    const graph = await load(root, ["./..."]);
    const [problem] = graph.problems;
    assert.equal(problem!.code, "missing-module");
    assert.equal(problem!.variant, "example.com/m/a");
    assert.deepEqual(problem!.position, { file: path.join(root, "a/a.go"), line: 3, column: 8 });
    assert.deepEqual(
      graph.packages.map(({ variants }) => variants[0]!.error !== null),
      [true, false],
    );
    const unknown = await makeProject({
      "go.mod": goMod,
      "a.go": 'package a\n\nimport _ "example.com/unknown"\n',
    });
    assert.deepEqual(await problems(unknown), ["missing-module a.go:3:8"]);
  });

  it("a vendor folder that is out of date", async () => {
    const root = await makeProject({
      "go.mod": `${goMod}\nrequire example.com/dep v1.0.0\n`,
      "m.go": 'package m\n\nimport _ "example.com/dep"\n',
      "vendor/modules.txt": "",
    });
    assert.deepEqual(await problems(root), ["module-files"]);
  });

  it("a toolchain that is not there", async () => {
    const root = await makeProject({ "go.mod": "module m\n\ngo 1.999.1\n", "a.go": "package a\n" });
    assert.deepEqual(await problems(root), ["toolchain"]);
  });

  it("an import cycle, with its way", async () => {
    const root = await makeProject({
      "go.mod": goMod,
      "a/a.go": 'package a\n\nimport _ "example.com/m/b"\n',
      "b/b.go": 'package b\n\nimport _ "example.com/m/a"\n',
    });
    const { problems: found } = await load(root, ["./a"]);
    assert.equal(found[0]!.code, "import-cycle");
    assert.equal(
      found[0]!.message,
      "import cycle not allowed: example.com/m/a → example.com/m/b → example.com/m/a",
    );
  });

  it("a file without a package clause, which still belongs to its package", async () => {
    const root = await makeProject({ "go.mod": goMod, "a.go": "pack\n", "b.go": "package a\n" });
    assert.deepEqual(await problems(root), ["does-not-compile a.go:1:1"]);
    const { packages } = await load(root, ["./..."]);
    assert.deepEqual(fileNames(packages[0]!.variants[0]!), ["a.go", "b.go"]);
  });

  it("a folder that does not exist", async () => {
    const root = await makeProject({ "go.mod": goMod, "a.go": "package a\n" });
    assert.deepEqual(await problems(root, ["./gone"]), ["go-failed"]);
  });

  it("a module that go.work does not list", async () => {
    const root = await makeProject({
      "go.work": "go 1.21\n\nuse ./a\n",
      "a/go.mod": "module a.com\n\ngo 1.21\n",
      "a/a.go": "package a\n",
      "b/go.mod": "module b.com\n\ngo 1.21\n",
      "b/b.go": "package b\n",
    });
    assert.deepEqual(await problems(path.join(root, "b"), ["."]), ["not-in-workspace"]);
    assert.deepEqual(await problems(path.join(root, "b"), ["./..."]), ["not-in-workspace"]);
  });
});
