/**
 * The bad programs of the patterns whose cause has a fix around pointers, closures, pools and encoders: each is offered,
 * verified, applied to the files, and what `Op` allocates is measured before and after.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { rejectionReason } from "../../../server/src/fixes/effect.js";
import type { FixId } from "../../../server/src/fixes/fix.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { testData } from "../../harness/paths.js";
import { analyzeFile, noSignal } from "./caseModule.js";

/** By the folder's name; refusals tell why the program's own cure changes more than one fix may. */
const expected: Readonly<Record<string, { readonly fix: FixId; readonly refusal?: string }>> = {
  "01-return-addr-local": { fix: "return-value" },
  "02-return-ptr-composite": { fix: "return-value" },
  "09-iface-box-loop-outlives": { fix: "outlives-loop" },
  "34-json-marshal-string": { fix: "json-encoder" },
  "35-rows-scan-in-loop": { fix: "hoist-target" },
  "37-syncpool-slice-boxing": { fix: "pool-pointer" },
  "44-go-call-pointer-arg": { fix: "pass-value" },
  "46-defer-in-loop": { fix: "defer-in-loop" },
  "50-field-pointer-returned": { fix: "return-value" },
  "52-rangevar-addr": { fix: "range-element" },
  "53-loop-outlives": { fix: "outlives-loop" },
  "58-sort-slice": { fix: "sort-func" },
  "67-errors-as-target": { fix: "errors-as" },
  "68-json-unmarshal-target": { fix: "pool-target" },
  "92-deferred-closure-named-result": { fix: "defer-in-loop" },
  "04-closure-capture-by-ref": {
    fix: "capture-copy",
    refusal: "The function literal changes `count`.",
  },
  "43-goroutine-capture-by-ref": { fix: "capture-copy", refusal: "The function literal changes `sum`." },
};

describe("the bad programs whose pointers, closures and pools can be fixed", function () {
  this.timeout(120_000);
  let root: string;

  before(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-pattern-fixes-")));
    cpSync(path.join(testData, "cases/patterns"), root, { recursive: true });
  });

  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  for (const [name, { fix, refusal }] of Object.entries(expected)) {
    it(`${name}: ${fix}${refusal === undefined ? "" : " is refused"}`, async () => {
      const dir = path.join(root, name);
      const { offers, rejections, snapshot } = await offersOf(path.join(dir, "bad.go"), fix);
      if (refusal !== undefined) {
        assert.deepEqual(offers, []);
        assert.ok(rejections.includes(refusal), rejections.join("; "));
        return;
      }
      const [offer] = offers;
      assert.ok(offer, `nothing is offered: ${rejections.join("; ")}`);
      const before = allocations(dir);
      for (const [file, { text }] of applyEdit(offer.proposal.edit, snapshot)) writeFileSync(file, text);
      const after = allocations(dir);
      console.log(`      ${before} → ${after} allocations`);
      assert.ok(after < before, `${before} → ${after}`);
      assert.equal(execFileSync("gofmt", ["-l", dir], { encoding: "utf8" }), "");
    });
  }
});

async function offersOf(file: string, fix: FixId) {
  const analyzed = await analyzeFile(file);
  const offered = new FixOffers(new Verdicts({ recompile: analyzed.recompile, limit: 2 }));
  const sites = analyzed.sites.filter((site) => site.file === file);
  const found = await Promise.all(sites.map((site) => offered.of(site, analyzed, noSignal)));
  return {
    offers: found.flatMap(({ offers }) => offers).filter(({ proposal }) => proposal.fix === fix),
    rejections: found
      .flatMap(({ rejections }) => rejections)
      .filter((rejection) => rejection.fix === fix)
      .map(rejectionReason),
    snapshot: analyzed.snapshot,
  };
}

/** Allocations of one `Op`, as the program's own test counts them. */
function allocations(dir: string): number {
  const output = execFileSync("go", ["test", "-count=1", "-v", "-run", "TestAllocs", "."], {
    cwd: dir,
    encoding: "utf8",
    stdio: "pipe",
  });
  return Number(/ALLOCS=(\d+)/.exec(output)?.[1]);
}
