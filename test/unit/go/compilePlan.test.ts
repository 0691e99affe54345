import assert from "node:assert/strict";
import { importConfig, planCompile, type CompilePlan } from "../../../server/src/go/compilePlan.js";
import { buildObstacle, effectiveFlags, modfiles } from "../../../server/src/go/directBuild.js";
import type { ListedPackage } from "../../../server/src/go/listOutput.js";
import type { PackageVariant } from "../../../server/src/go/packages.js";

const listed: ListedPackage = {
  ImportPath: "m/p",
  Name: "p",
  Dir: "/m/p",
  GoFiles: ["a.go", "b.go"],
  Imports: ["fmt", "unsafe"],
  Module: { Path: "m", GoVersion: "1.22.3" },
};
const exports = new Map([["fmt", "/cache/fmt-d"]]);

function plan(changes: Partial<ListedPackage>, found: ReadonlyMap<string, string> = exports): CompilePlan {
  const outcome = planCompile({ ...listed, ...changes }, found, []);
  assert.ok("plan" in outcome, JSON.stringify(outcome));
  return outcome.plan;
}

function refusal(changes: Partial<ListedPackage>): string {
  const outcome = planCompile({ ...listed, ...changes }, exports, []);
  assert.ok("unsuitable" in outcome);
  return outcome.unsuitable;
}

describe("a compile plan", () => {
  it("has the flags of the go command", () => {
    assert.deepEqual(plan({}).flags, ["-p=m/p", "-lang=go1.22", "-complete", "-nolocalimports"]);
    assert.deepEqual(plan({ SFiles: ["x.s"] }).flags, ["-p=m/p", "-lang=go1.22", "-nolocalimports"]);
    assert.deepEqual(plan({ Module: { Path: "m" } }).flags[1], "-lang=go1.16");
    const standard = { ImportPath: "fmt", Standard: true, GoFiles: ["fmt.go"] };
    assert.deepEqual(planCompile({ ...standard, Name: "fmt", Dir: "/go/src/fmt" }, new Map(), []), {
      plan: {
        ...emptyPlan,
        variant: "fmt",
        name: "fmt",
        dir: "/go/src/fmt",
        sources: ["/go/src/fmt/fmt.go"],
      },
    });
  });

  it("calls a command main, but not where its tests import it", () => {
    assert.equal(plan({ Name: "main" }).flags[0], "-p=main");
    const tested = plan({ Name: "main", ImportPath: "m/p [m/p.test]", ForTest: "m/p" });
    assert.equal(tested.flags[0], "-p=m/p");
    const external = { ImportPath: "m/p_test [m/p.test]", Name: "main_test", ForTest: "m/p" };
    const found = new Map([["m/p [m/p.test]", "/cache/p-d"]]);
    const outside = plan({ ...external, Imports: ["m/p [m/p.test]"] }, found);
    assert.equal(outside.flags[0], "-p=m/p_test");
    assert.equal(outside.base, "m/p [m/p.test]");
    assert.equal(importConfig(outside), "packagefile m/p=/cache/p-d\n");
    assert.equal(importConfig(outside, new Map([["m/p", "/new"]])), "packagefile m/p=/new\n");
  });

  it("maps the imports of vendored packages, and no others", () => {
    const vendored = plan(
      {
        Imports: ["vendor/x/y", "q [m/p.test]"],
        ImportMap: { "x/y": "vendor/x/y", q: "q [m/p.test]" },
      },
      new Map([
        ["vendor/x/y", "/cache/y-d"],
        ["q [m/p.test]", "/cache/q-d"],
      ]),
    );
    assert.equal(
      importConfig(vendored),
      "importmap x/y=vendor/x/y\npackagefile vendor/x/y=/cache/y-d\npackagefile q=/cache/q-d\n",
    );
  });

  it("is refused where the go command has to help", () => {
    assert.match(refusal({ SwigFiles: ["x.swig"] }), /SWIG/);
    assert.match(refusal({ CgoFiles: ["c.go"] }), /cgo/);
    assert.match(refusal({ Imports: ["os"] }), /export data of os/);
    assert.match(refusal({ Error: { Err: "import cycle" } }), /import cycle/);
    assert.match(refusal({ Dir: "/a;b" }), /-trimpath/);
  });
});

const emptyPlan: CompilePlan = {
  variant: "",
  name: "",
  dir: "",
  sources: [],
  cgoFiles: [],
  flags: ["-p=fmt", "-std", "-nolocalimports"],
  importMap: new Map(),
  exports: new Map(),
  base: null,
  recompiled: [],
  embedConfig: null,
};

describe("a build", () => {
  const variant: PackageVariant = {
    id: "m",
    importPath: "m",
    forTest: null,
    name: "m",
    dir: "/nowhere",
    files: [],
    root: "/nowhere",
    goVersion: null,
    actionId: null,
    error: null,
  };
  const obstacle = (goflags: string, ...flags: string[]) =>
    buildObstacle(variant, effectiveFlags({ GOFLAGS: goflags }, flags));

  it("is left to go with sanitizers and profiles", () => {
    assert.equal(obstacle("-tags=x", "-mod=vendor"), undefined);
    assert.match(obstacle("", "-race") ?? "", /race/);
    assert.match(obstacle("-msan=true") ?? "", /msan/);
    assert.equal(obstacle("-race", "-race=false"), undefined);
    assert.match(obstacle("", "-pgo=/x/cpu.pprof") ?? "", /-pgo/);
    assert.equal(obstacle("-pgo=/x/cpu.pprof", "-pgo=off"), undefined);
  });

  it("may have its go.mod elsewhere", () => {
    assert.deepEqual(modfiles("/m", ["-modfile=alt.mod"]), ["/m/alt.mod", "/m/alt.sum"]);
    assert.deepEqual(modfiles("/m", []), []);
  });
});
