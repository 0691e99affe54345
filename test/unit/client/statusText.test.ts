import assert from "node:assert/strict";
import { problemText, statusView } from "../../../client/src/statusText.js";
import type { StatusParams, StatusProblem } from "../../../server/src/protocol.js";

const formatTime = (milliseconds: number): string => `time ${milliseconds}`;

function status(changes: Partial<StatusParams> = {}): StatusParams {
  return {
    uri: "file:///w/a.go",
    version: 1,
    phase: "idle",
    problem: null,
    shown: 2,
    known: 5,
    go: "go1.26.8",
    target: "linux/amd64",
    pgo: null,
    package: "example.com/a",
    finishedAt: 7,
    notes: [],
    milliseconds: 12.4,
    ...changes,
  };
}

function problem(changes: Partial<StatusProblem> = {}): StatusProblem {
  return { code: "no-go", message: "Go was not found.", detail: "", stale: false, ...changes };
}

describe("statusView", () => {
  const text = (state: "starting" | "running" | "stopped", params?: StatusParams) =>
    statusView(state, params, formatTime);

  it("shows counts, toolchain, time and duration of good results", () => {
    assert.deepEqual(text("running", status()), {
      text: "Escape: 2 of 5 heap sites shown",
      detail: "go1.26.8 linux/amd64 · time 7, 12 ms",
      severity: "information",
      busy: false,
    });
  });

  it("names the profile where there is one", () => {
    assert.match(text("running", status({ pgo: "default.pgo" })).detail, /profile default\.pgo/);
  });

  it("tells of what differs from the person's build before the rest, with a problem as well", () => {
    const notes = ["`-race` is left out."];
    assert.equal(
      text("running", status({ notes })).detail,
      "`-race` is left out. · go1.26.8 linux/amd64 · time 7, 12 ms",
    );
    assert.match(
      text("running", status({ notes, problem: problem() })).detail,
      /^Go was.*`-race` is left out/,
    );
  });

  it("is busy until the analysis is idle", () => {
    for (const phase of ["working", "sites", "flows", "evidence", "verdicts"] as const) {
      assert.equal(text("running", status({ phase })).busy, true, phase);
    }
    assert.equal(text("running", status()).busy, false);
  });

  it("says that a first analysis runs", () => {
    const first = status({ phase: "working", finishedAt: null, milliseconds: null, go: null, target: null });
    assert.deepEqual(text("running", first), {
      text: "Escape: analyzing",
      detail: "",
      severity: "information",
      busy: true,
    });
  });

  it("says that nothing goes to the heap", () => {
    assert.equal(
      text("running", status({ shown: 0, known: 0 })).text,
      "Escape: nothing goes to the heap here",
    );
  });

  it("warns of what the person can repair, in few words first, and says what stays on screen", () => {
    const broken = problem({
      code: "does-not-compile",
      message: "The package does not compile: a.go:3:1: x",
      detail: "a.go:3:1: x\nmore",
      stale: true,
    });
    assert.equal(problemText(broken), "The package does not compile: a.go:3:1: x\na.go:3:1: x\nmore");
    assert.equal(problemText(problem()), "Go was not found.");
    assert.deepEqual(
      text(
        "running",
        status({ problem: broken, go: null, target: null, finishedAt: null, milliseconds: null }),
      ),
      {
        text: "Escape: does not compile",
        detail: "a.go:3:1: x · Older results stay on screen",
        severity: "warning",
        busy: false,
      },
    );
  });

  it("only informs of what was chosen or is no fault", () => {
    for (const code of ["untrusted", "not-in-workspace", "excluded", "manual"] as const) {
      assert.equal(text("running", status({ problem: problem({ code }) })).severity, "information", code);
    }
  });

  it("shows the server's own state before anything else", () => {
    assert.equal(text("stopped", status()).severity, "error");
    assert.equal(text("starting", status()).busy, true);
    assert.equal(text("running").text, "Escape: waiting for the first analysis");
  });
});
