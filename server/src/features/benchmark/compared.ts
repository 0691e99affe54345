/** What a person compares by benchmarks: the package, what differs in it, and its two sides. */
import * as l10n from "@vscode/l10n";
import { editedOverlays } from "../../analysis/applyEdit.js";
import type { PackageLocator } from "../../analysis/packageLocator.js";
import { readText } from "../../analysis/readText.js";
import type { Results } from "../../analysis/results.js";
import { type Snapshot, takeSnapshot } from "../../analysis/snapshot.js";
import { changedNames, type ListedBenchmark, listBenchmarks } from "../../benchmark/listBenchmarks.js";
import { type BenchmarkSides, fixSides, revisionSides } from "../../benchmark/sides.js";
import { type Documents, goFilePath } from "../../documents.js";
import { RevisionError } from "../../gate/git.js";
import { checkOutRevision, revisionTexts } from "../../gate/revision.js";
import type { GoSetup } from "../../go/goSetup.js";
import type { BenchmarkTarget } from "../../protocol.js";
import { triedFixHeading } from "../../proving/proofPage.js";
import { namesIn } from "../../proving/declarations.js";
import { changedText, type ChosenFix, triedFix } from "../chosenFix.js";
import { packageToRun } from "../packageToRun.js";

export interface ComparedSources {
  readonly documents: Pick<Documents, "openFiles" | "openTexts">;
  readonly results: Pick<Results, "of">;
  readonly locator: Pick<PackageLocator, "locate" | "setUp">;
}

/** Why there is nothing to compare, as a sentence. */
export interface Problem {
  readonly problem: string;
}

/** The package of a target as it is in the editor now. */
export interface TargetPackage {
  readonly setup: GoSetup;
  readonly snapshot: Snapshot;
}

/** Finds the package of a target. Rejects with AbortError and as `go list` does. */
export async function targetPackage(
  { uri }: Pick<BenchmarkTarget, "uri">,
  { documents, locator }: ComparedSources,
  signal: AbortSignal,
): Promise<TargetPackage | Problem> {
  const file = goFilePath(uri);
  if (file === undefined)
    return { problem: l10n.t("Open a Go file first: its package is what is analyzed.") };
  const found = await packageToRun(file, locator, signal);
  if ("problem" in found) return found;
  const snapshot = await takeSnapshot(found.package, documents.openFiles(), readText);
  return { setup: found.setup, snapshot };
}

/** The benchmarks of the package, each with whether it may run what differs. Rejects with AbortError. */
export async function comparedBenchmarks(
  { compare }: Pick<BenchmarkTarget, "compare">,
  { snapshot }: TargetPackage,
  { results }: ComparedSources,
  signal: AbortSignal,
): Promise<ListedBenchmark[] | Problem> {
  if ("revision" in compare) {
    const before = await textsBefore(snapshot, compare.revision, signal);
    return "problem" in before ? before : listBenchmarks(snapshot, changedNames(snapshot, before.texts));
  }
  const { uri, id } = compare.fix;
  const site = results.of(goFilePath(uri) ?? "")?.sites.find((each) => each.id === id);
  if (site === undefined) return { problem: changedText() };
  // What initializes variables runs before each of them.
  const isAlwaysRun = site.function === "init";
  return listBenchmarks(snapshot, new Set(namesIn(site.function).slice(-1))).map((each) =>
    isAlwaysRun ? { ...each, reaches: true } : each,
  );
}

/** By absolute path; undefined for files that the revision does not have. */
async function textsBefore(
  { package: { dir }, texts }: Snapshot,
  revision: string,
  signal: AbortSignal,
): Promise<{ readonly texts: Map<string, string | undefined> } | Problem> {
  const before = new Map<string, string | undefined>();
  const problems: string[] = [];
  const absent = (error: unknown) => {
    if (!(error instanceof RevisionError)) throw error;
    problems.push(error.message);
    return undefined;
  };
  const textOf = await revisionTexts(dir, revision, signal).catch(absent);
  for (const file of texts.keys()) before.set(file, await textOf?.(file).catch(absent));
  const problem = problems.at(-1);
  const isNowhere = [...before.values()].every((text) => text === undefined);
  return problem !== undefined && isNowhere ? { problem } : { texts: before };
}

/** The sides of a fix, and the first lines of the page about it. */
export function fixComparison({ offer, analyzed: { snapshot } }: ChosenFix): {
  readonly sides: BenchmarkSides;
  readonly heading: string[];
} {
  const after = editedOverlays(offer.proposal.edit, snapshot);
  return {
    sides: fixSides(snapshot.package, { before: snapshot.overlays, after }, 1),
    heading: triedFixHeading(triedFix(offer)),
  };
}

/**
 * The sides of a revision.
 *
 * @param temporary An empty folder that the revision is taken out into; it has to stay until the benchmarks have run.
 */
export async function revisionComparison(
  revision: string,
  { package: goPackage }: Snapshot,
  { documents }: ComparedSources,
  temporary: string,
  signal: AbortSignal,
): Promise<{ readonly sides: BenchmarkSides; readonly heading: string[] } | Problem> {
  const folder = goPackage.root;
  try {
    const { folder: counterpart } = await checkOutRevision(folder, revision, signal, temporary);
    if (counterpart === undefined) return { problem: l10n.t("{0} does not have this module.", revision) };
    const sides = revisionSides(goPackage, revision, { folder, counterpart }, documents.openTexts());
    return { sides, heading: [`# ${l10n.t("The working tree against {0}", revision)}`] };
  } catch (error) {
    if (error instanceof RevisionError) return { problem: error.message };
    throw error;
  }
}
