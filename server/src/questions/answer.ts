/** What the compiler's facts say about a subject: joined by place, and nothing guessed. */
import type { FunctionInfo, ParameterInfo } from "../analysis/functionInfo.js";
import type { Site } from "../analysis/site.js";
import type { CaptureFact, LeakFact, LeakFlowFact, StackFact } from "../compiler/facts.js";
import { anchorOf } from "../syntax/anchors.js";
import type { CallSite } from "../syntax/callSites.js";
import type { GoTree } from "../syntax/goSyntax.js";
import type { TextSpan } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import type { CompiledFile } from "./compiledFile.js";
import {
  contains,
  type ExpressionSubject,
  type NameSubject,
  type Piece,
  type Subject,
  subjectAt,
  type VariableSubject,
} from "./subject.js";
import type { VariableUse } from "./variableUse.js";

/** What is known of an expression: the sites that it is, or that the compiler keeps it on the stack; neither is silence. */
export interface Verdict {
  readonly sites: readonly Site[];
  readonly stays: StackFact | undefined;
}

export interface ToldUse extends Verdict {
  readonly use: VariableUse;
  /** The parameter or receiver of a function of the same package that takes it. */
  readonly taken: { readonly function: FunctionInfo; readonly parameter: ParameterInfo } | undefined;
  /** How a function literal has it. */
  readonly capture: CaptureFact | undefined;
}

export interface VariableAnswer {
  readonly kind: "variable";
  readonly subject: VariableSubject;
  /** `moved to heap`; none where it stays. */
  readonly sites: readonly Site[];
  /** What a parameter lets go, and that it lets nothing go, where it refers to something. */
  readonly leaks: readonly LeakFact[];
  /** Why it does, where that was asked for. */
  readonly leakFlows: readonly LeakFlowFact[];
  readonly stays: StackFact | undefined;
  readonly values: readonly (Piece & Verdict)[];
  readonly uses: readonly ToldUse[];
}

export interface ExpressionAnswer extends Verdict {
  readonly kind: "expression";
  readonly subject: ExpressionSubject;
  /** Sites inside of it. */
  readonly within: readonly Site[];
  readonly holder: VariableAnswer | undefined;
}

/** `unseen`: in a generic function that nothing in the package instantiates, so that the compiler has not looked at it. */
export type Answer =
  | VariableAnswer
  | ExpressionAnswer
  | { readonly kind: "name"; readonly subject: NameSubject }
  | { readonly kind: "unseen"; readonly subject: VariableSubject | ExpressionSubject };

/** Answers for a place or selection of a parsed file, undefined where nothing can be asked; offsets are of its text. */
export function answerAt(tree: GoTree, span: TextSpan, compiled: CompiledFile): Answer | undefined {
  const subject = subjectAt(tree, span);
  return subject === undefined ? undefined : new Answerer(tree, compiled).answer(subject);
}

/** The answer about a parameter with those of the flows that are its own. */
export function withLeakFlows(
  answer: VariableAnswer,
  flows: readonly LeakFlowFact[],
  source: SourceText,
): VariableAnswer {
  const { name, span } = answer.subject;
  const own = flows.filter((flow) => {
    const { line, column } = flow.position;
    return flow.name === name && column !== undefined && source.offsetAt(line, column) === span.start;
  });
  return { ...answer, leakFlows: own };
}

class Answerer {
  readonly #tree: GoTree;
  readonly #compiled: CompiledFile;
  /** By start and end of the expression. */
  readonly #stays = new Map<string, StackFact>();

  constructor(tree: GoTree, compiled: CompiledFile) {
    this.#tree = tree;
    this.#compiled = compiled;
  }

