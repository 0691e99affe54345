/** Takes every fix that a menu offers for a package, one after the other, as somebody does who says yes to all. */
import type { Site } from "../../../server/src/analysis/site.js";
import {
  type AppliedFix as Applied,
  fixAll,
  type FixAllRequest,
  WholeRejected,
} from "../../../server/src/fixAll/fixAll.js";
import { rejectionReason } from "../../../server/src/fixes/effect.js";
import type { FixId, Proposal } from "../../../server/src/fixes/fix.js";
import type { GoPackage } from "../../../server/src/go/packages.js";
import type { MeasuredPackage, PackageLens } from "./measuredPackage.js";

export interface TrialOptions {
  /** Fixes that are tried; all where it is undefined. */
  readonly kinds: ReadonlySet<string> | undefined;
  /** Whether fixes are taken as well that ask first. */
  readonly asking: boolean;
  /** Whether it is told why others were not offered. */
  readonly refusals: boolean;
}

export interface AppliedFix {
  readonly fix: FixId;
  /** Absolute path, and the line from 1 before all fixes. */
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly title: string;
  /** False where an editor would ask the person, or not prefer it. */
  readonly isPreferred: boolean;
}

/** How many places allocate, as the machine code has them, tests and generated code left out. */
export interface AllocatingPlaces {
  readonly all: number;
  readonly inLoops: number;
}

export interface PackageTrial {
  readonly before: AllocatingPlaces;
  readonly after: AllocatingPlaces;
  readonly applied: readonly AppliedFix[];
  /** How often each fix was not offered, by its words. */
  readonly refused: ReadonlyMap<string, number>;
  /** New texts by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Why the fixes were not taken, as they hold one by one and not together; null where they were, or there are none. */
  readonly rejected: string | null;
}

const noSignal = new AbortController().signal;

/**
 * Applies what a package's menus offer as *Fix all* does: each fix is proposed for the text that the one before it left, and
 * kept when the compiler agrees. Nothing is written to the disk.
 */
export async function applyOffers(
  lens: PackageLens,
  goPackage: GoPackage,
  options: TrialOptions,
): Promise<PackageTrial> {
  const measured = await lens.measure(goPackage, new Map());
  const candidates = measured.sites.filter(isShown);
  const accepts = wantedBy(options);
  const recompile = lens.recompile(measured);
  const { applied, texts, rejected } = await fixed({ analyzed: measured, candidates, accepts, recompile });
  const before = placesOf(measured);
  return {
    applied: applied.map(appliedFix),
    refused: options.refusals ? await refusals(measured, candidates, accepts) : new Map<string, number>(),
    texts,
    rejected,
    before,
    after: texts.size === 0 ? before : placesOf(await lens.measure(goPackage, texts)),
  };
}

interface TakenFixes extends Pick<PackageTrial, "texts" | "rejected"> {
  readonly applied: readonly Applied[];
}

/** As *Fix all*, which leaves a package alone whose fixes do not hold together. */
async function fixed(request: FixAllRequest): Promise<TakenFixes> {
  try {
    return { ...(await fixAll(request, noSignal)), rejected: null };
  } catch (error) {
    if (!(error instanceof WholeRejected)) throw error;
    return { applied: [], texts: new Map(), rejected: error.message };
  }
}

function wantedBy({ kinds, asking }: TrialOptions): (proposal: Proposal) => boolean {
  return (proposal) =>
    proposal.fix !== "suppress" &&
    kinds?.has(proposal.fix) !== false &&
    (asking || (proposal.isPreferred && proposal.behaviour === null));
}

async function refusals(
  measured: MeasuredPackage,
  candidates: readonly Site[],
  accepts: (proposal: Proposal) => boolean,
): Promise<Map<string, number>> {
  const refused = new Map<string, number>();
  for (const site of candidates) {
    const { rejections } = await measured.offers.of(site, measured, noSignal, accepts);
    for (const rejection of rejections) {
      const words = `${rejection.fix}: ${rejectionReason(rejection)}`;
      refused.set(words, (refused.get(words) ?? 0) + 1);
    }
  }
  return refused;
}

/** Nobody mends what does not allocate, tests, or generated code. */
function isShown({ allocates, context }: Site): boolean {
  return allocates !== "no" && context !== "test" && context !== "generated";
}

function placesOf({ sites }: MeasuredPackage): AllocatingPlaces {
  const shown = sites.filter(isShown);
  return { all: shown.length, inLoops: shown.filter(({ loopDepth }) => loopDepth > 0).length };
}

function appliedFix({ original, proposal }: Applied): AppliedFix {
  return {
    fix: proposal.fix,
    file: original.file,
    line: original.range.start.line + 1,
    source: original.source,
    title: proposal.title,
    isPreferred: proposal.isPreferred && proposal.behaviour === null,
  };
}
