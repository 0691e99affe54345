/** The fixes of reported sites, each checked by the compiler, as edits that a format can hold. */
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { Engines } from "../analysis/engines.js";
import { recompileWith } from "../analysis/recompile.js";
import { Verdicts } from "../analysis/verdicts.js";
import { offerTitle } from "../fixes/effect.js";
import type { Format } from "../fixes/formattedEdit.js";
import { FixOffers, type Offer } from "../fixes/offers.js";
import { formattedAsBefore } from "../go/gofmt.js";
import { analyzedInMemory } from "./analyzedInMemory.js";
import type { CollectRequest } from "./collect.js";
import { relativeTo, type Report, type ReportEdit } from "./report.js";
import type { Session } from "./session.js";
import { openToolchain } from "./toolchain.js";

/**
 * The report with the fixes of the sites that are wanted (by id). They are made for one build, whose packages are compiled
 * with their tests, as a fix must not break those. Rejects with ToolchainProblem, GoCommandError and AbortError.
 */
export async function withFixes(
  report: Report,
  wanted: ReadonlySet<string>,
  request: CollectRequest,
  { signal, prepare }: Session,
): Promise<Report> {
  if (wanted.size === 0) return report;
  await prepare();
  const toolchain = await openToolchain({ ...request, tests: true }, signal);
  const { parallelism } = toolchain.batch;
  const engine = new Engines({ parallelism, log: () => undefined }).of(toolchain.setup);
  const verdicts = new Verdicts({ recompile: recompileWith(() => ({ engine })), limit: parallelism });
  const relative = relativeTo(request.folder);
  const format: Format = (_file, before, after) => formattedAsBefore(before, after, toolchain.setup, signal);
  const edits = new Map<string, readonly ReportEdit[]>();
  const named = new Set(report.sites.filter(({ id }) => wanted.has(id)).map((site) => site.package));
  try {
    for (const goPackage of toolchain.packages) {
      if (!goPackage.variants.some(({ importPath }) => named.has(importPath))) continue;
      const { analyzed } = await analyzedInMemory(goPackage, engine, toolchain.setup, signal);
      for (const [id, offers] of await offersOf(analyzed, wanted, new FixOffers(verdicts, format), signal))
        edits.set(
          id,
          offers.map((offer) => reportEdit(offer, relative)),
        );
    }
  } finally {
    await verdicts.stop();
  }
  const sites = report.sites.map((site) => {
    const found = edits.get(site.id) ?? [];
    return found.length === 0 ? site : { ...site, fixes: idsOf(found), edits: found };
  });
  return { ...report, sites };
}

/** By the site's id. What a person would have to choose a number for, and comments that merely allow a site, are no fixes. */
async function offersOf(
  analyzed: AnalyzedPackage,
  wanted: ReadonlySet<string>,
  fixes: FixOffers,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Offer[]>> {
  const sites = analyzed.sites.filter(({ id }) => wanted.has(id));
  const found = await Promise.all(
    sites.map(async (site) => {
      const { offers } = await fixes.of(
        site,
        analyzed,
        signal,
        ({ proof, choice }) => proof !== "none" && choice === null,
      );
      return [site.id, offers] as const;
    }),
  );
  signal.throwIfAborted();
  return new Map(found);
}

function reportEdit(offer: Offer, relative: (file: string) => string): ReportEdit {
  const { fix, edit, behaviour } = offer.proposal;
  const title = offerTitle(offer);
  return {
    fix,
    title: behaviour === null ? title : `${title}. ${behaviour}`,
    changes: [...edit].flatMap(([file, changes]) =>
      changes.map(({ range, newText }) => ({ file: relative(file), range, newText })),
    ),
  };
}

function idsOf(edits: readonly ReportEdit[]): string[] {
  return [...new Set(edits.map(({ fix }) => fix))];
}
