/** What of a report is to be told, and whether it fails: severities, exclusions, the baseline, limits and assertions. */
import path from "node:path";
import { isAtLeast, severities, type Severity } from "../analysis/severity.js";
import { mayAllocate } from "../assertions/mayAllocate.js";
import { limitMessage } from "../explain/limit.js";
import type { LoadedConfiguration } from "../gate/configurationFile.js";
import { type BrokenLimit, brokenLimits, pathMatcher } from "../gate/limits.js";
import { type KnownSite, matchSites } from "../gate/matching.js";
import type { Range } from "../syntax/sourceText.js";
import { type FoundSite, relativeTo, type Report } from "./report.js";

/** One thing to tell, in the shape that all line-by-line formats share. */
export interface Finding {
  readonly severity: Exclude<Severity, "off">;
  /** A reason code, `limit`, or the code of an assertion. */
  readonly code: string;
  readonly file: string;
  readonly range: Range;
  /** From 1, in UTF-8 bytes. */
  readonly column: number;
  readonly message: string;
  /** Null for limits and assertions. */
  readonly site: FoundSite | null;
}

export interface GateOptions {
  /** Findings of this severity and above are told. */
  readonly level: Severity;
  /** Findings of this severity and above fail; `off`: none does. */
  readonly failOn: Severity;
  readonly loaded: LoadedConfiguration;
  /** Absolute folder that the report's paths are relative to. */
  readonly folder: string;
  /** What is known already; undefined where nothing is compared. */
  readonly known: readonly KnownSite[] | undefined;
  /** Whether the report is about all packages, so that known sites which it does not have are gone. */
  readonly isWhole: boolean;
}

/** A limit that is exceeded. */
export interface LimitFailure {
  readonly message: string;
  readonly count: number;
  readonly max: number;
  /** Ids. */
  readonly sites: readonly string[];
}

export interface Judgment {
  readonly findings: readonly Finding[];
  readonly limits: readonly LimitFailure[];
  /** Null where nothing was compared. */
  readonly comparison: {
    /** Ids of sites that are not known, whatever their severity. */
    readonly added: readonly string[];
    /** How many known sites are no longer there. */
    readonly gone: number;
  } | null;
  readonly fails: boolean;
}

/** Judges a report; see GateOptions. */
export function judge(report: Report, options: GateOptions): Judgment {
  const pathOf = configuredPath(options);
  const isExcluded = pathMatcher(options.loaded.configuration.exclude ?? []);
  const sites = report.sites.filter((site) => site.allowed === undefined && !isExcluded(pathOf(site)));
  const counted = sites.filter(mayAllocate);
  const matches = options.known === undefined ? null : matchSites(counted, options.known);
  const added = new Set(matches?.added.map((site) => site.id));
  const isKnown = (site: FoundSite) => matches !== null && mayAllocate(site) && !added.has(site.id);

  const told = sites.filter((site) => !isKnown(site)).flatMap(findingOf);
  const limits = options.loaded.configuration.limits ?? [];
  const broken = brokenLimits(limits, { sites: counted, isKnown, pathOf });
  const hard = [...assertionFindings(report), ...broken.flatMap(limitFindings)];
  const isGone = options.isWhole ? () => true : isAnalyzed(report);
  return {
    findings: [...told.filter(isLoudEnough(options)), ...hard].sort(byPlace),
    limits: broken.map(limitFailure),
    comparison: matches && { added: [...added], gone: matches.gone.filter(isGone).length },
    fails: hard.length > 0 || told.some(({ severity }) => failsAt(severity, options.failOn)),
  };
}

/** The path of a site's file relative to the folder of the configuration. */
function configuredPath({ loaded, folder }: GateOptions): (site: FoundSite) => string {
  const relative = relativeTo(loaded.folder);
  return (site) => relative(path.resolve(folder, site.file));
}

function failsAt(severity: Severity, failOn: Severity): boolean {
  return failOn !== "off" && isAtLeast(severity, failOn);
}

/** What fails is told, even where the level is louder. */
function isLoudEnough({ level, failOn }: GateOptions): (finding: Finding) => boolean {
  return ({ severity }) => isAtLeast(severity, level) || failsAt(severity, failOn);
}

/** Whether the report is about the package of a known site. A part of the packages says nothing of the others' sites. */
function isAnalyzed(report: Report): (site: KnownSite) => boolean {
  const names = new Set(report.packages.map(({ importPath }) => importPath));
  for (const site of report.sites) names.add(site.package);
  return (site) => names.has(site.package) || names.has(site.package.replace(/_test$/, ""));
}

function findingOf(site: FoundSite): Finding[] {
  const { severity, reason: code, file, range, column, message } = site;
  return severity === "off" ? [] : [{ severity, code, file, range, column, message, site }];
}

function assertionFindings(report: Report): Finding[] {
  return report.assertions.map(({ code, file, range, column, message }) => {
    return { severity: "error", code, file, range, column, message, site: null };
  });
}

function limitFailure({ limit, sites }: BrokenLimit<FoundSite>): LimitFailure {
  const message = limitMessage(limit, sites.length);
  return { message, count: sites.length, max: limit.max ?? 0, sites: sites.map((site) => site.id) };
}

/** A limit is told where it is first exceeded. */
function limitFindings({ limit, sites }: BrokenLimit<FoundSite>): Finding[] {
  const first = [...sites].sort(byPlace)[limit.max ?? 0];
  if (first === undefined) return [];
  const { file, range, column } = first;
  const message = limitMessage(limit, sites.length);
  return [{ severity: "error", code: "limit", file, range, column, message, site: null }];
}

function byPlace(a: Pick<Finding, "file" | "range">, b: Pick<Finding, "file" | "range">): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}

/** The loudest of some severities. */
export function loudest(...all: readonly Severity[]): Severity {
  return severities[Math.min(...all.map((severity) => severities.indexOf(severity)))] ?? "off";
}
