/** How loudly a site is shown: quiet by default, and set by reason or context. */
import type { ReasonCode } from "./reasonCodes.js";
import type { Site, SiteContext, SiteProfile } from "./site.js";

export const severities = ["error", "warning", "information", "hint", "off"] as const;
export type Severity = (typeof severities)[number];

export interface SeverityRules {
  /** By reason or by context; a reason counts before a context. */
  readonly severity: Readonly<Partial<Record<ReasonCode | SiteContext, Severity>>>;
  /** Whether sites that allocate nothing are shown, as hints. */
  readonly showNotAllocating: boolean;
  /** Share of the loaded profile, from 0 to 1, from which on a site is a warning; undefined for never. */
  readonly hotFrom?: number | undefined;
  /** Whether sites that the loaded profile has nothing of are left out. */
  readonly hidesCold?: boolean;
}

/** Loops are worth a look, other bodies a hint; what runs once, rarely or only in tests stays quiet. */
export const defaultContextSeverities: Readonly<Record<SiteContext, Severity>> = {
  loop: "information",
  body: "hint",
  "error-return": "off",
  panic: "off",
  init: "off",
  test: "off",
  generated: "off",
};

/** Every write to a map can grow it: what is true of all of them says nothing of one. */
export const defaultReasonSeverities: Readonly<Partial<Record<ReasonCode, Severity>>> = {
  "map-growth": "off",
};

/**
 * Conditions that mostly do not hold: a slice doubles only now and then, the stack has room for short texts and small maps,
 * what is kept is mostly large enough, and a function whose callers have copies of its body hardly runs. (A make of variable size mostly is larger than its 32 bytes, so it stays as loud as it is.)
 */
const mildConditions: ReadonlySet<string> = new Set([
  "grows",
  "size <= 32 bytes",
  "len > 32",
  "len > 8",
  "too small",
  "not inlined",
]);

export const defaultSeverityRules: SeverityRules = { severity: {}, showNotAllocating: false };

/** The severity at which a site is shown; "off" means not at all. */
export function severityOf(
  site: Pick<Site, "allocates" | "when" | "reason" | "context" | "allowed" | "awaitsEvidence"> &
    Partial<Pick<Site, "evidence" | "profile" | "growsFromEmpty">>,
  rules: SeverityRules,
): Severity {
  if (site.allowed !== undefined || site.awaitsEvidence === true) return "off";
  const { profile } = site;
  if (profile !== undefined && isHot(profile, rules)) return "warning";
  if (profile?.bytes === 0 && rules.hidesCold === true) return "off";
  // Where a capacity was reserved, its make is what allocates: the appends after it are what the advice asks for.
  if (site.allocates === "no" || site.when === "len > cap") return rules.showNotAllocating ? "hint" : "off";
  return (
    rules.severity[site.reason] ??
    defaultReasonSeverities[site.reason] ??
    (isMove(site) ? "off" : undefined) ??
    milder(site, rules.severity[site.context] ?? defaultContextSeverities[site.context])
  );
}

function isHot({ share }: SiteProfile, { hotFrom }: SeverityRules): boolean {
  return hotFrom !== undefined && share > 0 && share >= hotFrom;
}

/**
 * Since Go 1.26 what an append has put on the stack moves to the heap where it is returned (runtime.moveSlice): the append
 * tells of it, and of what helps.
 */
function isMove({ evidence = [] }: Partial<Pick<Site, "evidence">>): boolean {
  return evidence.length > 0 && evidence.every(({ call }) => call.startsWith("runtime.moveSlice"));
}

/** What only may allocate, and mostly does not, is no more than a hint where a place alone decides. */
function milder(
  { allocates, when, growsFromEmpty }: Pick<Site, "allocates" | "when" | "growsFromEmpty">,
  severity: Severity,
): Severity {
  // A slice that is declared empty and filled in a loop does grow, and can be given a capacity right there.
  if (growsFromEmpty === true) return severity;
  const isMild = allocates === "sometimes" && when !== null && mildConditions.has(when);
  return isMild && isAtLeast(severity, "hint") ? "hint" : severity;
}

/** True when `severity` is as loud as `level` or louder. */
export function isAtLeast(severity: Severity, level: Severity): boolean {
  return severity !== "off" && severities.indexOf(severity) <= severities.indexOf(level);
}
