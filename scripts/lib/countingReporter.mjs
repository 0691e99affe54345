// Mocha's usual report, and the numbers in a file for scripts/test.mjs, which adds up all suites.
import { writeFileSync } from "node:fs";
import mocha from "mocha";

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures } = runner.stats;
      writeFileSync(process.env["ESCAPE_LENS_COUNTS"], JSON.stringify({ passed: passes, failed: failures }));
    });
  }
}
