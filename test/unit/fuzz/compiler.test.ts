/** The short form of test/conformance/fuzz.ts. `FUZZ_SEED` draws other damage. */
import assert from "node:assert/strict";
import { fuzzParser, slowestRepetition } from "../../harness/fuzz/compilerText.js";
import { type CompiledSource, compiledSource } from "../../harness/fuzz/compiled.js";
import { fuzzAnchors } from "../../harness/fuzz/staleAnchors.js";
import { hostileSource } from "../../harness/hostile.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

const seed = Number(process.env["FUZZ_SEED"] ?? 1);

describe(`damaged text of the compiler and of sources (seed ${seed})`, function () {
  this.timeout(60_000);
  let compiled: CompiledSource;

  before(async () => {
    await initializeSyntax(serverOut);
    compiled = compiledSource(hostileSource);
  });

  it("is parsed without an error or a hang, the same however it is cut", () => {
    const figures = fuzzParser(compiled.text, 20_000, seed);
    assert.ok(figures.facts > 1000 && figures.unknown > 1000, JSON.stringify(figures));
  });

  it("takes no longer for lines that are all repetitions", () => {
    // A pattern that tries all ways to split such a line takes hundreds of times as long for it as one that does not.
    const slowest = slowestRepetition(20_000);
    assert.ok(slowest < 1000, `${slowest} ms`);
  });

  it("leads to no place that is another's", () => {
    const figures = fuzzAnchors(compiled.source, compiled.messages, 200, seed);
    assert.ok(figures.found > 500, JSON.stringify(figures));
  });
});
