import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { PackageVariant } from "../../server/src/go/packages.js";
import { directEngine } from "../harness/directEngine.js";
import { testModule, type TestModule } from "../harness/module.js";
import { load, type LoadedPackages } from "../harness/packages.js";
import { type Verdicts, verdictsOf } from "../harness/verdicts.js";

const escaping = (name: string, variable: string) =>
  `func ${name}() *int {\n\t${variable} := 1\n\treturn &${variable}\n}\n`;

interface Program {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Folder, from the module's, in which go runs; the module's own unless given. */
  readonly root?: string;
  /** Texts that must be among the verdicts, so that none of the programs is empty by mistake. */
  readonly expected: readonly string[];
  readonly folder?: string;
}

const programs: readonly Program[] = [
  {
    name: "tests of both kinds, a command and its tests",
    files: {
      "p/p.go": `package p\n\n${escaping("F", "own")}`,
      "p/p_test.go": `package p\n\nimport "testing"\n\nfunc TestF(t *testing.T) { _ = F() }\n\n${escaping("g", "inside")}`,
      "p/x_test.go": `package p_test\n\nimport (\n\t"testing"\n\t"example.com/m/p"\n)\n\nvar sink any\n\nfunc TestX(t *testing.T) { outside := *p.F(); sink = &outside }\n`,
      "cmd/main.go": `package main\n\nimport "example.com/m/p"\n\nvar sink *int\n\nfunc main() { command := *p.F(); sink = &command }\n`,
      "cmd/main_test.go": `package main\n\nimport "testing"\n\nfunc TestMain1(t *testing.T) { tested := 1; sink = &tested }\n`,
    },
    expected: ["moved own", "moved inside", "moved outside", "moved command", "moved tested"],
  },
  {
    name: "generic code and its instances of other packages",
    files: {
      "box/box.go": `package box\n\nfunc New[T any](v T) *T { boxed := v; return &boxed }\n`,
      "use.go": `package m\n\nimport "example.com/m/box"\n\nfunc Use() (*int, *string) { return box.New(1), box.New("a") }\n`,
    },
    expected: ["moved box.boxed"],
  },
  {
    name: "embedded files",
    files: {
      "a.txt": "a",
      "dir/b.txt": "b",
      "e.go": `package m\n\nimport "embed"\n\n//go:embed a.txt\nvar text string\n\n//go:embed *.txt dir\nvar files embed.FS\n\n${escaping("F", "x")}`,
      "e_test.go": `package m\n\nimport _ "embed"\n\n//go:embed dir/b.txt\nvar tested []byte\n\n${escaping("g", "y")}`,
    },
    expected: ["moved x", "moved y"],
  },
  {
    name: "assembly",
    files: {
      "a.go": `package m\n\nfunc nothing()\n\nfunc F() *int { nothing(); x := 1; return &x }\n`,
      "a.s": `TEXT ·nothing(SB), $0-0\n\tRET\n`,
    },
    expected: ["moved x"],
  },
  {
    name: "cgo",
    files: {
      "c.go": `package m\n\n// static int twice(int x) { return 2 * x; }\nimport "C"\n\nfunc F(n int) *C.int { x := C.twice(C.int(n)); return &x }\n`,
      "g.go": `package m\n\n${escaping("G", "y")}`,
    },
    expected: ["moved x", "moved y"],
  },
  {
    name: "a vendored module",
    files: {
      "go.mod": "module example.com/m\n\ngo 1.22\n\nrequire example.com/dep v1.0.0\n",
      "vendor/modules.txt": "# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep/d\n",
      "vendor/example.com/dep/d/d.go": "package d\n\nvar Sink any\n\nfunc Leak(p *int) { Sink = p }\n",
      "m.go": `package m\n\nimport renamed "example.com/dep/d"\n\nfunc F() { x := 1; renamed.Leak(&x) }\n`,
    },
    expected: ["moved x"],
  },
  {
    name: "a workspace, and a folder in the place of a module",
    files: {
      "go.mod": "",
      "go.work": "go 1.22\n\nuse ./a\nuse ./b\n",
      "a/go.mod":
        "module example.com/a\n\ngo 1.20\n\nrequire example.com/c v0.0.0\n\nreplace example.com/c => ../c\n",
      "a/a.go": `package a\n\nimport (\n\t"example.com/b"\n\t. "example.com/c"\n)\n\nfunc F() { x := 1; b.Leak(&x); y := 1; Leak2(&y) }\n`,
      "b/go.mod": "module example.com/b\n\ngo 1.22\n",
      "b/b.go": "package b\n\nvar Sink any\n\nfunc Leak(p *int) { Sink = p }\n",
      "c/go.mod": "module example.com/c\n\ngo 1.21\n",
      "c/c.go": "package c\n\nvar Sink any\n\nfunc Leak2(p *int) { Sink = p }\n",
    },
    root: "a",
    expected: ["moved x", "moved y"],
  },
  {
    name: "a module of the time before generics",
    files: { "go.mod": "module example.com/m\n\ngo 1.16\n", "m.go": `package m\n\n${escaping("F", "x")}` },
    expected: ["moved x"],
  },
  {
    name: "line directives, CRLF, a byte order mark and a folder with spaces",
    files: {
      "y.go": `package m\n\n//line grammar.y:10:1\n${escaping("F", "mapped")}`,
      "crlf.go": `package m\r\n\r\n${escaping("G", "crlf").replaceAll("\n", "\r\n")}`,
      "bom.go": `\uFEFFpackage m; func H() *int { bom := 1; return &bom }\n`,
    },
    folder: "a folder, ä",
    expected: ["moved mapped", "moved crlf", "moved bom"],
  },
];

