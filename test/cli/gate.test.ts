/** The check as a gate: what was there stays quiet, what is new does not, and limits hold. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { commitAll, git } from "../harness/git.js";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens, said } from "./tool.js";

const source = `package shop

import "fmt"

type Line struct{ Price int }

func Log(lines []*Line) {
	for i, line := range lines {
		fmt.Println(i)
		fmt.Println(line.Price)
	}
}

func Twice(x int) {
	for i := 0; i < x; i++ {
		fmt.Println(x)
		fmt.Println("one", x)
	}
}
`;

/** Strings that grow and a channel, which only the machine code tells of. */
const quiet = (body: string) => `package sub

func Join(names []string) (chan int, string) {
	done := make(chan int)
	text := ""
	for _, name := range names {
		${body}	}
	return done, text
}
`;

const baseline = "--baseline=known.json";

describe("escapelens check as a gate", () => {
  let module: TestModule;

  beforeEach(() => {
    module = testModule({
      "shop.go": source,
      "sub/sub.go": "package sub\n\nfunc New() *int { x := 1; return &x }\n",
    });
  });

  afterEach(() => {
    module.dispose();
  });

  const run = (...args: readonly string[]) => escapelens(["check", ...args], { cwd: module.dir });
  const places = (...args: readonly string[]) =>
    run(...args)
      .stdout.split("\n")
      .filter((line) => line !== "")
      .map((line) => /^[^:]+:\d+:\d+/.exec(line)?.[0]);
  const edit = (change: (text: string) => string, file = "shop.go") => {
    writeFileSync(module.path(file), change(readFileSync(module.path(file), "utf8")));
  };

  describe("with a baseline", () => {
    beforeEach(() => {
      const { status, stdout, stderr } = run(baseline, "--update-baseline");
      assert.deepEqual([status, stdout], [0, ""], stderr);
      assert.match(stderr, /^escapelens: Written: .*known\.json \(\d+ sites\)\.$/m);
    });

    it("reports nothing when nothing changed", () => {
      const { status, stdout, stderr } = run(baseline);
      assert.deepEqual([status, stdout], [0, ""]);
      assert.match(stderr, /New: 0, gone: 0\.$/m);
    });

    it("reports nothing after lines moved, files were renamed and functions were reordered", () => {
      edit((text) =>
        text.replace("type Line", "// A line.\n\ntype Line").replaceAll("\n}\n\n", "\n}\n\n\n\n"),
      );
      renameSync(module.path("shop.go"), module.path("a.go"));
      assert.deepEqual(places(baseline), []);
      edit((text) => {
        const twice = text.slice(text.indexOf("func Twice"));
        return text.replace(twice, "").replace("func Log", `${twice}\nfunc Log`);
      }, "a.go");
      assert.deepEqual(places(baseline), []);
    });

    it("reports nothing when a folder, and so its package, has a new name", () => {
      mkdirSync(module.path("other"));
      renameSync(module.path("sub/sub.go"), module.path("other/sub.go"));
      assert.deepEqual(places(baseline, "--level=hint"), []);
    });

    it("reports exactly the one that is new, also in front of equals", () => {
      edit((text) =>
        text.replace("\t\tfmt.Println(x)\n", "\t\tfmt.Println(x)\n\t\tprintln()\n\t\tfmt.Println(x)\n"),
      );
      assert.deepEqual(places(baseline), ["shop.go:18:15"]);
      const { status, stderr } = run(baseline);
      assert.equal(status, 1);
      assert.match(stderr, /New: 1, gone: 0\.$/m);
    });

    it("counts what is gone, and forgets it when it is written anew", () => {
      edit((text) => text.replace("\t\tfmt.Println(i)\n", "\t\t_ = i\n"));
      assert.match(run(baseline).stderr, /New: 0, gone: 1\.$/m);
      const before = readFileSync(module.path("known.json"), "utf8").split("\n").length;
      run(baseline, "--update-baseline");
      assert.equal(readFileSync(module.path("known.json"), "utf8").split("\n").length, before - 1);
    });

    it("says nothing of what was not analyzed, and keeps it", () => {
      assert.match(run(baseline, "./sub").stderr, /New: 0, gone: 0\.$/m);
      const before = readFileSync(module.path("known.json"), "utf8");
      run(baseline, "--update-baseline", "./sub");
      assert.equal(readFileSync(module.path("known.json"), "utf8"), before);
    });

    it("is found in the configuration, too", () => {
      module.write(".escapelens.json", JSON.stringify({ baseline: "known.json", level: "hint" }));
      assert.deepEqual(places(), []);
      assert.equal(escapelens(["check"], { cwd: module.path("sub") }).status, 0);
    });

    it("leaves it alone when a package does not compile", () => {
      const before = readFileSync(module.path("known.json"), "utf8");
      module.write("sub/bad.go", "package sub\n\nvar x int = y\n");
      assert.equal(run(baseline, "--update-baseline").status, 3);
      assert.equal(readFileSync(module.path("known.json"), "utf8"), before);
    });
  });

  it("says which baseline is missing or broken, with status 2", () => {
    const missing = run(baseline);
    assert.equal(missing.status, 2);
    assert.match(said(missing), /known\.json: there is no such baseline yet; --update-baseline writes it$/);
    module.write("known.json", "[]");
    assert.equal(run(baseline).status, 2);
    module.write(".escapelens.json", '{"limits":[{"reason":"boxd","max":1}]}');
    const broken = run();
    assert.equal(broken.status, 2);
    assert.match(said(broken), /\.escapelens\.json: limits\.0\.reason: /);
  });

  describe("against a revision", () => {
    beforeEach(() => {
      commitAll(module.dir);
    });

    it("reports only what the revision does not have, and leaves the repository as it was", () => {
      edit(
        (text) =>
          `// Moved.\n\n${text.replace("fmt.Println(x)\n", "fmt.Println(x)\n\t\tfmt.Println(x + 1)\n")}`,
      );
      const state = () => [
        git(module.dir, "status", "--porcelain"),
        git(module.dir, "worktree", "list"),
        readdirSync(module.path(".git")).join(),
      ];
      const before = state();
      assert.deepEqual(places("--new-since=HEAD"), ["shop.go:19:15"]);
      assert.deepEqual(state(), before);
      git(module.dir, "commit", "--quiet", "-am", "second");
      assert.deepEqual(places("--new-since=HEAD"), []);
      assert.deepEqual(places("--new-since=HEAD~1"), ["shop.go:19:15"]);
    });

    it("knows what the revision allocates without a word of the compiler", () => {
      module.write("sub/quiet.go", quiet("text += name\n"));
      commitAll(module.dir);
      const sites = (...args: readonly string[]) => places("--level=hint", "--new-since=HEAD", ...args);
      assert.deepEqual(sites(), []);
      module.write("sub/quiet.go", quiet("text += name\n\t\ttext += name\n"));
      assert.deepEqual(sites(), ["sub/quiet.go:8:3"]);
      assert.deepEqual(sites("--evidence=off"), []);
    });

    it("works from a folder below the top, within a hook, and for folders that are new", () => {
      const hook = { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index" };
      module.write("sub/more.go", "package sub\n\nfunc More() *int { y := 1; return &y }\n");
      const below = escapelens(["check", "--level=hint", "--new-since=HEAD"], {
        cwd: module.path("sub"),
        env: hook,
      });
      assert.deepEqual(
        below.stdout.split("\n").map((line) => line.split(" ")[0]),
        ["more.go:3:20:", ""],
      );
      module.write("fresh/fresh.go", "package fresh\n\nfunc New() *int { x := 1; return &x }\n");
      const fresh = escapelens(["check", "--level=hint", "--new-since=HEAD"], { cwd: module.path("fresh") });
      assert.match(fresh.stdout, /^fresh\.go:3:19: /);
    });

    it("says that there is no such revision, with status 2", () => {
      const { status, stderr } = run("--new-since=--help");
      assert.equal(status, 2);
      assert.match(stderr, /^escapelens: fatal: /);
    });
  });

  it("holds limits by context and path, and fails on them whatever the level", () => {
    module.write(
      ".escapelens.json",
      JSON.stringify({
        level: "error",
        limits: [
          { context: "loop", max: 1, message: "Ask the team." },
          { path: "sub", forbid: true },
          { package: "example.com/m", reason: "return-address", forbid: true },
        ],
      }),
    );
    const { stdout, status } = run();
    assert.equal(
      stdout,
      "shop.go:10:15: Too many (loop): 4 found, 1 allowed. Ask the team. (limit)\n" +
        "sub/sub.go:3:19: Forbidden (sub): 1 found (limit)\n",
    );
    assert.equal(status, 1);
    const { gate } = JSON.parse(run("--format=json").stdout) as {
      gate: { limits: { count: number; max: number }[] };
    };
    assert.deepEqual(
      gate.limits.map(({ count, max }) => [count, max]),
      [
        [4, 1],
        [1, 0],
      ],
    );
  });

  it("takes severities and exclusions from the configuration, and the command line before it", () => {
    module.write(
      ".escapelens.json",
      JSON.stringify({ severity: { loop: "off", body: "error" }, exclude: ["nothing"], failOn: "off" }),
    );
    assert.deepEqual(places(), ["sub/sub.go:3:19"]);
    assert.equal(run().status, 0);
    assert.equal(run("--fail-on=error").status, 1);
    module.write(".escapelens.json", JSON.stringify({ severity: { body: "error" }, exclude: ["sub"] }));
    assert.deepEqual(places("--level=error"), []);
  });

  it("reports what fails even where the level is louder", () => {
    assert.deepEqual(places("./sub"), []);
    const { status, stdout } = run("--fail-on=hint", "./sub");
    assert.equal(status, 1);
    assert.match(stdout, /^sub\/sub\.go:3:19: /);
  });

  it("gives the same from shards that are merged as from one check", () => {
    const json = (name: string, ...args: string[]) => {
      const { stdout } = run("--format=json", ...args);
      module.write(name, stdout);
      return JSON.parse(stdout) as { packages: unknown[]; sites: unknown[] };
    };
    const whole = json("whole.json");
    const one = json("1.json", "--shard=1/2");
    const two = json("2.json", "--shard=2/2");
    assert.deepEqual([one.packages.length, two.packages.length], [1, 1]);
    const merged = escapelens(["merge", "1.json", "2.json"], { cwd: module.dir });
    assert.deepEqual(JSON.parse(merged.stdout), whole);
    assert.equal(merged.status, 1);
    const text = escapelens(["merge", "--format=text", "1.json", "2.json"], { cwd: module.dir });
    assert.equal(text.stdout, run().stdout);
    assert.equal(escapelens(["merge", "shop.go"], { cwd: module.dir }).status, 2);
  });

  it("finds in shards what generic functions allocate where they are used", () => {
    module.write("gen/gen.go", "package gen\n\nfunc Ptr[T any](x T) *T { return &x }\n");
    module.write("use/use.go", 'package use\n\nimport "example.com/m/gen"\n\nvar P = gen.Ptr(1)\n');
    const ids = (text: string) => (JSON.parse(text) as { sites: { id: string }[] }).sites.map(({ id }) => id);
    const whole = ids(run("--format=json").stdout);
    for (const shard of ["1/4", "2/4", "3/4", "4/4"])
      module.write(`${shard[0] ?? ""}.json`, run("--format=json", `--shard=${shard}`).stdout);
    const merged = escapelens(["merge", "1.json", "2.json", "3.json", "4.json"], { cwd: module.dir });
    assert.deepEqual(ids(merged.stdout), whole);
    assert.ok(merged.stdout.includes('"file": "gen/gen.go"'));
  });

  it("looks at several targets side by side, and names those that have a finding", () => {
    module.write("only_arm64.go", "package shop\n\nfunc Arm() *int { x := 1; return &x }\n");
    const { stdout, stderr } = run("--level=hint", "--target=linux/amd64", "--target=linux/arm64", ".");
    const arm = stdout.split("\n").filter((line) => line.startsWith("only_arm64.go"));
    assert.match(arm.join("\n"), /^only_arm64\.go:3:19: .* \[go1\.\S+ linux\/arm64\]$/);
    assert.equal(stdout.match(/\[/g)?.length, 1);
    assert.match(stderr, /linux\/amd64; go1\.\S+ linux\/arm64/);
    const { builds, sites } = JSON.parse(
      run("--format=json", "--target=linux/amd64", "--target=linux/arm64", ".").stdout,
    ) as { builds: { target: string }[]; sites: { file: string; builds: string[] }[] };
    assert.deepEqual(
      builds.map(({ target }) => target),
      ["linux/amd64", "linux/arm64"],
    );
    assert.ok(sites.every((site) => site.builds.length === (site.file === "only_arm64.go" ? 1 : 2)));
  });

  it("writes nothing into the workspace unless it is asked to", () => {
    const before = readdirSync(module.dir, { recursive: true }).map(String).sort();
    run("--format=sarif");
    run("--shard=1/2");
    escapelens(["report"], { cwd: module.dir });
    assert.deepEqual(readdirSync(module.dir, { recursive: true }).map(String).sort(), before);
    assert.ok(!before.includes(path.join("sub", ".escapelens.json")));
  });
});
