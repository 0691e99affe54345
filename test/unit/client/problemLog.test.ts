import assert from "node:assert/strict";
import { ProblemLog } from "../../../client/src/problemLog.js";
import type { StatusParams, StatusPhase } from "../../../server/src/protocol.js";

function status(message: string | null, phase: StatusPhase = "idle"): StatusParams {
  const problem = message === null ? null : { code: "go-failed" as const, message, detail: "", stale: false };
  const nothing = { version: 1, shown: 0, known: 0, go: null, target: null, pgo: null };
  return {
    ...nothing,
    uri: "file:///a.go",
    package: "m/a",
    finishedAt: null,
    notes: [],
    milliseconds: null,
    phase,
    problem,
  };
}

describe("ProblemLog", () => {
  it("writes a problem once, and again when it has changed or come back", () => {
    const lines: string[] = [];
    const log = new ProblemLog({ warn: (line: string) => lines.push(line) });
    for (const message of ["one", "one", "two", null, "two"]) log.update(status(message));
    assert.deepEqual(lines, ["m/a: one", "m/a: two", "m/a: two"]);
  });

  it("writes once what differs from the person's build", () => {
    const lines: string[] = [];
    const log = new ProblemLog({ warn: (line: string) => lines.push(line) });
    for (const notes of [["-l is left out"], ["-l is left out"], []]) log.update({ ...status(null), notes });
    log.update({ ...status("one"), notes: ["-l is left out"] });
    assert.deepEqual(lines, ["m/a: -l is left out", "m/a: one\n-l is left out"]);
  });

  it("says nothing of an analysis that still runs", () => {
    const lines: string[] = [];
    new ProblemLog({ warn: (line: string) => lines.push(line) }).update(status("one", "working"));
    assert.deepEqual(lines, []);
  });
});
