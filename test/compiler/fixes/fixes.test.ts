/** Every case of test/cases/fixes through the real compiler: the edit, its verdict, gofmt, go vet, and what it allocates. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import type { AnalyzedPackage } from "../../../server/src/analysis/analyzer.js";
import { offerTitle, rejectionReason } from "../../../server/src/fixes/effect.js";
import type { Offer, Rejection } from "../../../server/src/fixes/offers.js";
import { fixes } from "../../../server/src/fixes/proposals.js";
import { testModule, type TestModule } from "../../harness/module.js";
import { type FixCase, fixCases } from "./cases.js";
import { analyzeCase, sitesFor, tryFix } from "./caseTrial.js";

const cases = fixCases();
const fixed = cases.filter((each) => each.after !== undefined);
const measured = fixed.filter((each) => each.expected.allocations !== undefined);

describe("fixes", function () {
  this.timeout(120_000);
  let module: TestModule;

  before(() => {
    module = testModule({ "go.mod": "module example.com/m\n\ngo 1.23\n" });
    for (const each of cases) {
      writePackage(module, "before", each, each.before);
      if (each.after !== undefined) writePackage(module, "after", each, each.after);
    }
    for (const each of measured) for (const side of ["before", "after"]) writeMeasurement(module, side, each);
  });

  after(() => {
    module.dispose();
  });

  it("has a case that holds and one that is refused for each fix", () => {
    for (const { id } of fixes) {
      const own = cases.filter((each) => each.fix === id);
      assert.ok(
        own.some((each) => each.after !== undefined),
        `${id} has no case that holds`,
      );
      assert.ok(
        own.some((each) => each.refused !== undefined),
        `${id} has no case that is refused`,
      );
    }
  });

  for (const each of cases) {
    it(`${each.fix}/${each.name}`, async () => {
      const main = module.path(`before/${folderOf(each)}/p.go`);
      const analyzed = await analyzeCase(each, main);
      if (analyzed.goMinor < (each.expected.siteSinceGo ?? 0)) {
        assert.deepEqual(sitesFor(each, analyzed, main), []);
        return;
      }
      const { offers, rejections } = await tryFix(each, analyzed, main);
      if (each.after === undefined) assertLeftAlone(each, offers, rejections);
      else assertFixed(each, each.after, offers, rejections, analyzed);
    });
  }

  it("leaves code that gofmt and go vet accept", () => {
    // gofmt itself would write other line ends in such a file, whatever else is in it.
    for (const { after } of fixed) {
      for (const [name, text] of Object.entries(after ?? {})) {
        const input = text.replaceAll("\r\n", "\n");
        assert.equal(execFileSync("gofmt", { input, encoding: "utf8" }), input, name);
      }
    }
    execFileSync("go", ["vet", "./..."], { cwd: module.path("after"), stdio: "pipe" });
  });

  it("allocates what the cases say, before and after", function () {
    const minor = Number(/go1\.(\d+)/.exec(execFileSync("go", ["version"], { encoding: "utf8" }))?.[1]);
    const [before, after] = ["before", "after"].map((side) => allocations(module.path(side)));
    for (const each of measured) {
      const figures = [before, after].map((side) => side?.get(folderOf(each)));
      console.log(`      ${each.fix}/${each.name}: ${figures.join(" → ")} allocations`);
      if (minor >= (each.expected.sinceGo ?? 0))
        assert.deepEqual(figures, each.expected.allocations, each.name);
      assert.ok((figures[1] ?? 1) < (figures[0] ?? 0), `${each.name} saves nothing`);
    }
  });
});

function assertFixed(
  each: FixCase,
  after: Readonly<Record<string, string>>,
  offers: readonly Offer[],
  rejections: readonly Rejection[],
  analyzed: AnalyzedPackage,
): void {
  const { choice, behaviour, title } = each.expected;
  const offer = offers.find(({ proposal }) => choice === undefined || proposal.choice === choice);
  assert.ok(offer, `nothing is offered: ${rejections.map(rejectionReason).join("; ")}`);
  const edited = applyEdit(offer.proposal.edit, analyzed.snapshot);
  for (const [name, text] of Object.entries(after)) {
    const file = path.join(analyzed.snapshot.package.dir, name);
    const actual = edited.get(file)?.text ?? analyzed.snapshot.texts.get(file)?.text ?? each.before[name];
    assert.equal(actual, text, name);
  }
  assert.equal(offer.proposal.behaviour, behaviour ?? null);
  if (title !== undefined) assert.equal(offerTitle(offer), title);
  assert.equal(offer.proposal.isPreferred, each.expected.isPreferred ?? true);
}

function assertLeftAlone(each: FixCase, offers: readonly Offer[], rejections: readonly Rejection[]): void {
  assert.deepEqual(offers.map(offerTitle), []);
  const [rejection] = rejections.filter(({ reason }) => "refusal" in reason === (each.refused !== undefined));
  assert.ok(rejection, `neither offered nor refused: ${rejections.map(rejectionReason).join("; ")}`);
  if (each.refused !== undefined) {
    assert.equal(rejectionReason(rejection), each.refused);
    return;
  }
  assert.ok(each.rejected, `${each.name} has neither after.go nor refused.txt nor rejected.txt`);
  // What follows are the words of diagnostics, which have tests of their own.
  assert.ok(rejectionReason(rejection).startsWith(each.rejected), rejectionReason(rejection));
}

function folderOf(each: FixCase): string {
  return `${each.fix}/${each.name}`;
}

function writePackage(
  module: TestModule,
  side: string,
  each: FixCase,
  files: Readonly<Record<string, string>>,
): void {
  for (const [name, text] of Object.entries(files)) module.write(`${side}/${folderOf(each)}/${name}`, text);
}

/** Counts allocations where the go command runs them, outside of the package that is analyzed. */
function writeMeasurement(module: TestModule, side: string, each: FixCase): void {
  const test = `package measure

import (
	"fmt"
	"testing"

	p "example.com/m/${side}/${folderOf(each)}"
)

func TestAllocations(t *testing.T) {
	fmt.Printf("ALLOCATIONS ${folderOf(each)} %v\\n", testing.AllocsPerRun(100, p.Op))
}
`;
  module.write(`${side}/measure/${folderOf(each).replaceAll("/", "-")}/measure_test.go`, test);
}

function allocations(dir: string): Map<string, number> {
  const output = execFileSync("go", ["test", "-count=1", "-v", "-vet=off", "./measure/..."], {
    cwd: dir,
    encoding: "utf8",
    stdio: "pipe",
  });
  const lines = output.matchAll(/^ALLOCATIONS (\S+) (\d+)$/gm);
  return new Map([...lines].map(([, name = "", count]) => [name, Number(count)]));
}