/** A variant's verdicts, but for those on what cgo makes. */
function own({ verdicts }: Verdicts, id: string): string[] {
  return [...(verdicts.get(id) ?? [])].filter((verdict) => !/\/_cgo_\w+\.go:/.test(verdict)).sort();
}

describe("the direct engine", function () {
  this.timeout(120_000);
  const modules: TestModule[] = [];
  after(() => {
    for (const each of modules) each.dispose();
  });

  async function open(files: Readonly<Record<string, string>>, root = "", folder = "m") {
    const module = testModule(files, folder);
    modules.push(module);
    const loaded = await load(module.path(root), ["./..."]);
    return { module, loaded, variants: loaded.packages.flatMap((each) => each.variants) };
  }

  function variantOf(loaded: LoadedPackages, id: string): PackageVariant {
    const found = loaded.packages.flatMap((each) => each.variants).find((variant) => variant.id === id);
    assert.ok(found, `${id} is not listed`);
    return found;
  }

  for (const program of programs) {
    it(`finds what a build finds: ${program.name}`, async () => {
      const { loaded, variants } = await open(program.files, program.root, program.folder);
      const { engine, log } = directEngine(loaded);
      const built = await verdictsOf(loaded.engine, variants, loaded.signal);
      const found = await verdictsOf(engine, variants, loaded.signal);
      assert.deepEqual(log, []);
      assert.deepEqual([built.errors, found.errors, found.unknown], [[], [], []]);
      for (const { id } of variants) assert.deepEqual(own(found, id), own(built, id), id);
      const all = [...found.verdicts.values()].flatMap((verdicts) => [...verdicts]).join("\n");
      for (const text of program.expected) assert.ok(all.includes(text), `${text} is missing in\n${all}`);
    });
  }

  describe("with unsaved buffers", () => {
    const files = {
      "p/p.go": `package p\n\n${escaping("F", "saved")}`,
      "p/b.go": "package p\n\nvar N = 1\n",
      "p/x_test.go": `package p_test\n\nimport "example.com/m/p"\n\nvar V = p.F()\n`,
      "q/q.go": "package q\n\nvar Sink any\n\nfunc Leak(p *int) { Sink = p }\n",
    };

    it("compiles all of them under their real names", async () => {
      const { module, loaded, variants } = await open(files);
      const overlays = new Map([
        [module.path("p/p.go"), `package p\n\n${escaping("F", "unsaved")}`],
        [module.path("p/b.go"), `package p\n\nvar N = 1\n\n${escaping("G", "second")}`],
      ]);
      const { engine, log } = directEngine(loaded);
      const found = await verdictsOf(engine, variants, loaded.signal, overlays);
      const built = await verdictsOf(loaded.engine, variants, loaded.signal, overlays);
      for (const { id } of variants) assert.deepEqual(own(found, id), own(built, id), id);
      assert.deepEqual([found.errors, log], [[], []]);
      assert.deepEqual([...(found.verdicts.get("example.com/m/p") ?? [])].sort(), [
        `${module.path("p/b.go")}:6:2 moved second`,
        `${module.path("p/p.go")}:4:2 moved unsaved`,
      ]);
    });

    it("shows the external tests the package as it is in the editor", async () => {
      const { module, loaded } = await open(files);
      const overlays = new Map([
        [module.path("p/p.go"), `package p\n\n${escaping("F", "x")}\nfunc Fresh() {}\n`],
        [
          module.path("p/x_test.go"),
          `package p_test\n\nimport "example.com/m/p"\n\nfunc T() *int { p.Fresh(); t := 1; return &t }\n`,
        ],
      ]);
      const base = variantOf(loaded, "example.com/m/p");
      const tests = variantOf(loaded, "example.com/m/p_test [example.com/m/p.test]");
      const { engine, log } = directEngine(loaded);
      const found = await verdictsOf(engine, [base, tests], loaded.signal, overlays);
      assert.deepEqual([found.errors, log], [[], []]);
      assert.deepEqual(
        [...(found.verdicts.get(tests.id) ?? [])],
        [`${module.path("p/x_test.go")}:5:28 moved t`],
      );
      overlays.set(module.path("p/p.go"), "package p\n\nfunc Fresh() { undefined() }\n");
      const broken = await verdictsOf(engine, [tests, base], loaded.signal, overlays);
      assert.equal(broken.errors.length, 2);
      for (const error of broken.errors) assert.match(error, /p.p\.go:3:16: undefined: undefined/);
    });

    it("compiles a file that is not on disk", async () => {
      const { module, loaded } = await open(files);
      const overlays = new Map([[module.path("p/new.go"), `package p\n\n${escaping("New", "fresh")}`]]);
      const variant = variantOf(loaded, "example.com/m/p");
      const { engine, log } = directEngine(loaded);
      await verdictsOf(engine, [variant], loaded.signal);
      const larger = { ...variant, files: [...variant.files, module.path("p/new.go")] };
      const found = await verdictsOf(engine, [larger], loaded.signal, overlays);
      assert.ok(found.verdicts.get(variant.id)?.has(`${module.path("p/new.go")}:4:2 moved fresh`));
      assert.deepEqual(log, ["The compile plan of example.com/m/p is made anew: its files are others."]);
    });

    it("says what does not compile, and where", async () => {
      const { module, loaded } = await open(files);
      const variant = variantOf(loaded, "example.com/m/p");
      const overlays = new Map([
        [module.path("p/p.go"), "package p\n\nfunc F() int {\n\treturn undefined\n}\n"],
      ]);
      const { engine } = directEngine(loaded);
      const facts = [];
      for await (const fact of engine.compile([variant], overlays, loaded.signal)) facts.push(fact);
      assert.deepEqual(facts, [
        { kind: "package", variant: variant.id },
        {
          kind: "error",
          variant: variant.id,
          message: `# example.com/m/p\n${path.join("p", "p.go")}:4:9: undefined: undefined`,
          position: { file: module.path("p/p.go"), line: 4, column: 9 },
        },
      ]);
    });

    it("makes the plan anew for imports that it does not have, and only for those", async () => {
      const { module, loaded } = await open({
        ...files,
        "p/b.go": 'package p\n\nimport "fmt"\n\nvar N = fmt.Sprint(1)\n',
      });
      const variant = variantOf(loaded, "example.com/m/p");
      const { engine, log } = directEngine(loaded);
      const compile = async (text: string): Promise<Verdicts> =>
        await verdictsOf(engine, [variant], loaded.signal, new Map([[module.path("p/p.go"), text]]));
      const strconv = await compile(
        'package p\n\nimport "strconv"\n\nfunc F(i int) *string { s := strconv.Itoa(i); return &s }\n',
      );
      assert.deepEqual(strconv.errors, []);
      const typing = await compile('package p\n\nimport "example.com/m/\n\nfunc F() {}\n');
      assert.match(typing.errors[0] ?? "", /p\.go:3:8: string (?:literal )?not terminated|newline in string/);
      assert.equal(log.length, 0);
      const other = await compile(
        'package p\n\nimport "example.com/m/q"\n\nfunc F() { x := 1; q.Leak(&x) }\n',
      );
      assert.ok(other.verdicts.get(variant.id)?.has(`${module.path("p/p.go")}:5:12 moved x`));
      assert.equal(log.length, 1);
      assert.match(log[0] ?? "", /imports or constraints of .*p\.go changed/);
    });
  });

  it("sees what a saved dependency has become", async () => {
    const { module, loaded } = await open({
      "q/q.go": "package q\n\nfunc Use(p *int) {}\n",
      "p.go": `package m\n\nimport "example.com/m/q"\n\nfunc F() { x := 1; q.Use(&x) }\n`,
    });
    const variant = variantOf(loaded, "example.com/m");
    const { engine, log } = directEngine(loaded);
    const compile = async () => [
      ...((await verdictsOf(engine, [variant], loaded.signal)).verdicts.get(variant.id) ?? []),
    ];
    assert.deepEqual(await compile(), []);
    writeFileSync(module.path("q/q.go"), "package q\n\nvar sink *int\n\nfunc Use(p *int) { sink = p }\n");
    assert.deepEqual(await compile(), [`${module.path("p.go")}:5:12 moved x`]);
    assert.equal(log.length, 1);
    assert.match(log[0] ?? "", /q\.go changed/);
  });

  it("leaves to the other engine what it cannot compile, and says so once", async () => {
    const { module, loaded, variants } = await open({
      "main.go": `package main\n\nvar sink *int\n\nfunc main() { x := 1; sink = &x }\n`,
    });
    // The compiler takes an empty profile for one without samples.
    module.write("default.pgo", "");
    const { engine, log } = directEngine(loaded, { fallback: loaded.engine });
    for (let i = 0; i < 2; i++) {
      const found = await verdictsOf(engine, variants, loaded.signal);
      assert.deepEqual(own(found, "example.com/m"), [`${module.path("main.go")}:5:15 moved x`]);
    }
    assert.deepEqual(log, [
      "example.com/m is compiled by way of the go command: a profile has to be prepared (default.pgo)",
    ]);
  });
});
