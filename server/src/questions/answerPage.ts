/** An answer in words, as a page: the verdict first, then what it rests on, then what would change it. */
import * as l10n from "@vscode/l10n";
import { parameterLeak } from "../analysis/functionInfo.js";
import type { PassedTo } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";
import { explanationPage } from "../explain/explanation.js";
import { flowStepWords } from "../explain/flow.js";
import { siteMessage } from "../explain/message.js";
import { type Page, PageWriter } from "../explain/page.js";
import { leakWords } from "../explain/parameter.js";
import { surroundingsOf } from "../explain/surroundings.js";
import type { TextSpan } from "../syntax/nodes.js";
import type { Position } from "../syntax/sourceText.js";
import type { Answer, ExpressionAnswer, ToldUse, VariableAnswer } from "./answer.js";
import { conditions } from "./conditions.js";
import type { CompiledFile } from "./compiledFile.js";
import type { NameSubject } from "./subject.js";

const { t } = l10n;

/** What an answer's page rests on beside the file. */
export interface AnswerContext {
  /** 26 for go1.26.8. */
  readonly goMinor: number;
  /** Which parameters take the values of the answer's sites, as far as that is known. */
  readonly takers: ReadonlyMap<Site, PassedTo | undefined>;
}

/** The page of an answer. */
export function answerPage(answer: Answer, compiled: CompiledFile, context: AnswerContext): Page {
  const page = new AnswerWriter(compiled);
  page.writeAnswer(answer, context);
  return page;
}

/** The verdict in one sentence. */
export function answerSentence(answer: Answer): string {
  switch (answer.kind) {
    case "name":
      return nameSentence(answer.subject);
    case "unseen":
      return t(
        "The compiler has not looked at `{0}`: it is generic, and nothing in this package uses it with a type.",
        answer.subject.function.name,
      );
    case "variable":
      return variableSentence(answer);
    case "expression":
      return expressionSentence(answer);
  }
}

function nameSentence({ kind, name }: NameSubject): string {
  switch (kind) {
    case "package-variable":
      return t(
        "`{0}` is a package variable: it is part of the program's data, neither on the stack nor on the heap. What it refers to is on the heap, or in that data as well.",
        name,
      );
    case "constant":
      return t("`{0}` is a constant: it is part of the program, and needs no memory when it runs.", name);
    case "type":
      return t("`{0}` is a type: ask about a variable or an expression.", name);
    case "function":
      return t("`{0}` is a function: ask about a variable or an expression.", name);
    case "import":
      return t("`{0}` is a package: ask about a variable or an expression.", name);
    case "unknown":
      return t(
        "`{0}` is declared in another file, or is part of the language: it is no variable of this function.",
        name,
      );
  }
}

function variableSentence({ subject, sites, leaks, stays, values }: VariableAnswer): string {
  const { name } = subject;
  const [moved] = sites;
  if (moved !== undefined) return siteMessage(moved);
  const leak = leakWords({ leaks: leaks.map(parameterLeak) });
  if (leak !== undefined) return t("`{0}` itself stays on the stack, but it {1}.", name, leak);
  if (stays !== undefined)
    return t("`{0}` stays on the stack, and nothing that it refers to leaves through it.", name);
  if (values.some((value) => value.sites.some(mayAllocate)))
    return t("`{0}` itself stays on the stack; what it refers to goes to the heap.", name);
  return values.some((value) => value.stays !== undefined)
    ? t("`{0}` stays on the stack, and so does what it refers to.", name)
    : t("`{0}` stays on the stack.", name);
}

function expressionSentence({ subject, sites, stays, within }: ExpressionAnswer): string {
  const [site] = sites;
  if (site !== undefined) return siteMessage(site);
  if (stays !== undefined) return t("`{0}` stays on the stack.", subject.text);
  if (subject.callee !== null && within.length === 0)
    return t(
      "The call `{0}` itself needs no memory on the heap: what `{1}` allocates is counted there.",
      subject.text,
      subject.callee,
    );
  return within.length > 0
    ? t("`{0}` itself needs no memory on the heap, but parts of it do.", subject.text)
    : t("`{0}` needs no memory on the heap: the compiler has nothing to say about it.", subject.text);
}

function mayAllocate({ allocates }: Site): boolean {
  return allocates !== "no";
}

class AnswerWriter extends PageWriter {
  readonly #compiled: CompiledFile;

  constructor(compiled: CompiledFile) {
    super();
    this.#compiled = compiled;
  }

  writeAnswer(answer: Answer, { goMinor, takers }: AnswerContext): void {
    if ("sites" in answer && answer.sites.length > 0) {
      const { functions } = this.#compiled;
      this.append(explanationPage(answer.sites, (site) => surroundingsOf(site, functions, takers.get(site))));
      this.#writeUses(answer);
      return;
    }
    this.write(answerSentence(answer));
    if (answer.kind === "name") return;
    if (answer.kind === "variable" && answer.subject.asked !== null)
      this.write(t("`{0}` is a part of `{1}`, or refers to it.", answer.subject.asked, answer.subject.name));
    this.write("");
    this.#place(
      answer.subject.span,
      t("in {0}, package {1}", answer.subject.function.name, this.#compiled.part.importPath),
    );
    if (answer.kind === "unseen") return;
    if (answer.kind === "expression") this.#writeWithin(answer);
    else {
      this.#writeValues(answer);
      this.#writeLeaks(answer);
    }
    this.#writeUses(answer);
    this.#section(t("Conditions"), conditions(answer, goMinor));
    this.#section(t("Compiler"), compilerWords(answer));
  }

