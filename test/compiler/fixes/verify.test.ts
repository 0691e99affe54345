import assert from "node:assert/strict";
import type { Site } from "../../../server/src/analysis/site.js";
import type { Snapshot } from "../../../server/src/analysis/snapshot.js";
import { type Edit, type Proof, verify } from "../../../server/src/analysis/verify.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { fakeSite, fakeSnapshot, siteAt } from "./fakeSites.js";

const file = "/p/p.go";
const signal = new AbortController().signal;

/** Replaces the first occurrence of a text. */
function replacing(snapshot: Snapshot, old: string, newText: string): Edit {
  const text = snapshot.texts.get(file)!;
  const start = text.text.indexOf(old);
  return new Map([[file, [{ range: text.range(start, start + old.length), newText }]]]);
}

/** A compiler that finds a site at each occurrence of the words in what it is given. */
function finds(words: readonly string[], rest: (word: string) => Partial<Site> = () => ({})) {
  return (_snapshot: Snapshot, overlays: ReadonlyMap<string, string>) => {
    const text = new SourceText(overlays.get(file)!);
    const sites = words.flatMap((word) =>
      [...text.text.matchAll(new RegExp(word.replace(/[^\w]/g, "\\$&"), "g"))].map((match) =>
        siteAt(file, text, match.index, word, rest(word)),
      ),
    );
    return Promise.resolve({ sites });
  };
}

function check(
  source: string,
  edit: [string, string],
  proof: Proof,
  words: readonly string[],
  rest?: (word: string) => Partial<Site>,
) {
  const snapshot = fakeSnapshot({ [file]: source });
  const compile = finds(words, rest);
  return compile(snapshot, new Map([[file, source]])).then(({ sites }) => {
    const site = sites[0]!;
    return verify({ edit: replacing(snapshot, ...edit), proof, site }, snapshot, sites, compile, signal);
  });
}

