// Mocha's usual report, and the numbers by file for scripts/lib/suites.mjs, which adds them up.
import { writeFileSync } from "node:fs";
import mocha from "mocha";

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const counts = {};
    const count = (outcome) => (test) => {
      counts[test.file] ??= { passed: 0, failed: 0 };
      counts[test.file][outcome]++;
    };
    runner.on("pass", count("passed"));
    runner.on("fail", count("failed"));
    runner.once("end", () => {
      writeFileSync(process.env["ESCAPE_LENS_COUNTS"], JSON.stringify(counts));
    });
  }
}
