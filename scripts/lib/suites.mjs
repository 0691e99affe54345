// Runs the bundled tests of one suite (a folder of test/out) with mocha, and counts.
import { once } from "node:events";
import { createRequire } from "node:module";
import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { endChild, startChild } from "./children.mjs";

/** Longest time that a suite may take, milliseconds: many times what it does. One that hangs is ended, and counts as failed. */
const longest = 20 * 60_000;

/** So many files that fail are run again: where more do, it is not chance. */
const mostAgain = 3;

/**
 * Runs a suite and returns how many tests passed and failed, the names of the files that were run again, and what was
 * left open, where the tests' process did not end by itself; one that has no tests, crashes, or has tests that are
 * skipped or set aside counts as failed. `timeout`: milliseconds for one test. `isLive`: the tests talk to a program while
 * it works, by keys, mouse or messages, and a busy machine may be too late for one: a file that fails is run once more,
 * from the start, and counts as it ends then.
 */
export async function runSuite(root, { name, timeout, isLive = false, env }) {
  const folder = path.join(root, "test", "out", name);
  const files = (await readdir(folder, { recursive: true }).catch(() => []))
    .filter((file) => file.endsWith(".test.mjs"))
    .map((file) => path.join(folder, file))
    .sort();
  if (files.length === 0) {
    console.error(`${name}: there are no tests in test/${name}`);
    return { passed: 0, failed: 1, again: [], leftOpen: [] };
  }
  const first = await runFiles(root, files, { timeout, env });
  const failing = Object.keys(first.counts).filter((file) => first.counts[file].failed > 0);
  if (!isLive || failing.length === 0 || failing.length > mostAgain) return sumOf(first, []);
  const again = failing.map((file) => path.basename(file));
  console.log(`\n── ${name}, again: ${again.join(", ")}`);
  const second = await runFiles(root, failing, { timeout, env });
  const kept = Object.entries(first.counts).filter(([file]) => !failing.includes(file));
  const counts = { ...Object.fromEntries(kept), ...second.counts };
  return sumOf({ ...second, counts, leftOpen: [...first.leftOpen, ...second.leftOpen] }, again);
}

/** What ends badly without a failed test counts as one. */
function sumOf({ counts, status, leftOpen }, again) {
  const of = (outcome) => Object.values(counts).reduce((sum, each) => sum + each[outcome], 0);
  return {
    passed: of("passed"),
    failed: status === 0 ? of("failed") : Math.max(of("failed"), 1),
    again,
    leftOpen,
  };
}

/** Mocha's exit status, how many tests passed and failed by file (absolute path), and what they have left open. */
async function runFiles(root, files, { timeout, env }) {
  const temporary = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-test-"));
  const counts = path.join(temporary, "counts.json");
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  // For a run that is interrupted.
  process.once("exit", remove);
  try {
    const child = startChild(process.execPath, mochaArguments(root, timeout, files), {
      cwd: root,
      env: { ...env, ESCAPE_LENS_COUNTS: counts },
      stdio: "inherit",
    });
    const late = setTimeout(() => {
      console.error(`\nended: the tests were not over after ${longest / 60_000} minutes`);
      endChild(child);
    }, longest);
    const [status] = await once(child, "exit");
    clearTimeout(late);
    // Who is left would hold our output open.
    endChild(child);
    return {
      status,
      ...JSON.parse(await readFile(counts, "utf8").catch(() => '{"counts":{},"leftOpen":[]}')),
    };
  } finally {
    process.off("exit", remove);
    remove();
  }
}

function mochaArguments(root, timeout, specs) {
  const mocha = createRequire(path.join(root, "package.json")).resolve("mocha/bin/mocha.js");
  const strict = ["--forbid-only", "--forbid-pending"];
  const reporter = ["--reporter", path.join(root, "scripts", "lib", "countingReporter.mjs")];
  return [mocha, "--enable-source-maps", ...strict, ...reporter, "--timeout", String(timeout), ...specs];
}
