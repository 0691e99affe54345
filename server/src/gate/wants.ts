/** Expected-escape tests: what `// want` comments expect of their lines, held against what is there. */
import type { Site } from "../analysis/site.js";
import type { GoVersion } from "../go/goVersion.js";
import type { WantComment } from "../syntax/wantComments.js";

/** One expectation: a site of the line is to match. */
export interface Want {
  /** From 1. */
  readonly line: number;
  /** As it is written, quotes included. */
  readonly text: string;
  readonly pattern: RegExp;
}

/** A comment that cannot be read. */
export interface WantError {
  readonly line: number;
  readonly words: string;
}

type TestedSite = Pick<Site, "range" | "kind" | "reason" | "expression">;

/** What is not as it was expected; lines from 1. */
export interface WantResult<Tested extends TestedSite> {
  readonly met: number;
  readonly missing: readonly Want[];
  readonly unexpected: readonly Tested[];
}

/**
 * The expectations of a file for a version of Go. `// want "…" "…"` counts for all versions, `// want:go1.25 "…"` since
 * that one, and `// want:!go1.25 "…"` before it, as build constraints have it; each string, interpreted or raw, is a
 * regular expression.
 */
export function readWants(
  comments: readonly WantComment[],
  version: GoVersion | null,
): { readonly wants: readonly Want[]; readonly errors: readonly WantError[] } {
  const wants: Want[] = [];
  const errors: WantError[] = [];
  for (const { line, words } of comments) {
    const parts = partsOf(words);
    const patterns = parts?.texts.map(compiled);
    if (parts === undefined || patterns === undefined || patterns.includes(undefined)) {
      errors.push({ line, words });
    } else if (holds(parts.condition, version)) {
      patterns.forEach((pattern, index) => {
        const text = parts.texts[index];
        if (pattern !== undefined && text !== undefined) wants.push({ line, text, pattern });
      });
    }
  }
  return { wants, errors };
}

interface Parts {
  readonly condition: string | undefined;
  readonly texts: readonly string[];
}

function partsOf(words: string): Parts | undefined {
  const match = /^(?::(!?go1\.\d+)\s)?\s*((?:(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)\s*)+)$/.exec(words);
  if (match === null) return undefined;
  return { condition: match[1], texts: (match[2] ?? "").match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g) ?? [] };
}

/** Undefined where it is no regular expression, or has an escape that JSON does not share with Go. */
function compiled(text: string): RegExp | undefined {
  try {
    const pattern: unknown = text.startsWith("`") ? text.slice(1, -1) : JSON.parse(text);
    return typeof pattern === "string" ? new RegExp(pattern) : undefined;
  } catch {
    return undefined;
  }
}

/** A version that cannot be read is taken for the newest. */
function holds(condition: string | undefined, version: GoVersion | null): boolean {
  if (condition === undefined) return true;
  const isSince = version === null || version.minor >= Number(/\d+$/.exec(condition)?.[0]);
  return condition.startsWith("!") ? !isSince : isSince;
}

/**
 * Holds a file's sites against its expectations. Each matches one site of its line at most, whichever leaves most others
 * a site. Sites of kind `hidden`, of which the compiler says nothing, may be expected and need not be.
 */
export function compareWants<Tested extends TestedSite>(
  wants: readonly Want[],
  sites: readonly Tested[],
): WantResult<Tested> {
  const missing: Want[] = [];
  const used = new Set<Tested>();
  for (const line of new Set(wants.map((want) => want.line))) {
    const expected = wants.filter((want) => want.line === line);
    const here = sites.filter((site) => site.range.start.line + 1 === line);
    const pairs = assigned(expected, here);
    for (const site of pairs.values()) used.add(site);
    missing.push(...expected.filter((want) => !pairs.has(want)));
  }
  const unexpected = sites.filter((site) => site.kind !== "hidden" && !used.has(site));
  return { met: wants.length - missing.length, missing, unexpected };
}

/** A largest matching of expectations to sites, by augmenting paths. */
function assigned<Tested extends TestedSite>(
  wants: readonly Want[],
  sites: readonly Tested[],
): ReadonlyMap<Want, Tested> {
  const owners = new Map<Tested, Want>();
  const tryWant = (want: Want, seen: Set<Tested>): boolean => {
    for (const site of sites) {
      if (seen.has(site) || !want.pattern.test(testedText(site))) continue;
      seen.add(site);
      const owner = owners.get(site);
      if (owner === undefined || tryWant(owner, seen)) {
        owners.set(site, want);
        return true;
      }
    }
    return false;
  };
  for (const want of wants) tryWant(want, new Set());
  return new Map(Array.from(owners, ([site, want]) => [want, site]));
}

/** What patterns are held against: `return-address: moved to heap: u`, the words of the compiler behind the reason's code. */
export function testedText({ kind, reason, expression }: Omit<TestedSite, "range">): string {
  const words = {
    moved: `moved to heap: ${expression}`,
    escapes: `${expression} escapes to heap`,
    hidden: `${expression} (hidden)`,
  };
  return `${reason}: ${words[kind]}`;
}