describe("verify", () => {
  it("holds where the site goes and nothing comes", async () => {
    const verdict = await check("a\nmake(1)\nb", ["make(1)", "x"], "gone", ["make(1)"]);
    assert.ok(verdict.kind === "holds");
    assert.deepEqual([verdict.removed.length, verdict.added.length], [1, 0]);
  });

  it("finds no effect where the site stays, though another of the same words goes", async () => {
    const verdict = await check("make(1)\nmake(1)", ["\nmake(1)", ""], "gone", ["make(1)"]);
    assert.equal(verdict.kind, "no-effect");
  });

  it("tells apart which of two equal sites went", async () => {
    const verdict = await check("make(1)\nmake(1)", ["make(1)", "x"], "gone", ["make(1)"]);
    assert.ok(verdict.kind === "holds");
    assert.equal(verdict.removed[0]?.range.start.line, 0);
  });

  it("is worse where something new comes", async () => {
    const verdict = await check("make(1)", ["make(1)", "new(2)"], "gone", ["make(1)", "new(2)"]);
    assert.equal(verdict.kind, "worse");
  });

  it("knows a site again whose own text was edited, by its place", async () => {
    const outer = (word: string): Partial<Site> => ({
      form: word.startsWith("&T") ? "address-of-literal" : "make",
    });
    const words = ["make(1)", "&T{make(1)}", "&T{}"];
    const verdict = await check("\n&T{make(1)}", ["make(1)", ""], "gone", words, outer);
    assert.equal(verdict.kind, "holds");
  });

  it("lets a structural fix write an allocation, but no variable that moves", async () => {
    const hidden = (word: string): Partial<Site> =>
      word === "append(s)"
        ? { kind: "hidden", form: "append" }
        : { kind: word === "buf" ? "moved" : "escapes" };
    const words = ["append(s)", "make(9)", "buf"];
    assert.equal(
      (await check("append(s)", ["append(s)", "make(9)"], "structural", words, hidden)).kind,
      "holds",
    );
    assert.equal((await check("append(s)", ["append(s)", "buf"], "structural", words, hidden)).kind, "worse");
    assert.equal((await check("append(s) x", ["x", "y"], "structural", words, hidden)).kind, "no-effect");
  });

  it("lets a structural fix write an allocation that is inlined elsewhere too, beside what was there", async () => {
    const other = "/p/other.go";
    const snapshot = fakeSnapshot({ [file]: "append(s)", [other]: "call(s)" });
    const inlined = (expression: string): Site =>
      fakeSite(snapshot, other, "call(s)", { form: "inlined-call", inlinedFrom: "call", expression });
    const site = fakeSite(snapshot, file, "append(s)", { form: "append", expression: "append" });
    const claim = { edit: replacing(snapshot, "append(s)", "make(9)"), proof: "structural" as const, site };
    const after =
      (...expressions: string[]) =>
      async () => {
        const made = siteAt(file, new SourceText("make(9)"), 0, "make(9)");
        return Promise.resolve({ sites: [made, ...expressions.map(inlined)] });
      };
    const before = [site, inlined("append")];
    const verdictOf = async (...expressions: string[]) =>
      (await verify(claim, snapshot, before, after(...expressions), signal)).kind;
    assert.equal(await verdictOf("make(9)", "append"), "holds");
    assert.equal(await verdictOf("append", "new(int)"), "worse");
  });

  it("knows what a structural fix wrote again where a caller's constants or types are filled in", async () => {
    const other = "/p/other.go";
    const snapshot = fakeSnapshot({ [file]: "append(s)", [other]: "call(s)" });
    const site = fakeSite(snapshot, file, "append(s)", { form: "append", expression: "append" });
    const claim = { edit: replacing(snapshot, "append(s)", "make(n)"), proof: "structural" as const, site };
    const verdictOf = async (inlinedFrom: string, expression: string) => {
      const made = siteAt(file, new SourceText("make(n)"), 0, "make(n)");
      const inlined = fakeSite(snapshot, other, "call(s)", { form: "inlined-call", inlinedFrom, expression });
      const compile = () => Promise.resolve({ sites: [made, inlined] });
      return (await verify(claim, snapshot, [site], compile, signal)).kind;
    };
    assert.equal(await verdictOf("f", "make(9)"), "holds");
    assert.equal(await verdictOf("f[int,string]", "make(9)"), "holds");
    assert.equal(await verdictOf("g", "make(9)"), "worse");
    assert.equal(await verdictOf("f", "new(int)"), "worse");
  });

  it("is worse where a structural fix makes something else allocate", async () => {
    const source = "append(s)\nother";
    const snapshot = fakeSnapshot({ [file]: source });
    const site = fakeSite(snapshot, file, "append(s)", { kind: "hidden", form: "append" });
    const compile = (_snapshot: Snapshot, overlays: ReadonlyMap<string, string>) => {
      const text = new SourceText(overlays.get(file)!);
      return Promise.resolve({ sites: [siteAt(file, text, text.text.indexOf("other"), "other")] });
    };
    const claim = { edit: replacing(snapshot, "append(s)", "x"), proof: "structural" as const, site };
    assert.equal((await verify(claim, snapshot, [site], compile, signal)).kind, "worse");
  });

  it("weighs loops when it asks for fewer", async () => {
    const inLoop = (word: string): Partial<Site> => ({ loopDepth: word === "in" ? 1 : 0 });
    assert.equal((await check("in", ["in", "out out"], "fewer", ["in", "out"], inLoop)).kind, "holds");
    assert.equal((await check("out", ["out", "in"], "fewer", ["out", "in"], inLoop)).kind, "worse");
    assert.equal((await check("in x", ["x", "y"], "fewer", ["in"], inLoop)).kind, "no-effect");
  });

  it("finds fewer where an allocation leaves a loop with its words unchanged", async () => {
    const source = "loop x\n";
    const snapshot = fakeSnapshot({ [file]: source });
    const compile = (_snapshot: Snapshot, overlays: ReadonlyMap<string, string>) => {
      const text = new SourceText(overlays.get(file)!);
      const loopDepth = text.text.startsWith("loop") ? 1 : 0;
      return Promise.resolve({ sites: [siteAt(file, text, text.text.indexOf("x"), "x", { loopDepth })] });
    };
    const { sites } = await compile(snapshot, new Map([[file, source]]));
    const claim = { edit: replacing(snapshot, "loop x", "x loop"), proof: "fewer" as const, site: sites[0]! };
    assert.equal((await verify(claim, snapshot, sites, compile, signal)).kind, "holds");
  });

  it("lets what fills a pool be new, a variable that moves included, and nothing else", async () => {
    const moved = (word: string): Partial<Site> => ({ kind: word === "b" ? "moved" : "escapes" });
    const words = ["make(1)", "b"];
    assert.equal((await check("make(1)", ["make(1)", "b"], "pooled", words, moved)).kind, "holds");
    assert.equal((await check("make(1)", ["make(1)", "make(1)"], "pooled", words, moved)).kind, "no-effect");
    const snapshot = fakeSnapshot({ [file]: "make(1)\nother" });
    const foreign = (_snapshot: Snapshot, overlays: ReadonlyMap<string, string>) => {
      const text = new SourceText(overlays.get(file)!);
      return Promise.resolve({ sites: [siteAt(file, text, text.text.indexOf("other"), "other")] });
    };
    const site = fakeSite(snapshot, file, "make(1)");
    const claim = { edit: replacing(snapshot, "make(1)", "b"), proof: "pooled" as const, site };
    assert.equal((await verify(claim, snapshot, [site], foreign, signal)).kind, "worse");
  });

  it("does not count what allocates nothing", async () => {
    const free = (word: string): Partial<Site> => ({ allocates: word === "free" ? "no" : "yes" });
    assert.equal(
      (await check("make(1)", ["make(1)", "free"], "gone", ["make(1)", "free"], free)).kind,
      "holds",
    );
  });

  it("says why it does not compile", async () => {
    const snapshot = fakeSnapshot({ [file]: "make(1)" });
    const site = fakeSite(snapshot, file, "make(1)");
    const claim = { edit: replacing(snapshot, "make(1)", "?"), proof: "gone" as const, site };
    const verdict = await verify(
      claim,
      snapshot,
      [site],
      () => Promise.resolve({ error: "p.go:1: no" }),
      signal,
    );
    assert.deepEqual(verdict, { kind: "does-not-compile", message: "p.go:1: no" });
  });

  it("refuses edits that overlap", async () => {
    const snapshot = fakeSnapshot({ [file]: "make(1)" });
    const site = fakeSite(snapshot, file, "make(1)");
    const edit = { range: site.range, newText: "" };
    const claim = { edit: new Map([[file, [edit, edit]]]), proof: "gone" as const, site };
    await assert.rejects(verify(claim, snapshot, [site], finds([]), signal), /overlap/);
  });
});
