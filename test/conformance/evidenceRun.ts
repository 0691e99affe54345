/** Runs the analysis with evidence over loaded packages, as the product does, and looks on as the assembly goes by. */
import { assemblyText } from "../../server/src/compiler/assemblyRun.js";
import { readAssembly } from "../../server/src/evidence/assemblyReader.js";
import { gatherEvidence, type VariantAssembly } from "../../server/src/evidence/gatherEvidence.js";
import { neededVariants } from "../../server/src/evidence/neededVariants.js";
import type { Site } from "../../server/src/analysis/site.js";
import type { GoPackage } from "../../server/src/go/packages.js";
import type { SourceText } from "../../server/src/syntax/sourceText.js";
import { directEngine } from "../harness/directEngine.js";
import { analyze, textOf, type LoadedPackages } from "../harness/packages.js";

export interface EvidenceRun {
  readonly sites: readonly Site[];
  /** The sites before, by package. */
  readonly before: readonly Site[];
  /** Milliseconds: reading and judging the assembly, the time that the compiler took left out. */
  readonly milliseconds: number;
  /** The same in milliseconds of processor time, on a machine that others use as well. */
  readonly processor: number;
  /** Characters of assembly. */
  readonly characters: number;
}

export interface EvidenceRunOptions {
  readonly mapGrowth?: boolean;
  readonly goarch?: string;
  /** Hears all pieces of the text of a package. */
  onText?(importPath: string, text: string): void;
}

/** By import path of the package. */
export async function evidenceOf(
  loaded: LoadedPackages,
  options: EvidenceRunOptions = {},
): Promise<Map<string, EvidenceRun>> {
  const analysis = await analyze(loaded);
  const runs = new Map<string, EvidenceRun>();
  for (const { package: goPackage, sites, error } of analysis.packages) {
    if (error !== null) throw new Error(error);
    runs.set(goPackage.importPath, await ofPackage(loaded, goPackage, sites, options));
  }
  return runs;
}

async function ofPackage(
  loaded: LoadedPackages,
  goPackage: GoPackage,
  sites: readonly Site[],
  options: EvidenceRunOptions,
): Promise<EvidenceRun> {
  const { plans } = directEngine(loaded);
  const variants: VariantAssembly[] = [];
  const time = { milliseconds: 0, processor: 0, characters: 0 };
  for (const variant of neededVariants(goPackage.variants)) {
    const answer = await plans.of(variant, new Map(), loaded.signal);
    if ("unsuitable" in answer) throw new Error(`${variant.id}: ${answer.unsuitable}`);
    const request = { ...answer, overlays: new Map<string, string>(), replaced: new Map<string, string>() };
    // All of it first, so that what is timed does not wait for the compiler.
    const chunks: string[] = [];
    for await (const chunk of assemblyText(request, loaded.signal)) {
      chunks.push(chunk);
      options.onText?.(goPackage.importPath, chunk);
      time.characters += chunk.length;
    }
    const stop = timer(time);
    const assembly = await readAssembly(each(chunks), options.goarch ?? "amd64", variant.dir);
    stop();
    if (assembly === undefined) throw new Error("The target's assembly cannot be read.");
    variants.push({ assembly, files: variant.files });
  }
  const files = await filesOf(goPackage);
  const stop = timer(time);
  const gathered = gatherEvidence({ sites, variants, files, mapGrowth: options.mapGrowth ?? false });
  stop();
  return { sites: gathered, before: sites, ...time };
}

/** Adds what passes until it is called again. */
function timer(time: { milliseconds: number; processor: number }): () => void {
  const [started, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    time.milliseconds += performance.now() - started;
    time.processor += (user + system) / 1000;
  };
}

async function filesOf(
  goPackage: GoPackage,
): Promise<Map<string, { importPath: string; source: SourceText }>> {
  const files = new Map<string, { importPath: string; source: SourceText }>();
  for (const { importPath, files: paths } of goPackage.variants) {
    for (const file of paths) {
      if (!files.has(file)) files.set(file, { importPath, source: await textOf(file) });
    }
  }
  return files;
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* each(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}
