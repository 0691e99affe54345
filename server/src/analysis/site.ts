/** A place that puts something on the heap: what every feature, fix and format works on. */
import type { Range } from "../syntax/sourceText.js";
import type { ReasonCode } from "./reasonCodes.js";

/**
 * moved: a variable that the compiler moved; escapes: an expression it allocates on the heap; hidden: an allocation that
 * the compiler does not report.
 */
export type SiteKind = "moved" | "escapes" | "hidden";

/** Whether the site calls the allocator: see `when` for the condition of `sometimes` and `likely`. */
export type Allocates = "yes" | "likely" | "sometimes" | "no" | "unknown";

/** Where the site stands; `generated` wins over all others, then `test`. */
export type SiteContext = "loop" | "body" | "error-return" | "panic" | "init" | "test" | "generated";

/** One call of the allocator in the compiler's assembly. */
export interface Evidence {
  readonly call: string;
  readonly type: string | null;
  readonly bytes: number | null;
}

/** One step on the way to the heap, at its own place. */
export interface SiteFlowStep {
  /** The compiler's reason (`address-of`, `call parameter`, …). */
  readonly reason: string;
  /** The compiler's rendering of the expression or statement. */
  readonly text: string;
  /** Absolute path, which may lie outside the package, or null for generated code. */
  readonly file: string | null;
  readonly range: Range | null;
}

export interface Site {
  /** Stable across edits elsewhere: see siteId.ts. */
  readonly id: string;
  /** Import path; external tests have their own (`p_test`). */
  readonly package: string;
  /** Absolute path. */
  readonly file: string;
  /** Declared function as the compiler names it (`(*T).M`), or `init` for package-level initialisers. */
  readonly function: string;
  /** What is underlined. */
  readonly range: Range;
  /** Where the range starts as Go's tools print it: from 1, in UTF-8 bytes. */
  readonly column: number;
  /** The whole expression or declaring identifier. */
  readonly nodeRange: Range;
  readonly kind: SiteKind;
  /** What the node is in Go's terms: decides the words. */
  readonly form: SiteForm;
  /** As the compiler wrote it, or the source for hidden sites. */
  readonly expression: string;
  /** The node's source text, white space folded. */
  readonly source: string;
  readonly reason: ReasonCode;
  readonly allocates: Allocates;
  /** The condition behind `sometimes` and `likely`, or why not behind `no`; null when there is nothing to add. */
  readonly when: string | null;
  readonly evidence: readonly Evidence[];
  readonly context: SiteContext;
  readonly loopDepth: number;
  /** The inlined function that allocates, in the compiler's rendering; null for the person's own expression. */
  readonly inlinedFrom: string | null;
  /** The function or method that the value is passed to, in the source's words; null when there is none. */
  readonly callee: string | null;
  readonly flow: readonly SiteFlowStep[];
  /** The compiler's own lines, positions left out. */
  readonly compilerLines: readonly string[];
  /** What the loaded profile says of it; only where there is one. */
  readonly profile?: SiteProfile | undefined;
  /** An append in a loop to a slice that this function declares empty, without capacity; only where it is one. */
  readonly growsFromEmpty?: boolean;
  /** The words of a comment in the source that allows it (`//escape:allow`); only where there is one. */
  readonly allowed?: string;
  /** It is not shown before the machine code is read, which may have it otherwise (settled.ts); only while that lasts. */
  readonly awaitsEvidence?: boolean;
  /** What it allocates is what was known before the latest edit (evidenceMemory.ts); only until it is known anew. */
  readonly isRemembered?: true;
}

/** What a profile of a run says of a site (profile/joinSites.ts). */
export interface SiteProfile {
  /** What it allocated; where its line has others that may be meant as well, all of them together. */
  readonly bytes: number;
  readonly objects: number;
  /** Of all that the profile has, from 0 to 1. */
  readonly share: number;
  /** How many other sites of the line the figures may be of: 0 where they are this one's alone. */
  readonly sharedWith: number;
  /** Whether the figures are counted at the lines of the function that is inlined here, too. */
  readonly isCopy: boolean;
  /** Bytes in the profiles of before; null where there are none. It is that of the whole line. */
  readonly before: { readonly line: number; readonly then: number } | null;
  /** Lines that call the function in which it stands, those that pay the most first. */
  readonly callers: readonly ProfileCaller[];
}

/** A call that pays for what the called function allocates. */
export interface ProfileCaller {
  /** Absolute path. */
  readonly file: string;
  /** From 0, in the present text. */
  readonly line: number;
  readonly bytes: number;
}

export type SiteForm =
  | "variable"
  | "parameter"
  | "result"
  | "address-of-literal"
  | "composite-literal"
  | "new"
  | "make"
  | "append"
  | "variadic-slice"
  | "func-literal"
  | "go-wrapper"
  | "defer-wrapper"
  | "range-func-body"
  | "method-value"
  | "conversion"
  | "concatenation"
  | "boxed"
  | "inlined-call"
  | "other";
