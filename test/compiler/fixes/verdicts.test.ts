import assert from "node:assert/strict";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import type { Claim, Recompile } from "../../../server/src/analysis/verify.js";
import { fakeSite, fakeSnapshot } from "./fakeSites.js";

const file = "/p/p.go";
const signal = new AbortController().signal;

/** A compiler that answers when it is let go, and counts its runs. */
function heldCompiler() {
  const state = { runs: 0, aborted: 0 };
  let letGo: () => void = () => undefined;
  let start: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (start = resolve));
  const open = new Promise<void>((resolve) => (letGo = resolve));
  const recompile: Recompile = async (_snapshot, _overlays, signal) => {
    state.runs++;
    start();
    const abort = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => {
        state.aborted++;
        reject(new DOMException("ended", "AbortError"));
      });
    });
    await Promise.race([open, abort]);
    return { sites: [] };
  };
  return {
    state,
    started,
    recompile,
    letGo: () => {
      letGo();
    },
  };
}

function claimOn(text: string): { snapshot: ReturnType<typeof fakeSnapshot>; claim: Claim } {
  const snapshot = fakeSnapshot({ [file]: text });
  const site = fakeSite(snapshot, file, "make(1)");
  return {
    snapshot,
    claim: { site, proof: "gone", edit: new Map([[file, [{ range: site.range, newText: "x" }]]]) },
  };
}

describe("Verdicts", () => {
  it("compiles once for all who ask, and remembers", async () => {
    const compiler = heldCompiler();
    const verdicts = new Verdicts({ recompile: compiler.recompile, limit: 1 });
    const { snapshot, claim } = claimOn("make(1)");
    assert.equal(verdicts.known(claim, snapshot), undefined);
    const both = [1, 2].map(() => verdicts.verify(claim, snapshot, [claim.site], signal));
    compiler.letGo();
    const [first, second] = await Promise.all(both);
    assert.equal(first?.kind, "holds");
    assert.equal(second, first);
    assert.equal(verdicts.known(claim, snapshot), first);
    // The same texts, read again.
    assert.equal(verdicts.known(claim, claimOn("make(1)").snapshot), first);
    assert.equal(compiler.state.runs, 1);
  });

  it("forgets, and ends its compiler, when a newer text is asked about", async () => {
    const compiler = heldCompiler();
    const verdicts = new Verdicts({ recompile: compiler.recompile, limit: 2 });
    const older = claimOn("make(1)");
    const newer = claimOn("make(1) // more");
    const waiting = verdicts.verify(older.claim, older.snapshot, [older.claim.site], signal);
    const rejected = assert.rejects(waiting, { name: "AbortError" });
    await compiler.started;
    const answer = verdicts.verify(newer.claim, newer.snapshot, [newer.claim.site], signal);
    await rejected;
    compiler.letGo();
    assert.equal((await answer).kind, "holds");
    assert.equal(compiler.state.aborted, 1);
    assert.equal(verdicts.known(older.claim, older.snapshot), undefined);
  });

  it("ends the compilers of a package that somebody edits, and of no other, and keeps what it knows", async () => {
    const compiler = heldCompiler();
    const verdicts = new Verdicts({ recompile: compiler.recompile, limit: 2 });
    const { snapshot, claim } = claimOn("make(1)");
    const waiting = verdicts.verify(claim, snapshot, [claim.site], signal);
    const rejected = assert.rejects(waiting, { name: "AbortError" });
    await compiler.started;
    verdicts.interrupt("/another");
    assert.equal(compiler.state.aborted, 0);
    verdicts.interrupt(snapshot.package.dir);
    await rejected;
    assert.equal(compiler.state.aborted, 1);
    compiler.letGo();
    const answer = await verdicts.verify(claim, snapshot, [claim.site], signal);
    verdicts.interrupt(snapshot.package.dir);
    assert.equal(verdicts.known(claim, snapshot), answer);
  });

  it("lets go of who cannot wait, and goes on for the next", async () => {
    const compiler = heldCompiler();
    const verdicts = new Verdicts({ recompile: compiler.recompile, limit: 1 });
    const { snapshot, claim } = claimOn("make(1)");
    const impatient = new AbortController();
    const waiting = verdicts.verify(claim, snapshot, [claim.site], impatient.signal);
    await compiler.started;
    impatient.abort(new Error("too late"));
    await assert.rejects(waiting, /too late/);
    assert.equal(compiler.state.aborted, 0);
    compiler.letGo();
    assert.equal((await verdicts.verify(claim, snapshot, [claim.site], signal)).kind, "holds");
    assert.equal(compiler.state.runs, 1);
  });

  it("tries again after a compiler that could not be run", async () => {
    let runs = 0;
    const recompile: Recompile = () =>
      ++runs === 1 ? Promise.reject(new Error("no go")) : Promise.resolve({ sites: [] });
    const verdicts = new Verdicts({ recompile, limit: 1 });
    const { snapshot, claim } = claimOn("make(1)");
    await assert.rejects(verdicts.verify(claim, snapshot, [claim.site], signal), /no go/);
    assert.equal((await verdicts.verify(claim, snapshot, [claim.site], signal)).kind, "holds");
  });

  it("ends everything when it stops", async () => {
    const compiler = heldCompiler();
    const verdicts = new Verdicts({ recompile: compiler.recompile, limit: 1 });
    const { snapshot, claim } = claimOn("make(1)");
    const rejected = assert.rejects(verdicts.verify(claim, snapshot, [claim.site], signal), {
      name: "AbortError",
    });
    await compiler.started;
    await verdicts.stop();
    await rejected;
    assert.equal(compiler.state.aborted, 1);
  });
});
