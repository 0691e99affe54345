// Mocha's usual report, and the numbers by file for scripts/lib/suites.mjs, which adds them up. A process that the tests
// have left something open in would never end by itself: it is ended, and what was open is noted beside the numbers.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import mocha from "mocha";

/** Longest time that the process gets to end by itself after the last test, milliseconds. */
const patience = 20_000;

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const counts = {};
    const count = (outcome) => (test) => {
      counts[test.file] ??= { passed: 0, failed: 0 };
      counts[test.file][outcome]++;
    };
    const write = (leftOpen) =>
      writeFileSync(process.env["ESCAPE_LENS_COUNTS"], JSON.stringify({ counts, leftOpen }));
    runner.on("pass", count("passed"));
    runner.on("fail", count("failed"));
    runner.once("end", () => {
      write([]);
      // It alone keeps nothing alive: it runs only where something else does.
      setTimeout(() => {
        write(leftOpen());
        process.exit();
      }, patience).unref();
    });
  }
}

/** What keeps this process alive, in Node's words, and on Linux the command lines of its children. */
function leftOpen() {
  const resources = new Set(process.getActiveResourcesInfo());
  return [...resources, ...childrenOf(process.pid).map((line) => `process ${line}`)];
}

function childrenOf(pid) {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
    );
    return children.map((child) =>
      readFileSync(`/proc/${child}/cmdline`, "utf8").replaceAll("\0", " ").trim(),
    );
  } catch {
    return [];
  }
}
