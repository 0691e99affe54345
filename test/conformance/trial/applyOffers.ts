/** Takes every fix that a menu offers for a package, one after the other, as somebody does who says yes to all. */
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { rejectionReason } from "../../../server/src/fixes/effect.js";
import type { FixId, Proposal } from "../../../server/src/fixes/fix.js";
import type { Offer } from "../../../server/src/fixes/offers.js";
import type { GoPackage } from "../../../server/src/go/packages.js";
import type { MeasuredPackage, PackageLens } from "./measuredPackage.js";

export interface TrialOptions {
  /** Fixes that are tried; all where it is undefined. */
  readonly kinds: ReadonlySet<string> | undefined;
  /** Whether fixes are taken as well that ask first. */
  readonly asking: boolean;
}

export interface AppliedFix {
  readonly fix: FixId;
  /** Absolute path, and the line from 1 at the time of the fix. */
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
}

const noSignal = new AbortController().signal;

/**
 * Goes through the sites in source order; after each fix the package is analyzed anew, and sites that were looked at
 * already are not looked at again. Nothing is written to the disk.
 */
export async function applyOffers(
  lens: PackageLens,
  goPackage: GoPackage,
  options: TrialOptions,
): Promise<PackageTrial> {
  const texts = new Map<string, string>();
  const applied: AppliedFix[] = [];
  const refused = new Map<string, number>();
  const seen = new Set<string>();
  let measured = await lens.measure(goPackage, texts);
  const before = placesOf(measured);
  for (;;) {
    const next = await nextOffer(measured, options, seen, refused);
    if (next === undefined) return { applied, refused, texts, before, after: placesOf(measured) };
    applied.push(appliedFix(next));
    for (const [file, { text }] of applyEdit(next.proposal.edit, measured.snapshot)) texts.set(file, text);
    measured = await lens.measure(goPackage, texts);
  }
}

async function nextOffer(
  measured: MeasuredPackage,
  { kinds, asking }: TrialOptions,
  seen: Set<string>,
  refused: Map<string, number>,
): Promise<Offer | undefined> {
  const isWanted = (proposal: Proposal) =>
    proposal.fix !== "suppress" &&
    kinds?.has(proposal.fix) !== false &&
    (asking || (proposal.isPreferred && proposal.behaviour === null));
  for (const site of measured.sites) {
    const key = `${site.file} ${site.id}`;
    if (seen.has(key) || !isShown(site)) continue;
    seen.add(key);
    const { offers, rejections } = await measured.offers.of(site, measured, noSignal, isWanted);
    const [offer] = offers;
    if (offer !== undefined) return offer;
    for (const rejection of rejections) {
      const words = `${rejection.fix}: ${rejectionReason(rejection)}`;
      refused.set(words, (refused.get(words) ?? 0) + 1);
    }
  }
  return undefined;
}

/** Nobody mends what does not allocate, tests, or generated code. */
function isShown({ allocates, context }: Site): boolean {
  return allocates !== "no" && context !== "test" && context !== "generated";
}

function placesOf({ sites }: MeasuredPackage): AllocatingPlaces {
  const shown = sites.filter(isShown);
  return { all: shown.length, inLoops: shown.filter(({ loopDepth }) => loopDepth > 0).length };
}

function appliedFix({ site, proposal }: Offer): AppliedFix {
  return {
    fix: proposal.fix,
    file: site.file,
    line: site.range.start.line + 1,
    source: site.source,
    title: proposal.title,
    isPreferred: proposal.isPreferred && proposal.behaviour === null,
  };
}
