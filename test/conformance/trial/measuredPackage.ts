/** Analyses a package with the evidence of its machine code, from texts in memory: what trials of fixes look at again and again. */
import { analyzePackages } from "../../../server/src/analysis/analyzePackages.js";
import type { AnalyzedPackage } from "../../../server/src/analysis/analyzer.js";
import { DraftMemo } from "../../../server/src/analysis/draftMemo.js";
import { readText } from "../../../server/src/analysis/readText.js";
import { recompileWith } from "../../../server/src/analysis/recompile.js";
import { type Snapshot, takeSnapshot } from "../../../server/src/analysis/snapshot.js";
import type { Site } from "../../../server/src/analysis/site.js";
import type { Recompile } from "../../../server/src/analysis/verify.js";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { assemblyText } from "../../../server/src/compiler/assemblyRun.js";
import type { Engine } from "../../../server/src/compiler/engine.js";
import { readAssembly } from "../../../server/src/evidence/assemblyReader.js";
import { gatherEvidence, type VariantAssembly } from "../../../server/src/evidence/gatherEvidence.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import type { GoPackage } from "../../../server/src/go/packages.js";
import type { PlanStore } from "../../../server/src/go/planStore.js";
import type { SourceText } from "../../../server/src/syntax/sourceText.js";
import { directEngine } from "../../harness/directEngine.js";
import type { LoadedPackages } from "../../harness/packages.js";

/** A package as it is with some files' texts in place of the disk's. */
export interface MeasuredPackage extends AnalyzedPackage {
  /** What a menu would hold for its sites. */
  readonly offers: FixOffers;
}

/** The package does not compile; the message is the compiler's. */
export class DoesNotCompile extends Error {
  override readonly name = "DoesNotCompile";
}

/** Looks at packages of one module; the compiler is called directly, which takes a fraction of a build. */
export class PackageLens {
  readonly #loaded: LoadedPackages;
  readonly #engine: Engine;
  readonly #plans: PlanStore;

  constructor(loaded: LoadedPackages) {
    this.#loaded = loaded;
    const { engine, plans } = directEngine(loaded, { fallback: loaded.engine });
    this.#engine = engine;
    this.#plans = plans;
  }

  /** Texts are by absolute path. Throws DoesNotCompile. */
  async measure(goPackage: GoPackage, texts: ReadonlyMap<string, string>): Promise<MeasuredPackage> {
    const open = new Map([...texts].map(([file, text]) => [file, { text, version: 1 }]));
    const snapshot = await takeSnapshot(goPackage, open, readText);
    const memo = new DraftMemo();
    const { packages } = await analyzePackages(
      [goPackage],
      {
        engine: this.#engine,
        memo,
        overlays: snapshot.overlays,
        textOf: (file) => Promise.resolve(snapshot.texts.get(file)),
      },
      this.#loaded.signal,
    );
    const [analysis] = packages;
    if (analysis === undefined || analysis.error !== null)
      throw new DoesNotCompile(analysis?.error ?? "no package");
    const recompile = this.recompile();
    return {
      snapshot,
      memo,
      sites: await this.#withEvidence(snapshot, analysis.sites),
      compared: analysis.sites,
      goMinor: this.#loaded.setup.info.version?.minor ?? Number.MAX_SAFE_INTEGER,
      offers: new FixOffers(new Verdicts({ recompile, limit: 1 })),
    };
  }

  /** Compiles a package of the module with edits; for a measured one, files of which nothing changed are known. */
  recompile(measured?: MeasuredPackage): Recompile {
    return recompileWith(() => ({ engine: this.#engine, memo: measured?.memo }));
  }

  /** Sites stay without evidence where the package cannot be compiled directly. */
  async #withEvidence(snapshot: Snapshot, sites: readonly Site[]): Promise<readonly Site[]> {
    const { signal } = this.#loaded;
    const variants: VariantAssembly[] = [];
    // Nobody mends tests.
    for (const variant of snapshot.package.variants.filter(({ forTest }) => forTest === null)) {
      const answer = await this.#plans.of(variant, snapshot.overlays, signal);
      if ("unsuitable" in answer) continue;
      const request = { ...answer, overlays: snapshot.overlays, replaced: new Map<string, string>() };
      const assembly = await readAssembly(assemblyText(request, signal), "amd64", variant.dir);
      if (assembly !== undefined) variants.push({ assembly, files: variant.files });
    }
    const files = new Map<string, { importPath: string; source: SourceText }>();
    for (const { importPath, files: paths } of snapshot.package.variants) {
      for (const file of paths) {
        const source = snapshot.texts.get(file);
        if (source !== undefined && !files.has(file)) files.set(file, { importPath, source });
      }
    }
    return gatherEvidence({ sites, variants, files, mapGrowth: true });
  }
}
