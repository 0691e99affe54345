/** What a run of the command-line tool found: plain data, as the JSON has it, so that reports of several runs merge. */
import path from "node:path";
import type { AssertionCode } from "../assertions/assertion.js";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Severity } from "../analysis/severity.js";
import type { Allocates, Evidence, SiteContext, SiteKind, SiteProfile } from "../analysis/site.js";
import type { ProfileReport } from "../profile/profileReport.js";
import type { Range } from "../syntax/sourceText.js";

/** One version of Go and target that was analyzed. */
export interface Build {
  /** `go1.26.8` */
  readonly go: string;
  /** `linux/amd64` */
  readonly target: string;
}

export interface ReportPackage {
  readonly importPath: string;
  /** Relative, as files are. */
  readonly dir: string;
  readonly error: string | null;
}

export interface ReportStep {
  readonly reason: string;
  readonly text: string;
  readonly file: string | null;
  readonly range: Range | null;
}

/** A site in the shape of the JSON contract. */
export interface ReportSite {
  readonly id: string;
  readonly package: string;
  /** Relative to the folder of the command, with slashes. */
  readonly file: string;
  readonly function: string;
  readonly range: Range;
  readonly kind: SiteKind;
  readonly expression: string;
  readonly reason: ReasonCode;
  readonly allocates: Allocates;
  readonly when: string | null;
  readonly evidence: readonly Evidence[];
  readonly context: SiteContext;
  readonly loopDepth: number;
  readonly inlinedFrom: string | null;
  readonly flow: readonly ReportStep[];
  readonly message: string;
  readonly severity: Severity;
  readonly fixes: readonly string[];
  /** The builds that have the site (`go1.26.8 linux/amd64`); only where there are several. */
  readonly builds?: readonly string[];
  /** Why a person allowed it (`//escape:allow`); only where somebody did. */
  readonly allowed?: string;
  /** What the profile says of it; only where one was given that has it. */
  readonly profile?: SiteProfile;
}

/** An edit that a fix makes, ready for formats that can hold edits. */
export interface ReportEdit {
  readonly fix: string;
  readonly title: string;
  readonly changes: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
}

/** A site with what the JSON leaves out. */
export interface FoundSite extends ReportSite {
  /** Where the range starts as Go's tools print it: from 1, in UTF-8 bytes. */
  readonly column: number;
  /** See `surroundingsOf`. */
  readonly surroundings: string | null;
  readonly edits?: readonly ReportEdit[];
}

/** An assertion in a comment that does not hold. */
export interface ReportAssertion {
  readonly code: AssertionCode;
  readonly package: string;
  readonly file: string;
  readonly range: Range;
  readonly message: string;
  /** Ids of the sites that break it. */
  readonly sites: readonly string[];
}

export interface Report {
  /** At least one; the first is the person's own. */
  readonly builds: readonly Build[];
  readonly packages: readonly ReportPackage[];
  readonly sites: readonly FoundSite[];
  readonly assertions: readonly (ReportAssertion & { readonly column: number })[];
  /** How many lines of the compiler no rule knew. */
  readonly unknownLines: number;
  /** What the person should know of how it was built, in sentences. */
  readonly notes: readonly string[];
  /** Only where one was given. */
  readonly profile?: ProfileReport;
}

/**
 * Paths relative to `folder`, with slashes; absolute where there is no way between the two (another drive). What it
 * returns remembers: a project has many sites in few files.
 */
export function relativeTo(folder: string): (file: string) => string {
  const known = new Map<string, string>();
  return (file) => {
    let relative = known.get(file);
    if (relative === undefined) {
      relative = (path.relative(folder, file) || ".").split(path.sep).join("/");
      known.set(file, relative);
    }
    return relative;
  };
}

/** `go1.26.8 linux/amd64` */
export function buildName({ go, target }: Build): string {
  return `${go} ${target}`;
}
