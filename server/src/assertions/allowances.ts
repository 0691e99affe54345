/** `//escape:allow REASON`: sites that a person has looked at and wants to hear no more of. */
import { type ReasonCode, reasonCodes } from "../analysis/reasonCodes.js";
import type { Site } from "../analysis/site.js";
import { type Directive, directives, mayHaveDirectives } from "../syntax/directives.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import { sitesByFile } from "./byFile.js";

/** What an `allow` says. */
export interface Allowance {
  /** The codes that it is limited to; empty for all. */
  readonly reasons: readonly ReasonCode[];
  /** The person's words; empty where they left them out, which is no allowance. */
  readonly words: string;
}

const codes: ReadonlySet<string> = new Set(reasonCodes);

/**
 * Reads what stands behind `//escape:`. Reason codes in front, separated by commas, limit the allowance:
 * `allow boxed-formatting,boxed-argument: runs once`. Undefined for other directives.
 */
export function readAllowance(words: string): Allowance | undefined {
  const match = /^allow(?:\s+(.*))?$/s.exec(words);
  if (match === null) return undefined;
  const text = (match[1] ?? "").trim();
  const list = /^([\w-]+(?:,[\w-]+)*)(?::|\s|$)\s*(.*)$/s.exec(text);
  const listed = list?.[1]?.split(",") ?? [];
  if (listed.length === 0 || !listed.every(isReasonCode)) return { reasons: [], words: text };
  return { reasons: listed, words: list?.[2] ?? "" };
}

function isReasonCode(word: string): word is ReasonCode {
  return codes.has(word);
}

/**
 * The sites that comments allow, with the person's words for it. A comment counts for the sites that begin on its line or,
 * when it stands alone, on the next line with code. `texts` are the texts that were analyzed, by absolute path.
 */
export function allowedSites(
  sites: readonly Site[],
  texts: ReadonlyMap<string, SourceText>,
): ReadonlyMap<Site, string> {
  const allowed = new Map<Site, string>();
  const byFile = sitesByFile(sites);
  for (const [file, source] of texts) {
    const here = byFile.get(file);
    if (here === undefined || !source.text.includes("//escape:allow")) continue;
    for (const [site, words] of allowedIn(here, withTree(source, directives), source))
      allowed.set(site, words);
  }
  return allowed;
}

/** The sites, those that are allowed with the person's words. */
export function withAllowances(
  sites: readonly Site[],
  texts: ReadonlyMap<string, SourceText>,
): readonly Site[] {
  const allowed = allowedSites(sites, texts);
  if (allowed.size === 0) return sites;
  return sites.map((site) => {
    const words = allowed.get(site);
    return words === undefined ? site : { ...site, allowed: words };
  });
}

/** The sites of one file that its directives allow, with the words. */
export function allowedIn(
  sites: readonly Site[],
  found: readonly Directive[],
  source: SourceText,
): ReadonlyMap<Site, string> {
  const allowed = new Map<Site, string>();
  for (const directive of found) {
    const allowance = directive.tool === "escape" ? readAllowance(directive.words) : undefined;
    if (allowance === undefined || allowance.words === "") continue;
    for (const site of sites) {
      if (source.lineOf(source.offsetOf(site.range.start)) !== directive.line) continue;
      if (allowance.reasons.length === 0 || allowance.reasons.includes(site.reason))
        allowed.set(site, allowance.words);
    }
  }
  return allowed;
}

/** Whether a file is worth being parsed for its directives. */
export function hasDirectives(source: SourceText): boolean {
  return mayHaveDirectives(source.text);
}
