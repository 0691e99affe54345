/** One file's facts and syntax become sites. */
import type { ExplanationFact, FlowStep, StackFact } from "../compiler/facts.js";
import type { FileFacts, HeapMessage } from "../compiler/fileFacts.js";
import { compilerLines } from "../compiler/rendering.js";
import { type Anchor, anchorOf, type PlacedMessage } from "../syntax/anchors.js";
import { type AppendLoop, appendLoops, type ReservedAppend, reservedAppends } from "../syntax/appendLoops.js";
import { callingStatement, capturesNothing } from "../syntax/captures.js";
import { fileOutline } from "../syntax/fileOutline.js";
import { isGenerated } from "../syntax/generated.js";
import { resultNamesAround } from "../syntax/resultNames.js";
import type { GoTree } from "../syntax/goSyntax.js";
import { type Enclosing, withOwnLoop } from "../syntax/enclosing.js";
import { foldWhiteSpace, type TextSpan } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree, withTreeOnce } from "../syntax/treeSitter.js";
import { typeOfConversion, typeOfLiteral } from "../syntax/typesInFile.js";
import { firstLine } from "../syntax/underline.js";
import { certainVerdict, type Condition, isConstant } from "./allocates.js";
import { Boxes } from "./boxes.js";
import { FlowSteps } from "./flowSteps.js";
import type { FunctionMemo } from "./functionMemo.js";
import { type FunctionPart, functionParts, type PlacedInParts, placedInParts } from "./functionParts.js";
import { guarded } from "./guardedSites.js";
import { decidingExplanation, decidingFlows, reasonOf } from "./reason.js";
import type { ReasonCode } from "./reasonCodes.js";
import { calleeName, inlinedFunction } from "./calleeNames.js";
import { atOnce, inTurns } from "./inTurns.js";
import { compare } from "./remap.js";
import type { Site, SiteContext, SiteForm, SiteKind } from "./site.js";
import { siteForm } from "./siteForm.js";

/** A site before its id, which needs all sites of the package. */
export type SiteDraft = Omit<Site, "id">;

export interface FileInput {
  /** Absolute path. */
  readonly file: string;
  readonly importPath: string;
  readonly source: SourceText;
  readonly facts: FileFacts;
  /** All turns of a loop share the variables of its head, as before Go 1.22; false where nothing is said. */
  readonly sharesLoopVariables?: boolean;
  /** Nobody else will read the file's syntax: its tree is not kept. False where nothing is said. */
  readonly isReadOnce?: boolean;
}

/**
 * The sites of a file in source order; with a memo, functions of which nothing changed are not anchored again. Rejects
 * with SourceTooLargeError for a file that is not parsed. Others have their turn meanwhile.
 */
export async function siteDraftsInTurns(input: FileInput, memo?: FunctionMemo): Promise<SiteDraft[]> {
  if (saysNothing(input)) return [];
  return await withSyntax(input, (tree) => inTurns(draftSteps(input, tree, memo)));
}

/** The same at once, without any promise. */
export function siteDraftsOfFile(input: FileInput, memo?: FunctionMemo): SiteDraft[] {
  if (saysNothing(input)) return [];
  return withSyntax(input, (tree) => atOnce(draftSteps(input, tree, memo)));
}

function withSyntax<T>(input: FileInput, read: (tree: GoTree) => T): T {
  const { source, isReadOnce = false } = input;
  return isReadOnce ? withTreeOnce(source, read) : withTree(source, read);
}

/** A step is a function. */
function* draftSteps(input: FileInput, tree: GoTree, memo?: FunctionMemo): Generator<undefined, SiteDraft[]> {
  const { file, importPath, facts, source, sharesLoopVariables = false } = input;
  const salt = `${file}\n${importPath}\n${isGenerated(source)}\n${sharesLoopVariables}`;
  const { parts, rest } = functionParts(file, facts, fileOutline(tree), salt);
  yield;
  const known = new Map(parts.map((part) => [part, memo?.recall(part)]));
  const skipped = parts.filter((part) => known.get(part) !== undefined).map(({ span }) => span.start);
  const sites = new FileSites(input, tree, new Set(skipped));
  const { within, outside } = sites.growingIn(parts);
  const drafts = new Map<FunctionPart, readonly SiteDraft[]>();
  for (const part of parts) {
    yield;
    drafts.set(part, known.get(part) ?? sites.of(part.facts, within.get(part) ?? []));
  }
  memo?.remember(drafts);
  yield;
  return [...[...drafts.values()].flat(), ...sites.of(rest, outside)].sort(bySource);
}

