/** `//gcassert:inline`: calls on a line, or all calls of a function, must be inlined. */
import type { CompilerPosition } from "../compiler/facts.js";
import { placeKey } from "../compiler/placeKey.js";
import { type CallSite, callSites } from "../syntax/callSites.js";
import type { Directive } from "../syntax/directives.js";
import type { TextSpan } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import type { AssertedFile, AssertionFacts, AssertionFailure } from "./assertion.js";

interface InlinedFunction {
  readonly bareName: string;
  readonly isMethod: boolean;
  readonly asserted: AssertedFile;
  readonly source: SourceText;
  readonly nameSpan: TextSpan;
}

export class InliningAssertions {
  readonly #facts: AssertionFacts;
  /** Places (placeKey.ts) and lines (`file line`) of inlined calls. */
  readonly #places = new Set<string>();
  readonly #lines = new Set<string>();
  readonly #functions: InlinedFunction[] = [];
  readonly #failures: AssertionFailure[] = [];

  constructor(facts: AssertionFacts) {
    this.#facts = facts;
    for (const position of facts.inlinedCalls) {
      this.#places.add(placeKey(position));
      this.#lines.add(lineKey(position));
    }
  }

  /** Takes the directives of a file: lines are checked at once, functions once all files are known. */
  addFile(asserted: AssertedFile, source: SourceText, found: readonly Directive[]): void {
    for (const { tool, words, line, function: definition } of found) {
      if (tool !== "gcassert" || !words.split(",").includes("inline") || line === undefined) continue;
      if (definition?.bareName !== undefined) {
        const { bareName, isMethod, nameSpan } = definition;
        this.#functions.push({ bareName, isMethod, asserted, source, nameSpan });
      } else if (!this.#lines.has(lineKey({ file: asserted.file, line }))) {
        this.#failures.push(failureAt(asserted, source, codeSpan(source, line)));
      }
    }
  }

  /** What does not hold, in no particular order. `files` are all those in which calls are looked for. */
  failures(files: readonly AssertedFile[], texts: ReadonlyMap<string, SourceText>): AssertionFailure[] {
    if (this.#functions.length === 0) return this.#failures;
    const failures = [...this.#failures];
    const names = new Set(this.#functions.map(({ bareName }) => bareName));
    const undecided = new Set<InlinedFunction>();
    for (const asserted of files) {
      const source = texts.get(asserted.file);
      if (source === undefined || ![...names].some((name) => source.text.includes(name))) continue;
      for (const call of withTree(source, (tree) => callSites(tree, names))) {
        if (this.#isInlined(asserted.file, source, call)) continue;
        const candidates = this.#functions.filter((candidate) => mayCall(call, asserted, candidate));
        const [only] = candidates;
        if (only === undefined) continue;
        if (only.isMethod && !this.#isOnlyMethod(only.bareName)) undecided.add(only);
        else failures.push(failureAt(asserted, source, call.calleeSpan));
      }
    }
    // Without types a method's call may be another's of the same name; that it cannot be inlined is certain.
    for (const method of undecided)
      if (this.#cannotInline(method))
        failures.push(failureAt(method.asserted, method.source, method.nameSpan));
    return failures;
  }

  #isInlined(file: string, source: SourceText, { open }: CallSite): boolean {
    return this.#places.has(placeKey({ file, line: source.lineOf(open), column: source.columnOf(open) }));
  }

  /** The compiler says of each function that it compiles whether it can be inlined: names with one place are one method. */
  #isOnlyMethod(bareName: string): boolean {
    const places = this.#facts.inlining
      .filter((fact) => fact.function.split(".").at(-1) === bareName)
      .map(({ position }) => lineKey(position));
    return new Set(places).size <= 1;
  }

  #cannotInline({ asserted, source, nameSpan }: InlinedFunction): boolean {
    const line = source.lineOf(nameSpan.start);
    return this.#facts.inlining.some(
      ({ position, obstacle }) =>
        position.file === asserted.file && position.line === line && obstacle !== undefined,
    );
  }
}

function mayCall({ name, of }: CallSite, caller: AssertedFile, definition: InlinedFunction): boolean {
  if (name !== definition.bareName || (of.kind === "method") !== definition.isMethod) return false;
  if (of.kind === "package") return of.importPath === definition.asserted.importPath;
  return of.kind === "method" || caller.importPath === definition.asserted.importPath;
}

function failureAt(asserted: AssertedFile, source: SourceText, span: TextSpan): AssertionFailure {
  return {
    code: "gcassert-inline",
    ...asserted,
    range: source.range(span.start, span.end),
    column: source.columnOf(span.start),
    subject: source.text.slice(span.start, span.end),
    limit: null,
    fault: null,
    sites: [],
  };
}

/** The code of a line up to a line comment that begins with the directive. */
function codeSpan(source: SourceText, line: number): TextSpan {
  const start = source.lineStart(line) ?? 0;
  const text = source.text.slice(start, source.lineEnd(line));
  const code = text.replace(/\s*\/\/ ?gcassert:.*$/, "");
  return { start: start + code.length - code.trimStart().length, end: start + code.trimEnd().length };
}

function lineKey({ file, line }: Pick<CompilerPosition, "file" | "line">): string {
  return `${file} ${line}`;
}
