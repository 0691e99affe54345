/** What assertions in comments are checked against, and how they fail: plain data for the command line and the editor. */
import type { Site } from "../analysis/site.js";
import type { CompilerPosition, InlineFact } from "../compiler/facts.js";
import type { Range } from "../syntax/sourceText.js";

/** A bounds check that is left in the machine code. */
export interface BoundsCheck {
  readonly position: CompilerPosition;
  /** As the compiler prints it. */
  readonly check: "IsInBounds" | "IsSliceInBounds";
}

/** What assertions need beside the sites. */
export interface AssertionFacts {
  /** The places of all calls that were inlined. */
  readonly inlinedCalls: readonly CompilerPosition[];
  /** Which functions can be inlined, and which cannot. */
  readonly inlining: readonly InlineFact[];
  /** Of the packages that assert something about them. */
  readonly boundsChecks: readonly BoundsCheck[];
}

/** A file whose assertions are checked. */
export interface AssertedFile {
  /** Absolute path. */
  readonly file: string;
  readonly importPath: string;
}

/**
 * - escape-none, escape-max: the function has sites, or more of them than it may;
 * - gcassert-noescape, gcassert-inline, gcassert-bce: a value escapes, a call is not inlined, a bounds check is left;
 * - checkescape, mustescape: the function has sites, or has none;
 * - directive: the directive itself cannot be understood, or stands where it says nothing.
 */
export type AssertionCode =
  | "escape-none"
  | "escape-max"
  | "gcassert-noescape"
  | "gcassert-inline"
  | "gcassert-bce"
  | "checkescape"
  | "mustescape"
  | "directive";

/** An assertion that does not hold. Codes are a contract as reason codes are: none is ever renamed. */
export interface AssertionFailure {
  readonly code: AssertionCode;
  /** Absolute path. */
  readonly file: string;
  readonly importPath: string;
  /** What is underlined: the function's name, the line's code, the call, or the directive itself. */
  readonly range: Range;
  /** Where the range starts: from 1, in UTF-8 bytes. */
  readonly column: number;
  /** The name of the function, the call that is not inlined, the bounds check, or the directive as written. */
  readonly subject: string;
  /** How many sites `escape-max` allows; null for all others. */
  readonly limit: number | null;
  /** Why a `directive` fails; null for all others. */
  readonly fault: DirectiveFault | null;
  /** The sites that break it. */
  readonly sites: readonly Site[];
}

export type DirectiveFault =
  /** No such directive. */
  | "unknown"
  /** `max` without a number. */
  | "no-number"
  /** `allow` without a reason. */
  | "no-reason"
  /** No function begins there. */
  | "no-function"
  /** No code follows. */
  | "no-code";
