/** Programs of test/cases/patterns whose cause has a fix: it is offered, verified, applied, and measured by running. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { rejectionReason } from "../../../server/src/fixes/effect.js";
import type { FixId } from "../../../server/src/fixes/fix.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { testModule } from "../../harness/module.js";
import { testData } from "../../harness/paths.js";
import { analyzeFile, noSignal, type TestPackage } from "./caseModule.js";
import { siteAt } from "./fakeSites.js";

interface Pattern {
  readonly name: string;
  readonly fix: FixId;
  /** Where no message is: the text of the allocation that only the machine code shows, and what it is. */
  readonly hidden?: readonly [source: string, form: Site["form"]];
}

const patterns: readonly Pattern[] = [
  { name: "12-fmt-sprintf-int", fix: "format-string" },
  { name: "19-slice-growth-returned", fix: "preallocate-slice" },
  { name: "20-slice-growth-local-hidden", fix: "preallocate-slice" },
  { name: "26-map-growth-local-hidden", fix: "preallocate-map", hidden: ["m[i] = i", "other"] },
  { name: "41-string-concat-loop", fix: "string-builder", hidden: ["s += p", "concatenation"] },
  { name: "63-map-key-sprintf", fix: "format-string" },
  { name: "83-prealloc-len-local", fix: "preallocate-slice" },
];

describe("fixes of the patterns", function () {
  this.timeout(120_000);

  for (const { name, fix, hidden } of patterns) {
    it(`${name}: ${fix}`, async () => {
      const source = readFileSync(path.join(testData, "cases/patterns", name, "bad.go"), "utf8");
      const module = testModule({ "go.mod": "module example.com/m\n\ngo 1.21\n", "p.go": source });
      try {
        const file = module.path("p.go");
        const analyzed = await analyzeFile(file);
        const sites = hidden === undefined ? analyzed.sites : [hiddenSite(analyzed, file, hidden)];
        const edited = await fixedText(sites, fix, analyzed, file);
        assert.equal(execFileSync("gofmt", { input: edited, encoding: "utf8" }), edited);
        const before = allocations(module);
        module.write("p.go", edited);
        const after = allocations(module);
        console.log(`      ${name}: ${before} → ${after} allocations`);
        assert.ok(after < before, `${before} → ${after}`);
      } finally {
        module.dispose();
      }
    });
  }
});

function hiddenSite(
  { snapshot }: TestPackage,
  file: string,
  [source, form]: NonNullable<Pattern["hidden"]>,
): Site {
  const text = snapshot.texts.get(file)!;
  const offset = text.text.indexOf(source);
  return siteAt(file, text, offset, source, { kind: "hidden", form, reason: "other", loopDepth: 1 });
}

async function fixedText(
  sites: readonly Site[],
  fix: FixId,
  analyzed: TestPackage,
  file: string,
): Promise<string> {
  const offered = new FixOffers(new Verdicts({ recompile: analyzed.recompile, limit: 2 }));
  const found = await Promise.all(sites.map((site) => offered.of(site, analyzed, noSignal)));
  const offer = found.flatMap(({ offers }) => offers).find(({ proposal }) => proposal.fix === fix);
  const rejections = found.flatMap((each) => each.rejections).map(rejectionReason);
  assert.ok(offer, `nothing is offered: ${rejections.join("; ")}`);
  return applyEdit(offer.proposal.edit, analyzed.snapshot).get(file)!.text;
}

function allocations(module: ReturnType<typeof testModule>): number {
  module.write(
    "measure/measure_test.go",
    `package measure

import (
	"fmt"
	"testing"

	p "example.com/m"
)

func TestAllocations(t *testing.T) { fmt.Println("ALLOCATIONS", testing.AllocsPerRun(100, p.Op)) }
`,
  );
  const args = ["test", "-count=1", "-v", "-vet=off", "./measure"];
  const output = execFileSync("go", args, { cwd: module.dir, encoding: "utf8", stdio: "pipe" });
  return Number(/ALLOCATIONS (\d+)/.exec(output)?.[1]);
}
