import assert from "node:assert/strict";
import type { AnalyzedPackage } from "../../../server/src/analysis/analyzer.js";
import { OpenPackages } from "../../../server/src/analysis/openPackages.js";
import { madeSnapshot } from "../../harness/sites.js";

function analyzed(...names: string[]): AnalyzedPackage {
  const snapshot = madeSnapshot("p", new Map(names.map((name) => [name, null])));
  return { snapshot, sites: [], goMinor: 26 };
}

describe("the analyses of open packages", () => {
  it("are had by each file of the package, as long as one is open", () => {
    const open = ["/p/a.go"];
    const packages = new OpenPackages(() => open);
    const found = analyzed("/p/a.go", "/p/b.go");
    packages.put(found);
    packages.prune();
    assert.equal(packages.of("/p/a.go"), found);
    assert.equal(packages.of("/p/b.go"), found);
    open.splice(0);
    packages.prune();
    assert.equal(packages.of("/p/a.go"), undefined);
    assert.equal(packages.of("/p/b.go"), undefined);
  });

  it("are those of the others not, which an analysis in the background may have looked at", () => {
    const packages = new OpenPackages(() => ["/q/q.go"]);
    packages.put(analyzed("/p/a.go"));
    assert.equal(packages.of("/p/a.go"), undefined);
  });

  it("are replaced by newer ones", () => {
    const packages = new OpenPackages(() => ["/p/a.go"]);
    packages.put(analyzed("/p/a.go"));
    const newer = analyzed("/p/a.go");
    packages.put(newer);
    assert.equal(packages.of("/p/a.go"), newer);
  });
});
