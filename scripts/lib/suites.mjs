// Runs the bundled tests of one suite (a folder of test/out) with mocha, and counts.
import { createRequire } from "node:module";
import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runChild } from "./children.mjs";

/**
 * Runs a suite and returns how many tests passed and failed; one that has no tests, crashes, or has tests that are
 * skipped or set aside counts as failed. `timeout`: milliseconds for one test.
 */
export async function runSuite(root, { name, timeout, env }) {
  const folder = path.join(root, "test", "out", name);
  const files = (await readdir(folder, { recursive: true }).catch(() => [])).filter((file) =>
    file.endsWith(".test.mjs"),
  );
  if (files.length === 0) {
    console.error(`${name}: there are no tests in test/${name}`);
    return { passed: 0, failed: 1 };
  }
  const temporary = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-test-"));
  const counts = path.join(temporary, "counts.json");
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  // For a run that is interrupted.
  process.once("exit", remove);
  try {
    const specs = files.map((file) => path.join("test", "out", name, file)).sort();
    const status = await runChild(process.execPath, mochaArguments(root, timeout, specs), {
      cwd: root,
      env: { ...env, ESCAPE_LENS_COUNTS: counts },
    });
    const { passed, failed } = JSON.parse(
      await readFile(counts, "utf8").catch(() => '{"passed":0,"failed":0}'),
    );
    return { passed, failed: status === 0 ? failed : Math.max(failed, 1) };
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
