import assert from "node:assert/strict";
import { filterBuildFlags, joinGoFlags, splitGoFlags } from "../../../server/src/go/buildFlags.js";
import {
  compileArguments,
  folderPattern,
  listArguments,
  parallelism,
  planBuild,
} from "../../../server/src/go/buildPlan.js";

describe("filterBuildFlags", () => {
  it("keeps what decides about a compile", () => {
    const words = ["-tags", "a,b", "--race", "-mod=vendor", "-modfile=x.mod", "-pgo=off", "-msan=false"];
    assert.deepEqual(filterBuildFlags(words), {
      flags: ["-tags=a,b", "-race", "-mod=vendor", "-modfile=x.mod", "-pgo=off", "-msan=false"],
      dropped: [],
    });
  });

  it("leaves out without a word what does not matter", () => {
    const words = [
      "-ldflags",
      "-s -w",
      "-o",
      "/tmp/x",
      "-a",
      "-p=3",
      "-trimpath",
      "-run",
      "Test",
      "./...",
      "-race",
    ];
    assert.deepEqual(filterBuildFlags(words), { flags: ["-race"], dropped: [] });
  });

  it("reports what would change the output, run a program or write", () => {
    const words = [
      "-gcflags=-N -l",
      "-toolexec",
      "rm -rf",
      "-json",
      "-x",
      "-cover",
      "-overlay=o.json",
      "-n=false",
    ];
    assert.deepEqual(filterBuildFlags([...words, "-mod=mod", "-exec=x"]), {
      flags: ["-mod=readonly"],
      dropped: [
        { flag: "-gcflags=-N -l", reason: "messages" },
        { flag: "-toolexec=rm -rf", reason: "program" },
        { flag: "-json", reason: "output" },
        { flag: "-x", reason: "output" },
        { flag: "-cover", reason: "messages" },
        { flag: "-overlay=o.json", reason: "overlay" },
        { flag: "-mod=mod", reason: "writes" },
        { flag: "-exec=x", reason: "program" },
      ],
    });
  });

  it("does not lose a flag that follows one without its value", () => {
    assert.deepEqual(filterBuildFlags(["-race", "-tags"]).flags, ["-race", "-tags="]);
  });
});

describe("GOFLAGS", () => {
  it("is split as the go command does it", () => {
    assert.deepEqual(splitGoFlags(` -race\t'-gcflags=-N -l' "-tags=it's"  -ldflags="x"\n`), [
      "-race",
      "-gcflags=-N -l",
      "-tags=it's",
      '-ldflags="x"',
    ]);
    assert.deepEqual(splitGoFlags(""), []);
  });

  it("survives being joined and split", () => {
    const words = ["-race", "-gcflags=-N -l", "-tags=it's a", '-x="a b"'];
    assert.deepEqual(splitGoFlags(joinGoFlags(words)), words);
    assert.equal(joinGoFlags([`-a=' "`, "-b"]), "-b");
  });
});

describe("planBuild", () => {
  const settings = { buildFlags: [], tags: "", pgo: "auto" };

  it("adds tags unless there are some among the flags", () => {
    assert.deepEqual(planBuild({ ...settings, tags: " a, b c" }).flags, ["-tags=a,b,c"]);
    assert.deepEqual(planBuild({ ...settings, buildFlags: ["-tags=x"], tags: "a" }).flags, ["-tags=x"]);
  });

  it("says nothing about PGO unless it differs from the person's build", () => {
    assert.deepEqual(planBuild(settings).flags, []);
    assert.deepEqual(planBuild({ ...settings, buildFlags: ["-pgo=a"], pgo: "off" }).flags, [
      "-pgo=a",
      "-pgo=off",
    ]);
  });
});

describe("arguments of go list", () => {
  const request = { flags: ["-race"], patterns: ["./...", "-x"], tests: true };

  it("of the listing", () => {
    assert.deepEqual(listArguments({ ...request, overlayFile: "/o.json" }, ["Dir", "Name"]), [
      "list",
      "-e",
      "-test",
      "-json=Dir,Name",
      "-buildvcs=false",
      "-race",
      "-overlay=/o.json",
      "--",
      "./...",
      "-x",
    ]);
  });

  it("of the compile", () => {
    const args = compileArguments({ ...request, tests: false, level: 2, parallelism: 3 }, ["Dir"]);
    assert.deepEqual(args.slice(0, 6), [
      "list",
      "-e",
      "-export",
      "-gcflags=-m=2 -m=2",
      "-trimpath=false",
      "-p=3",
    ]);
    assert.deepEqual(args.slice(6), ["-json=Dir", "-buildvcs=false", "-race", "--", "./...", "-x"]);
    assert(compileArguments({ ...request, level: 1, parallelism: 1 }, []).includes("-gcflags=-m=1 -m=1"));
  });

  it("leaves a core to the person in the editor", () => {
    assert.deepEqual([parallelism("editor", 8), parallelism("editor", 1), parallelism("cli", 8)], [7, 1, 8]);
  });

  it("names a package by its folder", () => {
    assert.equal(folderPattern("/m", "/m"), ".");
    assert.equal(folderPattern("/m", "/m/a/testdata/b"), "./a/testdata/b");
  });
});