  #writeWithin({ within }: ExpressionAnswer): void {
    if (within.length === 0) return;
    this.#heading(t("Parts"));
    for (const site of within) this.writePlace(siteMessage(site), site.file, site.range.start);
  }

  #writeValues({ values }: VariableAnswer): void {
    const told = values.filter(({ sites, stays }) => sites.length > 0 || stays !== undefined);
    if (told.length === 0) return;
    this.#heading(t("Value"));
    for (const { span, text, sites, stays } of told) {
      for (const site of sites) this.writePlace(siteMessage(site), site.file, site.range.start);
      if (stays !== undefined) this.#place(span, t("`{0}` stays on the stack", text));
    }
  }

  /** The steps by which a parameter lets go what it refers to. */
  #writeLeaks({ leakFlows }: VariableAnswer): void {
    const steps = leakFlows.flatMap(({ flows }) => flows).flatMap((flow) => flow.steps);
    if (steps.length === 0) return;
    this.#heading(t("Flow"));
    for (const step of steps) {
      const words = flowStepWords({ ...step, file: null, range: null });
      const { file, line = 1, column = 1 } = step.position ?? {};
      if (file === undefined) this.write(words);
      else this.writePlace(words, file, this.#position(file, line, column));
    }
  }

  /** In other files, whose text is not at hand, bytes count as characters. */
  #position(file: string, line: number, column: number): Position {
    const { source } = this.#compiled;
    const offset = file === this.#compiled.file ? source.offsetAt(line, column) : undefined;
    return offset === undefined ? { line: line - 1, character: column - 1 } : source.positionAt(offset);
  }

  /** Of an expression those of the variable that holds it. */
  #writeUses(answer: VariableAnswer | ExpressionAnswer): void {
    const variable = answer.kind === "variable" ? answer : answer.holder;
    if (variable === undefined) return;
    const { uses, subject } = variable;
    this.#heading(t("Uses"));
    for (const told of uses) {
      this.#place(told.use.span, useWords(told));
      for (const site of told.sites.filter(mayAllocate))
        this.writePlace(siteMessage(site), site.file, site.range.start);
    }
    if (uses.length === 0 && variable.leaks.length === 0)
      this.write(t("Nothing takes its address, and it is handed to nothing."));
    if (subject.otherUses === 1) this.write(t("One more use only reads or writes it."));
    if (subject.otherUses > 1) this.write(t("{0} more uses only read or write it.", subject.otherUses));
  }

  #section(title: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#heading(title);
    this.write(...lines);
  }

  #heading(title: string): void {
    this.write("", `# ${title}`, "");
  }

  #place({ start }: TextSpan, words: string): void {
    this.writePlace(words, this.#compiled.file, this.#compiled.source.positionAt(start));
  }
}

/** What a use does, and what the compiler knows of it. */
function useWords(told: ToldUse): string {
  const { use, taken, stays } = told;
  const words = taken === undefined ? plainUse(told) : takenUse(told, taken);
  return stays === undefined || use.role === "captured"
    ? words
    : t("{0}; the copy made for that stays on the stack", words);
}

function takenUse({ use }: ToldUse, { function: callee, parameter }: NonNullable<ToldUse["taken"]>): string {
  const written = `${parameter.name} ${parameter.type}`;
  const leak = leakWords(parameter) ?? t("does not leak");
  return use.role === "receiver"
    ? t("`{0}`: the receiver `{1}` of `{2}` {3}", use.text, written, callee.name, leak)
    : t("`{0}` is passed to `{1}` as its parameter `{2}`, which {3}", use.text, callee.name, written, leak);
}

function plainUse({ use, capture, sites }: ToldUse): string {
  switch (use.role) {
    case "argument":
      return t("`{0}` is passed to `{1}`", use.text, use.call?.text ?? "");
    case "receiver":
      return t("`{0}`: a method is called", use.text);
    case "captured":
      return captureWords(capture?.byReference, sites.length > 0);
    case "returned":
      return t("`{0}` is returned", use.text);
    case "sent":
      return t("`{0}` is sent on a channel", use.text);
    case "stored":
      return use.target === null
        ? t("`{0}` is put in a literal or a slice", use.text)
        : t("`{0}` is assigned to `{1}`", use.text, use.target);
    case "sliced":
      return t("`{0}` is sliced: the slice refers to the same memory", use.text);
    case "address":
      return t("`{0}` takes the address", use.text);
  }
}

function captureWords(byReference: boolean | undefined, isOnHeap: boolean): string {
  if (byReference === undefined)
    return isOnHeap
      ? t("a function literal on the heap uses it")
      : t("a function literal uses it, and stays on the stack");
  if (byReference)
    return isOnHeap
      ? t("a function literal on the heap refers to it")
      : t("a function literal refers to it, and stays on the stack");
  return isOnHeap
    ? t("a function literal on the heap has a copy of it")
    : t("a function literal has a copy of it, and stays on the stack");
}

/** The compiler's own lines about the subject itself, as it prints them. */
function compilerWords(answer: VariableAnswer | ExpressionAnswer): string[] {
  const lines: string[] = [];
  if (answer.stays !== undefined) lines.push(`${answer.stays.text} does not escape`);
  if (answer.kind === "expression") return lines;
  for (const { name, content, result } of answer.leaks) {
    const to = result === undefined ? "" : ` to result ${result.name} level=${result.level}`;
    lines.push(`leaking param${content ? " content" : ""}: ${name}${to}`);
  }
  for (const { stays } of answer.values) if (stays !== undefined) lines.push(`${stays.text} does not escape`);
  return lines;
}
