/** What the compiler said about a file, by the functions that it said it of; with keys that no other function changes. */
import { createHash } from "node:crypto";
import type { CompilerPosition, ExplanationFact } from "../compiler/facts.js";
import type { FileFacts, HeapMessage } from "../compiler/fileFacts.js";
import type { FileOutline, OutlinedFunction } from "../syntax/fileOutline.js";
import type { TextSpan } from "../syntax/nodes.js";

export interface FunctionPart extends OutlinedFunction {
  readonly facts: FileFacts;
  /** Gives a hash of all that its sites depend on but for the line that it begins on: only who remembers them asks. */
  readonly key: () => string;
}

export interface FileParts {
  readonly parts: readonly FunctionPart[];
  /** Facts about what is in no function, and about functions whose flows lead to such places of the file. */
  readonly rest: FileFacts;
}

/** `salt`: what else the sites of the file depend on. */
export function functionParts(file: string, facts: FileFacts, outline: FileOutline, salt: string): FileParts {
  const sorted = new Sorted(outline.functions, facts);
  const environment = once(() => digest(salt, outline.around()));
  const parts: FunctionPart[] = [];
  const open: FileFacts[] = [];
  for (const [index, part] of outline.functions.entries()) {
    const own = sorted.of(index);
    const isClosed = [...factLines(file, own)].every((line) => sorted.functionAt(line) !== undefined);
    const words = (): string[] => new Words(file, part, (line) => sorted.functionAt(line)).of(own);
    const key = once(() => digest(environment(), part.text, ...words()));
    if (isClosed) parts.push({ ...part, facts: own, key });
    else open.push(own);
  }
  return { parts, rest: joined([...open, sorted.of(outline.functions.length)]) };
}

/** The lines (from 1) of a file (absolute path) that its facts speak of, those of their flows' steps included. */
function factLines(file: string, { heap, wrappers, variableMakes }: FileFacts): Set<number> {
  const lines = new Set<number>();
  const add = (position: CompilerPosition | undefined): void => {
    if (position?.file === file) lines.add(position.line);
  };
  const addExplanation = ({ position, flows }: ExplanationFact): void => {
    add(position);
    for (const { steps } of flows) for (const step of steps) add(step.position);
  };
  for (const message of heap) {
    add(message.position);
    for (const explanation of message.explanations) addExplanation(explanation);
  }
  for (const wrapper of wrappers) addExplanation(wrapper);
  for (const make of variableMakes) add(make.position);
  return lines;
}

/** Things of a file by the function that they stand in. */
export interface PlacedInParts<T> {
  readonly within: ReadonlyMap<FunctionPart, readonly T[]>;
  readonly outside: readonly T[];
}

/** Sorts things by the functions around their spans; both are in source order. */
export function placedInParts<T>(
  parts: readonly FunctionPart[],
  things: readonly T[],
  spanOf: (thing: T) => TextSpan,
): PlacedInParts<T> {
  const within = new Map<FunctionPart, T[]>();
  const outside: T[] = [];
  let index = 0;
  for (const thing of things) {
    const { start, end } = spanOf(thing);
    while ((parts[index]?.span.end ?? Infinity) < end) index++;
    const part = parts[index];
    const own = part === undefined || start < part.span.start ? outside : (within.get(part) ?? []);
    own.push(thing);
    if (part !== undefined && own !== outside) within.set(part, own);
  }
  return { within, outside };
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

function digest(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}\n${text}`);
  return hash.digest("base64");
}

function joined(all: readonly FileFacts[]): FileFacts {
  return {
    heap: all.flatMap(({ heap }) => heap),
    wrappers: all.flatMap(({ wrappers }) => wrappers),
    variableMakes: all.flatMap(({ variableMakes }) => variableMakes),
  };
}

interface MutableFacts {
  readonly heap: HeapMessage[];
  readonly wrappers: ExplanationFact[];
  readonly variableMakes: FileFacts["variableMakes"][number][];
}

/** Facts by the index of their function; those of none have the index behind the last one. */
class Sorted {
  readonly #functions: readonly OutlinedFunction[];
  readonly #facts: readonly MutableFacts[];

  constructor(functions: readonly OutlinedFunction[], facts: FileFacts) {
    this.#functions = functions;
    this.#facts = [...functions, undefined].map(() => ({ heap: [], wrappers: [], variableMakes: [] }));
    for (const each of facts.heap) this.#at(each.position)?.heap.push(each);
    for (const each of facts.wrappers) this.#at(each.position)?.wrappers.push(each);
    for (const each of facts.variableMakes) this.#at(each.position)?.variableMakes.push(each);
  }

  of(index: number): FileFacts {
    return this.#facts[index] ?? { heap: [], wrappers: [], variableMakes: [] };
  }

  #at({ line }: CompilerPosition): MutableFacts | undefined {
    return this.#facts[this.#indexAt(line)];
  }

  /** The function that has the line. */
  functionAt(line: number): OutlinedFunction | undefined {
    return this.#functions[this.#indexAt(line)];
  }

  /** Of the function that has the line; of none, the one behind the last. */
  #indexAt(line: number): number {
    let [low, high] = [0, this.#functions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#functions[middle]?.lastLine ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    const isWithin = (this.#functions[low]?.firstLine ?? Infinity) <= line;
    return isWithin ? low : this.#functions.length;
  }
}

/** The facts of one function as text, in which the lines of its file count from its first one. */
class Words {
  readonly #file: string;
  readonly #part: OutlinedFunction;
  readonly #functionAt: (line: number) => OutlinedFunction | undefined;
  /** Other functions that flows lead to: what stands there decides as well. */
  readonly #others = new Set<OutlinedFunction>();

  constructor(
    file: string,
    part: OutlinedFunction,
    functionAt: (line: number) => OutlinedFunction | undefined,
  ) {
    this.#file = file;
    this.#part = part;
    this.#functionAt = functionAt;
  }

  /** All places in the file that they name are in functions. */
  of({ heap, wrappers, variableMakes }: FileFacts): string[] {
    const words = JSON.stringify([
      heap.map((each) => [
        this.#place(each.position),
        each.form,
        each.text,
        each.explanations.map((explanation) => this.#explanation(explanation)),
        each.inlinedCalls,
        each.stepCalls,
      ]),
      wrappers.map((each) => this.#explanation(each)),
      variableMakes.map(({ position, text }) => [this.#place(position), text]),
    ]);
    const others = [...this.#others].flatMap(({ firstLine, text }) => [
      String(firstLine - this.#part.firstLine),
      text,
    ]);
    return [words, ...others];
  }

  #explanation({ position, text, function: name, truncated, flows }: ExplanationFact): unknown {
    const steps = flows.map((flow) => [
      flow.to,
      flow.from,
      flow.operators,
      flow.steps.map((step) => [step.reason, step.text, this.#place(step.position)]),
    ]);
    return [this.#place(position), text, name, truncated, steps];
  }

  #place(position: CompilerPosition | undefined): unknown {
    if (position === undefined) return null;
    const { file, line, column } = position;
    if (file !== this.#file) return [file, line, column];
    const { firstLine, lastLine } = this.#part;
    if (line < firstLine || line > lastLine) {
      const other = this.#functionAt(line);
      if (other !== undefined) this.#others.add(other);
    }
    return [line - firstLine, column];
  }
}
