import assert from "node:assert/strict";
import { EvidenceMemory } from "../../../server/src/analysis/evidenceMemory.js";
import { madeSite } from "../../harness/sites.js";

const boxed = madeSite(1, { form: "boxed", reason: "boxed-argument", allocates: "unknown", callee: "keep" });
const proven = {
  ...boxed,
  allocates: "likely",
  when: "value > 255",
  evidence: [{ call: "runtime.convT64", type: null, bytes: 8 }],
} as const;

describe("EvidenceMemory", () => {
  it("lets what the machine code may have otherwise wait, and nothing else", () => {
    const variable = madeSite(2, { kind: "moved", form: "variable", allocates: "unknown" });
    const argument = madeSite(3, { form: "address-of-literal", allocates: "unknown", callee: "keep" });
    const inlined = madeSite(4, { allocates: "unknown", inlinedFrom: "New" });
    const slice = madeSite(5, { form: "make", expression: "make([]int, n)", allocates: "unknown" });
    const map = madeSite(6, { form: "make", expression: "make(map[int]int)", allocates: "unknown" });
    const recalled = new EvidenceMemory().recall([boxed, variable, argument, inlined, slice, map], 0);
    const waiting = recalled.filter(({ awaitsEvidence }) => awaitsEvidence === true);
    assert.deepEqual(
      waiting.map(({ id }) => id),
      [boxed, argument, inlined, slice].map(({ id }) => id),
    );
  });

  it("knows a site by its id, wherever it stands and whatever is around it", () => {
    const memory = new EvidenceMemory();
    memory.learn([proven]);
    const moved = { ...boxed, context: "loop", loopDepth: 1, column: 9 } as const;
    assert.deepEqual(memory.recall([moved], 0), [
      { ...proven, context: "loop", loopDepth: 1, column: 9, isRemembered: true },
    ]);
  });

  it("forgets what was true of an append while no capacity was reserved, and while one was", () => {
    const memory = new EvidenceMemory();
    const grows = madeSite(8, { form: "append", allocates: "sometimes", when: "grows" });
    memory.learn([grows]);
    const reserved = { ...grows, when: "len > cap" };
    assert.deepEqual(memory.recall([reserved], 0), [reserved]);
    memory.learn([reserved]);
    assert.deepEqual(memory.recall([{ ...grows, when: null }], 0), [
      { ...grows, when: null, awaitsEvidence: true },
    ]);
    memory.learn([{ ...grows, allocates: "no", when: "reserved" }]);
    assert.deepEqual(memory.recall([reserved], 0), [reserved]);
  });

  it("remembers what is reached before a panic only, and what could not be found out", () => {
    const memory = new EvidenceMemory();
    memory.learn([{ ...proven, context: "panic" }, madeSite(7, { form: "boxed", allocates: "unknown" })]);
    assert.equal(memory.recall([boxed], 0)[0]?.context, "panic");
    const [unknown] = memory.recall([madeSite(7, { form: "boxed", allocates: "unknown" })], 0);
    assert.equal(unknown?.awaitsEvidence, undefined);
  });

  it("shows what has waited for some seconds", () => {
    const memory = new EvidenceMemory();
    const waits = (now: number) => memory.recall([boxed], now)[0]?.awaitsEvidence;
    assert.deepEqual([waits(1000), waits(3000), waits(9000)], [true, true, undefined]);
  });
});
