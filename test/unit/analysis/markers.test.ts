import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { markersOf } from "../../../server/src/analysis/markers.js";
import { defaultSeverityRules } from "../../../server/src/analysis/severity.js";
import type { Evidence, Site } from "../../../server/src/analysis/site.js";
import { sizeWords } from "../../../server/src/explain/inlayHint.js";
import { markerMessage } from "../../../server/src/explain/message.js";
import { inlayHintsOf } from "../../../server/src/features/inlayHints.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { type CompiledFile, compiled } from "../explain/compiledSites.js";

const source = `package p

type T struct {
	items []*int
	index map[string]int
}

func NewT() *T { return &T{items: make([]*int, 4), index: map[string]int{}} }

func user(ts []*T) {
	for i := range ts {
		ts[i] = NewT() // inlined
		x, y := new(int), new(int) // own
		ts[i].items[0], ts[i].items[1] = x, y
	}
}
`;

const spot = `package p

type E struct{ n int }

func (e *E) Error() string { return "" }

func Spot() any {
	return func() any {
		return &E{1}
	}()
}
`;

describe("markers", () => {
  let file: CompiledFile;

  before(async () => {
    await initializeSyntax(serverOut);
    file = compiled(source);
  });

  it("are one for all that is inlined at one call, and one for each expression of one's own", () => {
    const line = file.at("// inlined")[0]?.range.start.line ?? NaN;
    const markers = markersOf(file.sites, defaultSeverityRules);
    const inlined = markers.filter(({ site }) => site.range.start.line === line);
    assert.equal(inlined.length, 1);
    assert.equal(inlined[0]?.others.length, file.at("// inlined").length - 1);
    assert.ok(inlined[0].others.length >= 2);
    assert.match(markerMessage(inlined[0]), /^Inlined `NewT` puts .* \(and 2 more within this call\)$/);
    assert.equal(markers.filter(({ site }) => site.range.start.line === line + 1).length, 2);
  });

  it("are one for what stands in a function literal that is called on the spot", () => {
    const { sites } = compiled(spot);
    const places = (of: readonly Site[]) =>
      of.map(({ range, inlinedFrom }) => `${range.start.line + 1} ${inlinedFrom ?? ""}`);
    assert.deepEqual(places(sites), ["8 Spot.func1", "9 "]);
    assert.deepEqual(places(markersOf(sites, defaultSeverityRules).map(({ site }) => site)), ["9 "]);
    // Where nothing is left of the literal itself, its copy is what there is to show.
    const [copy, original] = sites;
    const away = [copy!, { ...original!, allocates: "no" as const }];
    assert.deepEqual(places(markersOf(away, defaultSeverityRules).map(({ site }) => site)), ["8 Spot.func1"]);
  });

  it("are as loud as the loudest of their sites", () => {
    const [first, second] = file.at("// inlined").map((site) => site.reason);
    assert.notEqual(first, second);
    const rules = {
      ...defaultSeverityRules,
      severity: { [second!]: "error" as const, [first!]: "hint" as const },
    };
    const marker = markersOf(file.at("// inlined"), rules)[0];
    assert.equal(marker?.severity, "error");
    assert.equal(marker.site.reason, second);
    assert.deepEqual(markersOf(file.sites, { ...rules, severity: { loop: "off", body: "off" } }), []);
  });

  it("have one inlay hint each: the bytes of all evidence, or else that it is on the heap", () => {
    const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = inlayHintsOf(file.at("// inlined"), all, defaultSeverityRules);
    assert.deepEqual(
      hints.map(({ label }) => label),
      ["heap"],
    );
    const evidence: Evidence[] = [{ call: "runtime.newobject", type: "T", bytes: 512 }];
    const proven = file.at("// inlined").map((site) => ({ ...site, evidence }));
    assert.equal(inlayHintsOf(proven, all, defaultSeverityRules)[0]?.label, "1.5 KiB");
    const unsized = proven.map((site) => ({ ...site, evidence: [{ ...evidence[0]!, bytes: null }] }));
    assert.equal(inlayHintsOf(unsized, all, defaultSeverityRules)[0]?.label, "heap");
    const none = { start: all.start, end: { line: 1, character: 0 } };
    assert.deepEqual(inlayHintsOf(proven, none, defaultSeverityRules), []);
    const free = proven.map((site) => ({ ...site, allocates: "no" as const }));
    assert.deepEqual(inlayHintsOf(free, all, defaultSeverityRules), []);
  });

  it("write sizes as people do", () => {
    assert.deepEqual([8, 1024, 1536, 3 * 1024 * 1024].map(sizeWords), ["8 B", "1 KiB", "1.5 KiB", "3 MiB"]);
  });
});
