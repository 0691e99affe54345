/** The analysis of one package as its results come in: what is certain is said at once, what explains it follows. */
import { CalleeSummaries } from "../compiler/calleeSummaries.js";
import type { ErrorFact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import { filesOf, type GoPackage, type PackageVariant } from "../go/packages.js";
import { prepareTreeAhead } from "../syntax/treeSitter.js";
import type { AnalysisInput } from "./analyzePackages.js";
import type { DraftMemo } from "./draftMemo.js";
import { type PackageAnalysis, packageSites } from "./packageSites.js";

export interface StepsInput extends AnalysisInput {
  readonly memo: DraftMemo;
  /** All variants of the package: those that are analyzed may be based on others. */
  readonly bases: readonly PackageVariant[];
  /** A file whose variants are compiled first; absolute path. */
  readonly first: string;
}

export interface PackageStep {
  /** Of the files that were compiled by now: all of them in the last step. */
  readonly analysis: PackageAnalysis;
  readonly files: readonly string[];
  /** Whether the compiler's explanations are there. Where they are not, no flow is known and many a reason is not. */
  readonly isExplained: boolean;
  readonly isLast: boolean;
  /** When the verdicts were complete, on the clock of `performance.now`: now, where no compile said so. */
  readonly judgedAt: number;
  /**
   * What callers know of the functions of the first file's variant, in the last step; undefined where the compiler's
   * explanations were cut, or came by way of the go command.
   */
  readonly summaries: CalleeSummaries | undefined;
  /** Lines of the compiler that no rule knew, in the last step. */
  readonly unknownLines: readonly string[];
}

/**
 * Analyses a package variant by variant, with a step whenever the verdicts on one are complete, and a last one. A later
 * step only adds sites to the files of an earlier one. Throws as the engine does.
 */
export async function* packageSteps(
  goPackage: GoPackage,
  input: StepsInput,
  signal: AbortSignal,
): AsyncGenerator<PackageStep> {
  const collector = new FactCollector({ isCompared: true });
  const errors = new Map<string, ErrorFact>();
  const unknownLines: string[] = [];
  const judged = new Set<string>();
  const unexplained = new Set<string>();
  const summaries = new CalleeSummaries();
  let isOfFirst = false;
  let isSummarized = false;
  const step = async (isLast: boolean, judgedAt: number): Promise<PackageStep> => {
    const variants = goPackage.variants.filter(({ id }) => isLast || judged.has(id) || errors.has(id));
    const errorOf = ({ id, error }: PackageVariant) => errors.get(id)?.message ?? error;
    const part = { ...goPackage, variants };
    const analysis = await packageSites(part, errorOf, collector, input.textOf, { memo: input.memo });
    const files = filesOf(variants);
    const isExplained = unexplained.size === 0;
    const known = isLast && isSummarized ? summaries : undefined;
    return { analysis, files, isExplained, isLast, judgedAt, summaries: known, unknownLines };
  };
  const variants = goPackage.variants.toSorted((a, b) => rank(a, input.first) - rank(b, input.first));
  const source =
    variants[0]?.files.includes(input.first) === true ? await input.textOf(input.first) : undefined;
  let judgedAt: number | undefined;
  const stopPreparing = source === undefined ? undefined : prepareTreeAhead(source, signal);
  try {
    for await (const fact of input.engine.compile(variants, input.overlays, signal, input.bases)) {
      if (fact.kind === "package") isOfFirst = fact.variant === variants[0]?.id;
      else if (isOfFirst) summaries.add(fact);
      if (fact.kind === "error") errors.set(fact.variant, fact);
      else if (fact.kind === "unknown") unknownLines.push(fact.line);
      else if (fact.kind === "progress" && fact.done === "verdicts") {
        judged.add(fact.variant);
        judgedAt = performance.now();
        if (fact.cut) unexplained.add(fact.variant);
        yield await step(false, judgedAt);
      } else if (fact.kind === "progress") {
        if (!fact.cut) unexplained.delete(fact.variant);
        // Only the engine that says how far it is tells all that summaries are made from.
        isSummarized ||= isOfFirst && !fact.cut;
      } else collector.add(fact);
    }
  } finally {
    stopPreparing?.();
  }
  signal.throwIfAborted();
  yield await step(true, judgedAt ?? performance.now());
}

function rank({ files }: PackageVariant, first: string): number {
  return files.includes(first) ? 0 : 1;
}
