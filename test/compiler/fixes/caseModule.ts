/** Analyses Go packages of a throw-away module as the server does, for tests of fixes. */
import { analyzePackages } from "../../../server/src/analysis/analyzePackages.js";
import { GoSetups } from "../../../server/src/analysis/goSetups.js";
import { PackageLocator } from "../../../server/src/analysis/packageLocator.js";
import { recompileWith } from "../../../server/src/analysis/recompile.js";
import { takeSnapshot } from "../../../server/src/analysis/snapshot.js";
import type { Recompile } from "../../../server/src/analysis/verify.js";
import type { AnalyzedPackage } from "../../../server/src/analysis/analyzer.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type MeasuredPackage, PackageLens } from "../../conformance/trial/measuredPackage.js";
import { load } from "../../harness/packages.js";
import { serverOut } from "../../harness/paths.js";

export const noSignal = new AbortController().signal;

const locator = new PackageLocator({
  setups: new GoSetups(),
  parallelism: 2,
  workspaceFolders: () => [],
  buildOptionsOf: () =>
    Promise.resolve({
      path: "",
      alternateGo: "",
      goroot: "",
      buildFlags: [],
      buildTags: "",
      env: {},
      pgo: "auto" as const,
    }),
  log: () => undefined,
});

export interface TestPackage extends AnalyzedPackage {
  readonly recompile: Recompile;
}

/** Analyses the package of a file on disk with the evidence of its machine code. Fails when it does not compile. */
export async function measureFile(file: string): Promise<MeasuredPackage> {
  const loaded = await load(path.dirname(file), ["."]);
  const [goPackage] = loaded.packages;
  if (goPackage === undefined) throw new Error(`There is no package around ${file}.`);
  return new PackageLens(loaded).measure(goPackage, new Map());
}

/** Analyses the package of a file on disk. Fails when it does not compile. */
export async function analyzeFile(file: string): Promise<TestPackage> {
  await initializeSyntax(serverOut);
  const located = await locator.locate(file, noSignal);
  if ("problem" in located) throw new Error(JSON.stringify(located.problem));
  const snapshot = await takeSnapshot(located.package, new Map(), (each) => readFile(each, "utf8"));
  const input = {
    engine: located.engine,
    overlays: snapshot.overlays,
    textOf: (each: string) => Promise.resolve(snapshot.texts.get(each)),
  };
  const { packages } = await analyzePackages([located.package], input, noSignal);
  const [analysis] = packages;
  if (analysis === undefined || analysis.error !== null) throw new Error(analysis?.error ?? "no package");
  const recompile = recompileWith(() => located);
  return { snapshot, sites: analysis.sites, goMinor: located.goMinor, recompile };
}
