/** Reports for tests of the formats: what is not given is as in a plain finding. */
import type { Judgment } from "../../../server/src/cli/judgment.js";
import { judge } from "../../../server/src/cli/judgment.js";
import type { FoundSite, Report } from "../../../server/src/cli/report.js";
import type { Configuration } from "../../../server/src/gate/configuration.js";

export function foundSite(given: Partial<FoundSite> = {}): FoundSite {
  return {
    id: "0123456789abcdef",
    package: "example.com/m/p",
    file: "p/p.go",
    function: "F",
    range: { start: { line: 4, character: 1 }, end: { line: 4, character: 3 } },
    kind: "escapes",
    expression: "xs",
    reason: "boxed-argument",
    allocates: "yes",
    when: null,
    evidence: [{ call: "runtime.convTslice", type: "[]int", bytes: 24 }],
    context: "loop",
    loopDepth: 1,
    inlinedFrom: null,
    flow: [
      {
        reason: "interface-converted",
        text: "xs",
        file: "p/p.go",
        range: { start: { line: 4, character: 1 }, end: { line: 4, character: 3 } },
      },
      { reason: "call parameter", text: "f(xs)", file: null, range: null },
    ],
    message: "`xs` is copied to the heap: `f` takes an interface value",
    severity: "information",
    fixes: [],
    column: 2,
    surroundings: null,
    ...given,
  };
}

export function reportOf(...sites: readonly FoundSite[]): Report {
  return {
    builds: [{ go: "go1.26.8", target: "linux/amd64" }],
    packages: [{ importPath: "example.com/m/p", dir: "p", error: null }],
    sites,
    assertions: [],
    unknownLines: 0,
    notes: [],
  };
}

/** What is told of a report at the loudest detail. */
export function judged(report: Report, configuration: Configuration = {}): Judgment {
  const loaded = { configuration, folder: "/m" };
  return judge(report, {
    level: "hint",
    failOn: "hint",
    loaded,
    folder: "/m",
    known: undefined,
    isWhole: true,
  });
}
