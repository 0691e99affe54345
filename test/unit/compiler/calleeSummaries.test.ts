import assert from "node:assert/strict";
import { CalleeSummaries } from "../../../server/src/compiler/calleeSummaries.js";
import { OutputParser } from "../../../server/src/compiler/outputParser.js";

/** As Go 1.26 prints it. */
const output = `./p.go:5:6: can inline leaf with cost 2 as: func() { }
./p.go:7:6: cannot inline even: recursive
./p.go:9:6: cannot inline odd: recursive
./p.go:11:6: cannot inline last: unhandled op DEFER
./p.go:7:11: parameter t leaks to {storage for ... argument for x} for even with derefs=2:
./p.go:7:11:   flow: x ← **t:
./p.go:7:11: parameter t leaks to ~r0 for even with derefs=0:
./p.go:7:11: parameter t leaks to ~r0 for odd.func1 with derefs=1:
./p.go:8:3: x escapes to heap in odd:
./p.go:8:3:   flow: {heap} ← &x:
./p.go:8:3: moved to heap: x
./p.go:7:11: leaking param: t to result ~r0 level=0
./p.go:11:11: parameter u leaks to {heap} for last with derefs=3:
./p.go:11:11: parameter u leaks to {heap} for last with derefs=1:
./p.go:11:11: leaking param content: u
`;

describe("CalleeSummaries", () => {
  const read = (text: string): CalleeSummaries => {
    const summaries = new CalleeSummaries();
    const parser = new OutputParser((file) => file, { leakTargets: true });
    for (const fact of [...parser.push(text), ...parser.end()]) summaries.add(fact);
    return summaries;
  };

  it("tells who can be inlined and where parameters go, by the shortest way", () => {
    const summaries = read(output);
    assert.deepEqual(summaries.of("leaf"), { canInline: true, targets: [] });
    assert.deepEqual(summaries.of("even")?.targets, [
      { name: "t", to: "{storage for ... argument for x}", derefs: 2 },
      { name: "t", to: "~r0", derefs: 0 },
    ]);
    assert.deepEqual(summaries.of("last")?.targets, [{ name: "u", to: "{heap}", derefs: 1 }]);
    assert.equal(summaries.of("other"), undefined);
  });

  it("tells who was analyzed together", () => {
    const summaries = read(output);
    assert.deepEqual([...summaries.groupOf("even")], ["even", "odd"]);
    assert.deepEqual([...summaries.groupOf("odd")], ["even", "odd"]);
    assert.deepEqual([...summaries.groupOf("last")], ["last"]);
    assert.deepEqual([...summaries.groupOf("leaf")], []);
  });

  it("tells nothing where the compiler does not name functions, as before Go 1.25", () => {
    const summaries = read(output.replaceAll(/ for (?:even|odd|odd\.func1|last) with/g, " with"));
    assert.equal(summaries.of("leaf"), undefined);
  });
});