/** Without a word of the compiler only appends can be sites: many files, most of all tables, need not be parsed. */
function saysNothing({ facts: { heap, wrappers, variableMakes }, source }: FileInput): boolean {
  const isSilent = heap.length === 0 && wrappers.length === 0 && variableMakes.length === 0;
  return isSilent && !/\bappend\b/.test(source.text);
}

/** What a site is made from beside its place. */
interface Said extends Pick<HeapMessage, "text" | "explanations" | "inlinedCalls" | "stepCalls"> {
  /** Names of the variables of its function that the compiler moved to the heap. */
  readonly moved: ReadonlySet<string>;
  readonly isBoxedElsewhere: boolean;
}

class FileSites {
  readonly #input: FileInput;
  readonly #tree: GoTree;
  readonly #isTest: boolean;
  readonly #isGenerated: boolean;
  readonly #flowSteps: FlowSteps;
  /** Appends in loops that grow a slice without capacity, by their start. */
  readonly #growing: ReadonlyMap<number, AppendLoop>;
  /** Appends to slices that were made with a capacity, by their start. */
  readonly #reserved: ReadonlyMap<number, ReservedAppend>;

  /** `skipped`: starts of functions that nothing is asked about. */
  constructor(input: FileInput, tree: GoTree, skipped: ReadonlySet<number>) {
    this.#input = input;
    this.#tree = tree;
    this.#isTest = input.file.endsWith("_test.go");
    this.#isGenerated = isGenerated(input.source);
    this.#flowSteps = new FlowSteps(input.file, tree);
    this.#growing = new Map(appendLoops(tree, skipped).map((loop) => [loop.call.start, loop]));
    this.#reserved = new Map(reservedAppends(tree, skipped).map((append) => [append.start, append]));
  }

