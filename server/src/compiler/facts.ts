/**
 * What the compiler said, as plain data. Wordings and positions: cmd/compile/internal/escape (escape.go, solve.go,
 * graph.go), cmd/compile/internal/inline; all of them from Go 1.21 to 1.27 are covered.
 */

/** A place as the compiler names it. */
export interface CompilerPosition {
  /** Absolute path. */
  readonly file: string;
  /** From 1, counted in `\n`. */
  readonly line: number;
  /** From 1, in UTF-8 bytes; undefined where the compiler has none (column 255 or more, `//line` without column). */
  readonly column: number | undefined;
}

/** One `from X (reason) at P` below a flow. */
export interface FlowStep {
  /** The compiler's reason, as it prints it: `address-of`, `call parameter`, … (escape/graph.go, solve.go). */
  readonly reason: string;
  /** The compiler's rendering of the expression or statement. */
  readonly text: string;
  /** Undefined for generated code. */
  readonly position: CompilerPosition | undefined;
}

/** One `flow: TO ← OPS FROM:` with its steps. */
export interface Flow {
  /** `{heap}`, `~r0` or a result's name, a variable, `{storage for X}`, `{temp}`. */
  readonly to: string;
  readonly from: string;
  /** `&` where an address flows, `*` for each dereference, else empty. */
  readonly operators: string;
  readonly steps: readonly FlowStep[];
}

/** Starts the block of one variant; all facts up to the next one are of this variant. */
export interface PackageFact {
  readonly kind: "package";
  /** As in the `# …` header: `p`, `p [p.test]`. */
  readonly variant: string;
}

/** `moved to heap: NAME` or `EXPR escapes to heap`: the verdict, printed once per place and instance. */
export interface HeapFact {
  readonly kind: "heap";
  readonly form: "moved" | "escapes";
  readonly position: CompilerPosition;
  /** NAME or EXPR in the compiler's rendering, which is not source text: constants are folded, literals shortened. */
  readonly text: string;
}

/** `EXPR does not escape`. */
export interface StackFact {
  readonly kind: "stack";
  readonly position: CompilerPosition;
  readonly text: string;
}

/** `EXPR escapes to heap[ in F]:` with its flows (-m=2 only). */
export interface ExplanationFact {
  readonly kind: "explanation";
  readonly position: CompilerPosition;
  readonly text: string;
  /** The function's name, printed since Go 1.25. */
  readonly function: string | undefined;
  readonly flows: readonly Flow[];
  /** The compiler stopped explaining (golang.org/issue/35518). */
  readonly truncated: boolean;
}

/** `leaking param: P`, `leaking param content: P`, `leaking param: P to result R level=N`. */
export interface LeakFact {
  readonly kind: "leak";
  readonly position: CompilerPosition;
  readonly name: string;
  readonly content: boolean;
  /** Result and number of dereferences; undefined when the value leaks to the heap. */
  readonly result: { readonly name: string; readonly level: number } | undefined;
}

/** `parameter P leaks to R[ for F] with derefs=N:` with its flows (-m=2, and only of files that are asked for). */
export interface LeakFlowFact {
  readonly kind: "leak-flow";
  readonly position: CompilerPosition;
  readonly name: string;
  /** 0 where the parameter itself leaks, more where what it points to does. */
  readonly derefs: number;
  readonly flows: readonly Flow[];
  readonly truncated: boolean;
}

/** The first line of a LeakFlowFact: where a parameter goes, as the callers of its function are told. */
export interface LeakTargetFact {
  readonly kind: "leak-target";
  /** Undefined before Go 1.25, which does not print it. */
  readonly function: string | undefined;
  readonly name: string;
  /** A result's name (`~r0` where it has none); anything else lies on the heap. */
  readonly to: string;
  readonly derefs: number;
}

/** `inlining call to F`. */
export interface InlinedCallFact {
  readonly kind: "inlined-call";
  readonly position: CompilerPosition;
  readonly callee: string;
}

/** `can inline F [with cost N …]` and `cannot inline F: REASON`. */
export interface InlineFact {
  readonly kind: "inline";
  readonly position: CompilerPosition;
  readonly function: string;
  readonly cost: number | undefined;
  /** Why not; undefined when the function can be inlined. */
  readonly obstacle: string | undefined;
}

/** `F capturing by ref|value: V (addr=B assign=B width=N)` (-m=2 only). */
export interface CaptureFact {
  readonly kind: "capture";
  readonly position: CompilerPosition;
  readonly function: string;
  readonly variable: string;
  readonly byReference: boolean;
  readonly addressTaken: boolean;
  readonly reassigned: boolean;
  /** Bytes. */
  readonly width: number;
}

/** A line that is understood and that nothing needs: bounds checks, devirtualization, self-assignment, …. */
export interface NoteFact {
  readonly kind: "note";
  readonly position: CompilerPosition;
  readonly text: string;
}

/** The package, or what it depends on, does not compile or cannot be loaded; in the go command's words. */
export interface ErrorFact {
  readonly kind: "error";
  readonly variant: string;
  readonly message: string;
  /** The first place that the message names, where it names one. */
  readonly position: CompilerPosition | undefined;
}

/** A line that no rule knows. Counted and logged, never dropped in silence. */
export interface UnknownLineFact {
  readonly kind: "unknown";
  readonly line: string;
}

/**
 * Says how far a variant's block has come, where the compiler is read as it writes (the direct engine). After `verdicts`
 * all HeapFacts of the variant are known; what follows explains them and changes none. After `flows` nothing follows.
 */
export interface ProgressFact {
  readonly kind: "progress";
  readonly variant: string;
  readonly done: "verdicts" | "flows";
  /** Explanations are missing: as yet (`verdicts`), or because there are more than the engine's limits allow (`flows`). */
  readonly cut: boolean;
}

export type Fact =
  | PackageFact
  | HeapFact
  | StackFact
  | ExplanationFact
  | LeakFact
  | LeakFlowFact
  | LeakTargetFact
  | InlinedCallFact
  | InlineFact
  | CaptureFact
  | NoteFact
  | ErrorFact
  | UnknownLineFact
  | ProgressFact;
