/** The plain data that says which syntax a compiler's message is about. */
import type { EnclosingCall } from "../calls.js";
import type { Enclosing } from "../enclosing.js";
import type { GoTree, SyntaxNode } from "../goSyntax.js";
import type { TextSpan } from "../nodes.js";

/** A message as far as its place is concerned. */
export interface PlacedMessage {
  /**
   * moved: `moved to heap: TEXT`; escapes: `TEXT escapes to heap` and `TEXT does not escape`; wrapper: the explanation
   * without a verdict that the compiler prints at `go` and `defer` for the closure that it makes.
   */
  readonly form: "moved" | "escapes" | "wrapper";
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-8 bytes; undefined where the compiler gave none. */
  readonly column: number | undefined;
  /** The compiler's rendering of the variable or expression. */
  readonly text: string;
  /** Callees of the `inlining call to` lines at the very same place. */
  readonly inlinedCalls: readonly string[];
  /** Without a column: which of the equal messages of this line it is, from 0. */
  readonly ordinal?: number;
}

/** What the compiler's message is about, as Go's grammar and go.dev/ref/spec call it. */
export type NodeForm =
  | "variable"
  | "package-variable"
  | "parameter"
  | "receiver"
  | "result"
  | "range-variable"
  | "type-switch-variable"
  | "select-variable"
  | "address-of-literal"
  | "elided-address-of-literal"
  | "composite-literal"
  | "new"
  | "make-slice"
  | "make-map"
  | "make-chan"
  /** `make` of a named type. */
  | "make"
  | "append"
  /** The slice that holds the arguments of a `...` parameter. */
  | "variadic-slice"
  | "func-literal"
  | "go-wrapper"
  | "defer-wrapper"
  /** The body of a range-over-func loop, which is a closure. */
  | "range-func-body"
  | "method-value"
  /** `x.f` of which this file does not tell whether a method value is made or a field is boxed. */
  | "selector"
  | "conversion"
  /** A value put in an interface; also a string operation on constants, which looks the same. */
  | "boxed"
  | "concatenation"
  /** `a + b` of which the syntax does not tell whether strings are joined or a number is boxed. */
  | "addition"
  | "inlined-call"
  /** A function's declaration: the compiler speaks of a copy of it that it made. */
  | "declaration"
  | "line";

/** Kind of the type that a literal or make creates, as far as the syntax tells. */
export type TypeForm = "slice" | "map" | "array" | "struct" | "chan";

export interface Anchor {
  /**
   * exact: this very node; inlined-call: something within the callee of this call; declaration: a wrapper or instance
   * that the compiler made of this function, whose body has messages of its own; line: the line only.
   */
  readonly quality: "exact" | "inlined-call" | "declaration" | "line";
  readonly nodeForm: NodeForm;
  readonly typeForm: TypeForm | undefined;
  /** The whole node. */
  readonly node: TextSpan;
  /** What to underline. */
  readonly range: TextSpan;
  /** The node's source text, white space folded; of func literals, loops and declarations their heads only. */
  readonly sourceText: string;
  /** Source text of what is called, for inlined calls and variadic slices. */
  readonly calleeName: string | undefined;
  /** The call that the node is an argument of. */
  readonly enclosingCall: EnclosingCall | undefined;
  readonly enclosing: Enclosing;
}

/** There is no such place, or something else stands there: the file is not the one that was compiled. */
export interface MissingAnchor {
  readonly quality: "missing";
}

export type AnchorResult = Anchor | MissingAnchor;

/** A message and the token that its position names. */
export interface Target {
  readonly tree: GoTree;
  readonly message: PlacedMessage;
  readonly token: SyntaxNode;
}

/** What a rule found: the node and what it is. */
export interface Finding {
  readonly quality: Anchor["quality"];
  readonly nodeForm: NodeForm;
  readonly node: SyntaxNode;
  /** Where it is not the node's usual underline. */
  readonly range?: TextSpan;
  readonly typeForm?: TypeForm | undefined;
  readonly calleeName?: string;
}
