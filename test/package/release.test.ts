/** The workflow that releases: it runs only for tags, trusts each job with no more than it needs, and names what exists. */
import { load } from "js-yaml";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { releaseNotes } from "../../scripts/lib/releaseNotes.mjs";
import { root } from "../harness/paths.js";

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const text = readFileSync(path.join(root, ".github/workflows/release.yml"), "utf8");
const workflow = load(text) as Workflow;
const jobs = Object.entries(workflow.jobs);

describe("the release workflow", () => {
  it("runs for tags only, and may write nothing unless a job says so", () => {
    assert.deepEqual(workflow.on, { push: { tags: ["v*"] } });
    assert.deepEqual(workflow.permissions, { contents: "read" });
    const writing = jobs.flatMap(([name, { permissions }]) =>
      Object.entries(permissions ?? {}).flatMap(([what, right]) =>
        right === "write" ? [`${name} ${what}`] : [],
      ),
    );
    assert.deepEqual(writing.sort(), [
      "build attestations",
      "build id-token",
      "github contents",
      "npm id-token",
    ]);
  });

  it("builds once, and publishes what was built", () => {
    for (const [name, { needs, steps }] of jobs) {
      if (name === "build") continue;
      assert.ok([needs].flat().includes("build"), name);
      assert.ok(
        steps.some(({ uses }) => uses?.startsWith("actions/download-artifact@")),
        name,
      );
      assert.ok(!steps.some(({ run }) => /scripts\/|npm run/.test(run ?? "")), name);
    }
  });

  it("gives each secret to one step, in its environment, of a job that is protected", () => {
    const holders = jobs.flatMap(([name, { environment, steps }]) =>
      steps.flatMap(({ env }) =>
        Object.entries(env ?? {}).flatMap(([variable, value]) =>
          value.includes("secrets.") ? [[name, environment, variable, value]] : [],
        ),
      ),
    );
    assert.deepEqual(holders, [
      ["marketplace", "release", "VSCE_PAT", "${{ secrets.VSCE_PAT }}"],
      ["open-vsx", "release", "OVSX_PAT", "${{ secrets.OVSX_PAT }}"],
      ["npm", "release", "NPM_TOKEN", "${{ secrets.NPM_TOKEN }}"],
    ]);
    assert.equal(text.match(/secrets\./g)?.length, holders.length);
    // What GitHub fills in would become part of the script.
    for (const [name, { steps }] of jobs)
      for (const { run } of steps) assert.doesNotMatch(run ?? "", /\$\{\{/, name);
  });

  it("runs scripts that exist, in a shell that understands them", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    const runs = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    const named = runs.flatMap((run) => [...run.matchAll(/node (scripts\/\S+)/g)].map(([, file]) => file!));
    assert.deepEqual(named.sort(), ["scripts/releaseNotes.mjs", "scripts/standalone.mjs"]);
    for (const file of named) assert.ok(existsSync(file), file);
    for (const run of runs) {
      for (const [, name] of run.matchAll(/npm run (\w+)/g)) assert.ok(name! in scripts, name);
      if (process.platform === "win32") continue;
      assert.equal(spawnSync("bash", ["-n"], { input: run, encoding: "utf8" }).stderr, "");
    }
  });
});

describe("the notes of a release", () => {
  const changelog =
    "# Changelog\n\n## [0.2.0] - 2026-11-30\n\n### Added\n\n- More.\n\n## [0.1.0] - unreleased\n\n- First.\n";

  it("are the part of its version", () => {
    assert.equal(releaseNotes("v0.2.0", "0.2.0", changelog), "### Added\n\n- More.\n");
  });

  it("are refused for another tag, and without a date or words", () => {
    assert.throws(
      () => releaseNotes("v0.3.0", "0.2.0", changelog),
      /The tag is v0\.3\.0, and package\.json has 0\.2\.0/,
    );
    assert.throws(() => releaseNotes("", "0.2.0", changelog), /The tag is missing/);
    assert.throws(() => releaseNotes("v0.1.0", "0.1.0", changelog), /no date for 0\.1\.0/);
    assert.throws(() => releaseNotes("v1.0.0", "1.0.0", changelog), /no part for 1\.0\.0/);
    assert.throws(() => releaseNotes("v1.0.0", "1.0.0", "## [1.0.0] - 2026-01-01\n"), /says nothing/);
  });
});