  answer(subject: Subject): Answer {
    if (subject.kind !== "variable" && subject.kind !== "expression") return { kind: "name", subject };
    const around = subject.function;
    this.#anchorStack(around.span);
    if (around.isGeneric && !this.#isSeen(around.span)) return { kind: "unseen", subject };
    return subject.kind === "variable" ? this.#variable(subject) : this.#expression(subject);
  }

  #variable(subject: VariableSubject): VariableAnswer {
    const { span, name } = subject;
    return {
      kind: "variable",
      subject,
      sites: this.#moved(subject),
      leaks: this.#compiled.leaks.filter((leak) => leak.name === name && this.#isAt(leak, span.start)),
      leakFlows: [],
      stays: this.#compiled.stack.find((fact) => fact.text === name && this.#isAt(fact, span.start)),
      values: subject.values.map((value) => ({ ...value, ...this.#verdict(value.span) })),
      uses: subject.uses.map((use) => this.#use(use, subject)),
    };
  }

  #expression(subject: ExpressionSubject): ExpressionAnswer {
    const verdict = this.#verdict(subject.span);
    const within = this.#compiled.sites.filter(
      (site) => !verdict.sites.includes(site) && contains(subject.span, this.#spanOf(site)),
    );
    const holder = subject.variable === null ? undefined : this.#variable(subject.variable);
    return { kind: "expression", subject, ...verdict, within, holder };
  }

  #use(use: VariableUse, subject: VariableSubject): ToldUse {
    const capture =
      use.role === "captured"
        ? this.#compiled.captures.find(
            (fact) => fact.variable === subject.name && this.#isAt(fact, subject.span.start),
          )
        : undefined;
    return { use, ...this.#verdict(use.span), taken: this.#taken(use), capture };
  }

  /** The parameter or receiver, where just one function or method of the package has the name. */
  #taken({ role, call }: VariableUse): ToldUse["taken"] {
    const target = call?.target;
    if (call === null || target === null || target === undefined) return undefined;
    const callee = this.#callee(target);
    if (callee === undefined) return undefined;
    const parameter =
      role === "receiver"
        ? callee.receiver
        : (callee.parameters.find(({ index }) => index === call.index) ??
          callee.parameters.find(({ isVariadic, index }) => isVariadic && call.index >= index));
    return parameter === null || parameter === undefined ? undefined : { function: callee, parameter };
  }

  #callee({ name, of }: Pick<CallSite, "name" | "of">): FunctionInfo | undefined {
    const { functions, file } = this.#compiled;
    if (of.kind === "own") return functions.named(file, name);
    if (of.kind === "package") return undefined;
    const [method, ...others] = functions.methods(file, name);
    return others.length === 0 ? method : undefined;
  }

  #verdict(span: TextSpan): Verdict {
    const sites = this.#compiled.sites.filter((site) => isSame(this.#spanOf(site), span));
    return { sites, stays: sites.length > 0 ? undefined : this.#stays.get(key(span)) };
  }

  /** Type switches have their variable in each clause, at the place of its last type. */
  #moved({ span, name, role, declaration }: VariableSubject): Site[] {
    return this.#compiled.sites.filter((site) => {
      if (site.kind !== "moved") return false;
      const place = this.#spanOf(site);
      if (role === "type-switch-variable") return site.expression === name && contains(declaration, place);
      return isSame(place, span);
    });
  }

  #anchorStack(around: TextSpan): void {
    for (const { position, text } of this.#compiled.stack) {
      const offset = this.#offsetOf(position);
      if (offset === undefined || offset < around.start || offset > around.end) continue;
      const { line, column } = position;
      const anchor = anchorOf(this.#tree, { form: "escapes", line, column, text, inlinedCalls: [] });
      if (anchor.quality === "exact") this.#stays.set(key(anchor.node), { kind: "stack", position, text });
    }
  }

  #isSeen(around: TextSpan): boolean {
    const { stack, leaks, sites } = this.#compiled;
    const inside = ({ position }: StackFact | LeakFact) => {
      const offset = this.#offsetOf(position);
      return offset !== undefined && around.start <= offset && offset < around.end;
    };
    return (
      [...stack, ...leaks].some(inside) ||
      sites.some((site) => site.kind !== "hidden" && contains(around, this.#spanOf(site))) ||
      this.#compiled.functions
        .of(this.#compiled.file)
        .some((info) => info.inlining !== null && isSame(this.#spanOfRange(info.range), around))
    );
  }

  #isAt({ position }: StackFact | LeakFact | CaptureFact, offset: number): boolean {
    return this.#offsetOf(position) === offset;
  }

  #offsetOf({ line, column }: StackFact["position"]): number | undefined {
    return column === undefined ? undefined : this.#compiled.source.offsetAt(line, column);
  }

  #spanOf({ nodeRange }: Site): TextSpan {
    return this.#spanOfRange(nodeRange);
  }

  #spanOfRange({ start, end }: Site["nodeRange"]): TextSpan {
    const { source } = this.#compiled;
    return { start: source.offsetOf(start), end: source.offsetOf(end) };
  }
}

function key({ start, end }: TextSpan): string {
  return `${start}:${end}`;
}

function isSame(a: TextSpan, b: TextSpan): boolean {
  return a.start === b.start && a.end === b.end;
}
