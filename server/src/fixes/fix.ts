/** What a refactoring is: one file of this folder each, a site and its syntax in, an edit or the reason why not out. */
import type { OperandTypes, TypeQuestion } from "../analysis/operandTypes.js";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";
import type { Edit, Proof } from "../analysis/verify.js";

/** Stable codes of the fixes, part of the contract (JSON's `fixes`, code action data). */
export type FixId =
  | "preallocate-slice"
  | "grow-buffer"
  | "string-builder"
  | "errors-new"
  | "hoist-error"
  | "write-string"
  | "format-string"
  | "preallocate-map"
  | "fixed-array"
  | "stack-buffer"
  | "return-array"
  | "array-field"
  | "return-value"
  | "capture-copy"
  | "pass-value"
  | "outlives-loop"
  | "range-element"
  | "hoist-target"
  | "errors-as"
  | "pool-target"
  | "pool-pointer"
  | "pool-buffer"
  | "json-encoder"
  | "sort-func"
  | "method-value"
  | "defer-in-loop"
  | "struct-key"
  | "suppress";

export interface FixInput {
  readonly site: Site;
  readonly snapshot: Snapshot;
  /** All sites of the package, which a fix may need to see what else would change. */
  readonly sites: readonly Site[];
  /** Minor of Go's version: 26 for go1.26.8. */
  readonly goMinor: number;
  /**
   * Go files in the package's folder that the snapshot does not have (build constraints, other targets), texts by path.
   * The compiler does not see them here, so a fix must not break them unseen.
   */
  readonly filesBeside: ReadonlyMap<string, string>;
  /** Files in other folders of the module that import the package, texts by path, for fixes that ask for them. */
  readonly importers?: ReadonlyMap<string, string>;
}

/** An edit that the syntax allows; the compiler has the last word. */
export interface Proposal {
  readonly fix: FixId;
  readonly edit: Edit;
  /** `none` for what changes no allocation: it is offered without the compiler's word. */
  readonly proof: Proof | "none";
  /** What it does in the imperative, for the menu; the effect is added once it is verified. Code between backticks. */
  readonly title: string;
  /** What may behave differently, as a sentence; null where nothing can. Such a fix asks first and is never preferred. */
  readonly behaviour: string | null;
  /** Whether it always pays: not where memory is reserved that may stay unused, or a number is the person's to choose. */
  readonly isPreferred: boolean;
  /** Where a number is the person's to choose, the edits for other choices are offered beside this one. */
  readonly choice: string | null;
  /** Allocations that it saves, where the sites alone do not tell: some of what callees allocate has none. */
  readonly saves?: number;
}

export interface Refusal {
  readonly fix: FixId;
  /** Why this code is left alone, as a sentence. */
  readonly refusal: string;
}

export interface Fix {
  readonly id: FixId;
  /** Quick test by the site alone, so that most fixes cost nothing on most sites. */
  appliesTo(site: Site): boolean;
  /** Operands whose types the compiler is asked for before `propose`; absent, or undefined, where syntax is enough. */
  question?(input: FixInput): TypeQuestion | undefined;
  /** Whether it needs to know who imports the package. */
  needsImporters?(input: FixInput): boolean;
  /** What can be proposed: several where there is a choice, or one refusal. Parses files of the snapshot. */
  propose(input: FixInput, types?: OperandTypes): readonly (Proposal | Refusal)[];
}
