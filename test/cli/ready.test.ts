/** Ready for CI: the action's script and the pre-commit hook, run as they would be there, from a bare clone. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import { after, before, describe, it } from "mocha";
import { type TestModule, testModule } from "../harness/module.js";
import { root } from "../harness/paths.js";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly Step[];
  };
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

/** A job of GitLab. */
interface Job {
  readonly variables?: Readonly<Record<string, string>>;
  readonly parallel?: number;
  readonly script: readonly string[];
}

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
}

describe("ready for CI", () => {
  let folder: string;
  let clone: string;
  let archive: string;
  let module: TestModule;

  // As pre-commit does with a hook whose language is node: clone, install with the scripts, pack.
  before(function () {
    this.timeout(600_000);
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-ci-")));
    clone = cloneOfCheckout(folder);
    run(
      "npm",
      ["install", "--include=dev", "--include=prod", "--no-progress", "--no-save", "--no-audit"],
      clone,
    );
    archive = path.join(clone, run("npm", ["pack", "--silent"], clone).trim().split("\n").at(-1) ?? "");
    module = testModule({
      "m.go":
        'package m\n\nimport "fmt"\n\nfunc F(xs []int) {\n\tfor _, x := range xs {\n\t\tfmt.Println(x)\n\t}\n}\n',
    });
  });

  after(() => {
    module.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it("the pre-commit hook's command reports, and passes where nothing is new", () => {
    const [hook] = load(readFileSync(path.join(clone, ".pre-commit-hooks.yaml"), "utf8")) as Hook[];
    assert.equal(hook?.language, "node");
    const prefix = path.join(folder, "environment");
    run("npm", ["install", "--global", "--no-audit", `--prefix=${prefix}`, archive], folder);
    const bin = process.platform === "win32" ? prefix : path.join(prefix, "bin");
    const [command = "", ...args] = hook.entry.split(" ");
    const call = (...more: string[]) =>
      spawnSync(path.join(bin, command), [...args, ...more], { cwd: module.dir, encoding: "utf8" });
    const found = call();
    assert.equal(found.status, 1, found.stderr);
    assert.match(found.stdout, /^m\.go:7:15: .*\(boxed-formatting\)\n$/);
    assert.equal(call("--baseline=b.json", "--update-baseline").status, 0);
    assert.equal(call("--baseline=b.json").status, 0);
  });

  it("the action annotates, says its exit status and writes SARIF", () => {
    const found = act({ "sarif-file": "out.sarif", packages: " ./...  \n ." });
    assert.equal(found.status, 1, found.stderr);
    assert.match(
      found.stdout,
      /^::notice file=m\.go,line=7,endLine=7,col=15,endColumn=16,title=escapelens%3A boxed-formatting::/m,
    );
    assert.equal(found.output, "exit-status=1\n");
    const sarif = JSON.parse(readFileSync(module.path("out.sarif"), "utf8")) as {
      runs: { results: unknown[] }[];
    };
    assert.equal(sarif.runs[0]?.results.length, 1);
  });

  it("the action names the folders to keep, and keeps what it found there", () => {
    const { steps } = actionOf();
    const cache = steps.find(({ uses }) => uses?.startsWith("actions/cache@") === true);
    const paths = cache?.with?.["path"]?.trim().split("\n") ?? [];
    assert.deepEqual(paths, ["${{ steps.folders.outputs.go }}", "${{ steps.folders.outputs.own }}"]);
    const own = path.join(folder, "own");
    const named = runStep(steps[0] ?? assert.fail("no step"), { ESCAPELENS_CACHE: own });
    assert.deepEqual(named.output.trim().split("\n"), [
      `go=${run("go", ["env", "GOCACHE"], folder).trim()}`,
      `own=${own}`,
    ]);
    const first = act({}, { KEPT: own });
    assert.equal(first.status, 1, first.stderr);
    const kept = () => readdirSync(path.join(own, "check"), { recursive: true }).sort();
    const found = kept();
    assert.ok(found.length > 0);
    assert.equal(act({}, { KEPT: own }).stdout, first.stdout);
    assert.deepEqual(kept(), found);
  });

  it("the action hands on levels and further flags, and does not run what is in its inputs", () => {
    assert.equal(act({ level: "warning" }).status, 0);
    assert.equal(act({ "fail-on": "off" }).status, 0);
    assert.match(act({ args: "--tests=off   --format=text" }).stdout, /^m\.go:7:15: /);
    const evil = act({ level: "$(touch evil)", args: "; touch evil" });
    assert.equal(evil.status, 2);
    assert.throws(() => readFileSync(module.path("evil")));
  });

  it("the example for GitLab joins what four machines find, and its last job says it", () => {
    const text = readFileSync(path.join(clone, "docs", "ci.md"), "utf8");
    const example = /^## GitLab\n\n```yaml\n([^]*?)^```$/m.exec(text)?.[1] ?? "";
    const jobs = load(example) as Readonly<Record<string, Job>>;
    const [escapes, gate] = [jobs["escapes"], jobs["escapes-gate"]];
    assert.ok(escapes !== undefined && gate !== undefined);
    const shared = { CI_PROJECT_DIR: module.dir, CI_NODE_TOTAL: String(escapes.parallel ?? 0) };
    assert.equal(
      escapeLens(["check", "--update-baseline", "--baseline=.escapelens-baseline.json"]).status,
      0,
    );
    module.write(
      "more.go",
      'package m\n\nimport "fmt"\n\nfunc More(xs []int) {\n\tfor _, x := range xs {\n\t\tfmt.Println(x)\n\t}\n}\n',
    );
    for (let index = 1; index <= (escapes.parallel ?? 0); index++) {
      const done = job(escapes, { ...shared, CI_NODE_INDEX: String(index) });
      assert.equal(done.status, 0, done.stderr);
    }
    const { status, stdout, stderr } = job(gate, shared);
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^more\.go:7:15: .*\(boxed-formatting\)\n$/);
    assert.match(readFileSync(module.path("escapes.html"), "utf8"), /^<!doctype html>/i);
  });

  function actionOf(): { inputs: Action["inputs"]; steps: readonly Step[] } {
    const { inputs, runs } = load(readFileSync(path.join(clone, "action.yml"), "utf8")) as Action;
    return { inputs, steps: runs.steps };
  }

  /** The step that checks: inputs become its environment. */
  function act(given: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) {
    const { inputs, steps } = actionOf();
    const step = steps.find(({ id }) => id === "check");
    assert.ok(step !== undefined);
    const values: Record<string, string> = { version: `file:${archive}`, ...given };
    const env = Object.entries(step.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? "";
      return [name, values[input] ?? inputs[input]?.default ?? ""];
    });
    return runStep(step, { ...(Object.fromEntries(env) as Record<string, string>), ...more });
  }

  /** As the runner of GitHub calls it: bash runs the script. */
  function runStep({ run: script = "" }: Step, env: Readonly<Record<string, string>>) {
    const output = path.join(folder, "output");
    writeFileSync(output, "");
    const args = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script];
    const result = spawnSync("bash", args, {
      cwd: module.dir,
      env: { ...process.env, ...env, GITHUB_OUTPUT: output, LC_ALL: "C" },
      encoding: "utf8",
    });
    return { ...result, output: readFileSync(output, "utf8") };
  }

  /** As a runner of GitLab calls it: all lines in one shell, which ends at the first that fails. */
  function job({ variables = {}, script }: Job, given: Readonly<Record<string, string>>) {
    const lines = script.map((line) => line.replace("--package=go-escape-lens", `--package=file:${archive}`));
    const named = Object.entries(variables).filter(([name]) => name === "ESCAPELENS_CACHE");
    const expanded = named.map(([name, value]) => [name, value.replace("$CI_PROJECT_DIR", module.dir)]);
    const env = { ...process.env, ...(Object.fromEntries(expanded) as Record<string, string>), ...given };
    const shell = ["-e", "-c", lines.join("\n")];
    return spawnSync("bash", shell, { cwd: module.dir, env: { ...env, LC_ALL: "C" }, encoding: "utf8" });
  }

  function escapeLens(args: readonly string[]) {
    const command = ["--yes", `--package=file:${archive}`, "--", "escapelens", ...args];
    return spawnSync("npx", command, { cwd: module.dir, encoding: "utf8" });
  }
});

/** A repository of what the checkout holds now, committed or not, cloned over file:// as a CI would clone it. */
function cloneOfCheckout(folder: string): string {
  const origin = path.join(folder, "origin");
  const listed = run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], root);
  const files = listed
    .split("\0")
    .filter((name) => !name.startsWith("test/") && existsSync(path.join(root, name)) && name !== "");
  for (const file of files) {
    const target = path.join(origin, file);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(root, file), target);
  }
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
  run("git", ["init", "--quiet", origin], folder);
  run("git", ["add", "--all"], origin);
  run("git", [...identity, "commit", "--quiet", "-m", "all"], origin);
  run("git", ["clone", "--quiet", "--depth=1", `file://${origin}`, "clone"], folder);
  return path.join(folder, "clone");
}

function run(file: string, args: readonly string[], cwd: string): string {
  return execFileSync(file, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  });
}