  #reservedFor(start: number): "enough" | "perhaps" | undefined {
    const append = this.#reserved.get(start);
    return append && (append.isEnough ? "enough" : "perhaps");
  }

  /** The appends that grow a slice in a loop, by the function that they stand in. */
  growingIn(parts: readonly FunctionPart[]): PlacedInParts<AppendLoop> {
    return placedInParts(parts, [...this.#growing.values()], ({ call }) => call);
  }

  /** In no order; `growing`: calls that grow a slice, though the compiler may not say so. */
  of({ heap, wrappers, variableMakes }: FileFacts, growing: readonly AppendLoop[]): SiteDraft[] {
    const moved = new Set(heap.filter(({ form }) => form === "moved").map(({ text }) => text));
    const boxes = new Boxes(heap);
    return [
      ...withOrdinals(heap).map(({ message, ordinal }) => this.#ofMessage(message, boxes, moved, ordinal)),
      ...wrappers.flatMap((wrapper) => this.#ofWrapper(wrapper, moved)),
      ...this.#hiddenAppends(heap, growing),
      ...variableMakes.flatMap((make) => this.#ofVariableMake(make)),
    ];
  }

  #ofMessage(message: HeapMessage, boxes: Boxes, moved: Said["moved"], ordinal: number): SiteDraft {
    const { line, column } = message.position;
    const placed = {
      form: message.form,
      line,
      column,
      text: message.text,
      inlinedCalls: message.inlinedCalls,
      ordinal,
    };
    const anchor = this.#anchor(placed);
    const isInlined = anchor.quality === "inlined-call" || anchor.quality === "declaration";
    const inlinedFrom = isInlined ? inlinedFunction(anchor, message.inlinedCalls) : null;
    const followed = boxes.follow(message);
    const said = { ...followed, moved, isBoxedElsewhere: boxes.isBoxed(message) };
    return this.#draft(anchor, message.form, said, {
      inlinedFrom,
      compilerLines: compilerLines(message),
    });
  }

  /** Closures made for go and defer statements; elsewhere an explanation without a verdict says nothing. */
  #ofWrapper(wrapper: ExplanationFact, moved: Said["moved"]): SiteDraft[] {
    const { line, column } = wrapper.position;
    const placed = { form: "wrapper" as const, line, column, text: wrapper.text, inlinedCalls: [] };
    const anchor = anchorOf(this.#tree, placed);
    if (anchor.quality === "missing" || !/^(?:go|defer)-wrapper$/.test(anchor.nodeForm)) return [];
    const said = {
      text: wrapper.text,
      explanations: [wrapper],
      inlinedCalls: [],
      stepCalls: [],
      moved,
      isBoxedElsewhere: false,
    };
    return [this.#draft(anchor, "hidden", said, { inlinedFrom: null, compilerLines: [] })];
  }

  /** Appends that grow in a loop and that the compiler says nothing of: before Go 1.25 all, since then those that stay. */
  #hiddenAppends(heap: FileFacts["heap"], growing: readonly AppendLoop[]): SiteDraft[] {
    const reported = new Set(
      heap.filter(({ text }) => text.startsWith("append")).map(({ position }) => position.line),
    );
    return growing
      .filter(({ call }) => !reported.has(this.#input.source.lineOf(call.start)))
      .map(({ call, enclosing }) =>
        this.#hidden(call, enclosing, { form: "append", reason: "append-growth", when: null }),
      )
      .map((site) => ({ ...site, growsFromEmpty: true }));
  }

  /** Slices of variable size that the compiler keeps on the stack while they are small, and does not report. */
  #ofVariableMake({ position, text }: StackFact): SiteDraft[] {
    const { line, column } = position;
    const anchor = anchorOf(this.#tree, { form: "escapes", line, column, text, inlinedCalls: [] });
    if (anchor.quality !== "exact" || anchor.nodeForm !== "make-slice") return [];
    return [
      this.#hidden(anchor.node, anchor.enclosing, {
        form: "make",
        reason: "variable-size",
        when: "size > 32 bytes",
      }),
    ];
  }

  #hidden(
    node: TextSpan,
    enclosing: Enclosing,
    what: { form: SiteForm; reason: ReasonCode; when: Condition | null },
  ): SiteDraft {
    const source = foldWhiteSpace(this.#input.source.text.slice(node.start, node.end));
    return {
      ...this.#place(firstLine(this.#tree, node), node),
      package: this.#input.importPath,
      function: enclosing.function,
      kind: "hidden",
      expression: source,
      source,
      ...what,
      allocates: what.when === null ? "unknown" : "sometimes",
      evidence: [],
      context: this.#context(enclosing.context),
      loopDepth: enclosing.loopDepth,
      inlinedFrom: null,
      callee: null,
      flow: [],
      compilerLines: [],
    };
  }

  #draft(
    anchor: Anchor,
    kind: SiteKind,
    said: Said,
    rest: Pick<Site, "inlinedFrom" | "compilerLines">,
  ): SiteDraft {
    const { text: expression, explanations, inlinedCalls, stepCalls, moved, isBoxedElsewhere } = said;
    const explanation = decidingExplanation(explanations);
    const flows = explanation === undefined ? [] : decidingFlows(explanation);
    const steps = flows.flatMap((flow) => flow.steps);
    const form = isBoxedLiteral(anchor, expression, steps) ? "boxed" : siteForm(anchor.nodeForm);
    const boxed = form === "boxed" ? anchor.sourceText : undefined;
    const constant = isConstant(expression, boxed, () => typeOfConversion(this.#tree, anchor.node));
    const value = { place: anchor.node, variable: flows.at(-1)?.from ?? "" };
    const { steps: flow, sink } = this.#flowSteps.of(steps, value);
    const grows = form === "append" && this.#growing.has(anchor.node.start);
    const reason = grows
      ? "append-growth"
      : reasonOf({
          form,
          isAddressed: kind === "moved" || /^(?:&|new\()/.test(expression),
          isConstant: constant,
          statement: this.#statement(anchor),
          isInLoop: anchor.enclosing.isInLoop,
          explanations,
          sink,
          results: () => resultNamesAround(this.#tree, anchor.node),
          inlinedCalls: [...inlinedCalls, ...stepCalls],
          isBoxedElsewhere,
          moved,
          expression,
        });
    const isFree = form === "func-literal" && capturesNothing(this.#tree, anchor.node);
    const verdict = certainVerdict({
      form,
      reason,
      expression,
      isConstant: constant,
      capturesNothing: isFree,
      declaredAs: () => typeOfLiteral(this.#tree, anchor.node),
      growsFromEmpty: grows,
      reserved: form === "append" ? this.#reservedFor(anchor.node.start) : undefined,
    });
    const place = this.#place(anchor.range, anchor.node);
    const isPerTurn = kind === "moved" && this.#input.sharesLoopVariables !== true;
    const around = isPerTurn ? withOwnLoop(anchor.enclosing) : anchor.enclosing;
    // Without spreads: those take longer than all of the rest where a table of thousands of values escapes.
    const draft: SiteDraft = {
      file: place.file,
      range: place.range,
      column: place.column,
      nodeRange: place.nodeRange,
      package: this.#input.importPath,
      function: around.function,
      kind,
      form,
      expression,
      source: anchor.sourceText,
      reason,
      allocates: verdict.allocates,
      when: verdict.when,
      evidence: [],
      context: this.#context(around.context),
      loopDepth: around.loopDepth,
      callee: calleeName(anchor, sink, steps.at(-1), explanation?.position.line),
      flow,
      inlinedFrom: rest.inlinedFrom,
      compilerLines: rest.compilerLines,
    };
    if (anchor.quality === "declaration") return { ...draft, ...copyOfDeclared };
    return guarded(grows ? { ...draft, growsFromEmpty: true } : draft, this.#tree);
  }

  #statement({ nodeForm, node }: Anchor): "go" | "defer" | null {
    if (nodeForm === "go-wrapper") return "go";
    return nodeForm === "defer-wrapper" ? "defer" : callingStatement(this.#tree, node);
  }

  #anchor(message: PlacedMessage): Anchor {
    const anchor = anchorOf(this.#tree, message);
    return anchor.quality === "missing" ? this.#lineAnchor(message) : anchor;
  }

  /** What cannot be placed is shown on its line rather than lost. */
  #lineAnchor({ line }: PlacedMessage): Anchor {
    const { source } = this.#input;
    const shown = Math.min(Math.max(line, 1), source.lineCount);
    const range = { start: source.lineStart(shown) ?? 0, end: source.lineEnd(shown) ?? 0 };
    return {
      quality: "line",
      nodeForm: "line",
      typeForm: undefined,
      node: range,
      range,
      sourceText: source.text.slice(range.start, range.end).trim(),
      calleeName: undefined,
      enclosingCall: undefined,
      enclosing: { function: "", loopDepth: 0, isInLoop: false, context: "body", isLoopVariable: false },
    };
  }

  #place(range: TextSpan, node: TextSpan): Pick<Site, "file" | "range" | "nodeRange" | "column"> {
    const { source, file } = this.#input;
    return {
      file,
      range: source.range(range.start, range.end),
      column: source.columnOf(range.start),
      nodeRange: source.range(node.start, node.end),
    };
  }

  #context(context: SiteContext): SiteContext {
    if (this.#isGenerated) return "generated";
    return this.#isTest ? "test" : context;
  }
}

/** A copy of a function that the compiler makes for interfaces and function values; calls have the function itself. */
const copyOfDeclared = { context: "generated", allocates: "sometimes", when: "not inlined" } as const;

/** A struct or array literal leaves its function only in an interface value; a slice or map does by itself. */
function isBoxedLiteral(anchor: Anchor, expression: string, steps: readonly FlowStep[]): boolean {
  if (anchor.nodeForm !== "composite-literal" || expression.startsWith("&")) return false;
  const isValue = anchor.typeForm === "struct" || anchor.typeForm === "array";
  return isValue || (anchor.typeForm === undefined && steps[1]?.reason === "interface-converted");
}

/** Messages without a column are told apart by their order among equals of their line. */
function withOrdinals(messages: readonly HeapMessage[]): { message: HeapMessage; ordinal: number }[] {
  const seen = new Map<string, number>();
  return messages.map((message) => {
    if (message.position.column !== undefined) return { message, ordinal: 0 };
    const key = `${message.position.line} ${message.form} ${message.text}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { message, ordinal };
  });
}

function bySource(a: SiteDraft, b: SiteDraft): number {
  return compare(a.range.start, b.range.start) || compare(a.range.end, b.range.end);
}
