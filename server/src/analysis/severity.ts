/** How loudly a site is shown: quiet by default, and set by reason or context. */
import type { ReasonCode } from "./reasonCodes.js";
import type { Site, SiteContext } from "./site.js";

export const severities = ["error", "warning", "information", "hint", "off"] as const;
export type Severity = (typeof severities)[number];

export interface SeverityRules {
  /** By reason or by context; a reason counts before a context. */
  readonly severity: Readonly<Partial<Record<ReasonCode | SiteContext, Severity>>>;
  /** Whether sites that allocate nothing are shown, as hints. */
  readonly showNotAllocating: boolean;
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

export const defaultSeverityRules: SeverityRules = { severity: {}, showNotAllocating: false };

/** The severity at which a site is shown; "off" means not at all. */
export function severityOf(
  site: Pick<Site, "allocates" | "when" | "reason" | "context">,
  rules: SeverityRules,
): Severity {
  // Where a capacity was reserved, its make is what allocates: the appends after it are what the advice asks for.
  if (site.allocates === "no" || site.when === "len > cap") return rules.showNotAllocating ? "hint" : "off";
  return (
    rules.severity[site.reason] ?? rules.severity[site.context] ?? defaultContextSeverities[site.context]
  );
}

/** True when `severity` is as loud as `level` or louder. */
export function isAtLeast(severity: Severity, level: Severity): boolean {
  return severity !== "off" && severities.indexOf(severity) <= severities.indexOf(level);
}
