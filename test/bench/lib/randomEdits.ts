/**
 * Edits as from somebody who types all over a file, drawn from a seed. They add functions between the declarations and
 * comments in the functions, change what they added, take it out again, and leave the code broken for a while; what was
 * there before them is never touched and means the same, so that everything known about it has to stay known.
 */
import type { Range, TextDocumentContentChangeEvent } from "vscode-languageserver-protocol";

/** A generator of numbers from 0 to below 1 that a seed determines (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Where something may be typed: in front of a function, or as its first line. Counted in the original text. */
interface Place {
  readonly offset: number;
  readonly isInside: boolean;
}

interface Insertion extends Place {
  readonly text: string;
  /** Whether the file does not compile because of it. */
  readonly broken: boolean;
}

export class RandomEdits {
  readonly #original: string;
  readonly #places: readonly Place[];
  readonly #random: () => number;
  /** By place, in the order of the text. */
  #insertions: readonly Insertion[] = [];
  #saved: readonly Insertion[] = [];
  readonly #prefix: string;
  #names = 0;

  /**
   * Each place holds one insertion at most. A seed and a text give the same edits everywhere. Files of one package need
   * different prefixes, with which the names begin that are declared.
   */
  constructor(original: string, seed: number, prefix = "typed") {
    this.#original = original;
    this.#prefix = prefix;
    this.#random = randomNumbers(seed);
    // A comment belongs to what stands below it, so only functions behind an empty line have a place in front.
    const before = [...original.matchAll(/\n\n(?=func )/g)].map(({ index }) => ({
      offset: index + 2,
      isInside: false,
    }));
    const inside = [...original.matchAll(/^func .*\{\n/gm)].map(({ index, 0: line }) => ({
      offset: index + line.length,
      isInside: true,
    }));
    this.#places = [...before, ...inside];
    if (this.#places.length === 0) throw new Error("The file has no functions to type between.");
  }

  get text(): string {
    let [text, from] = ["", 0];
    for (const { offset, text: inserted } of this.#insertions) {
      text += this.#original.slice(from, offset) + inserted;
      from = offset;
    }
    return text + this.#original.slice(from);
  }

  /** Whether the text is sure to compile. */
  get isWhole(): boolean {
    return this.#insertions.every(({ broken }) => !broken);
  }

  /** Whether the text is the one that was saved last, at first the original. */
  get isSaved(): boolean {
    return this.#insertions === this.#saved;
  }

  /** Notes the text as the one that a file holds. */
  save(): void {
    this.#saved = this.#insertions;
  }

  /** Returns to the text that was saved last, as an editor does that closes a file and drops what was typed. */
  revert(): void {
    this.#insertions = this.#saved;
  }

  /** Returns to the original, and notes it as saved. */
  restore(): void {
    this.#insertions = [];
    this.save();
  }

  /** The next edit, relative to the text before. */
  next(): TextDocumentContentChangeEvent {
    const broken = this.#insertions.filter((each) => each.broken);
    const [kind, which] = [this.#random(), this.#random()];
    const any = pick(this.#insertions, which);
    const torn = pick(broken, which);
    if (torn !== undefined && kind < 0.4) return this.#replace(torn, this.#whole(torn));
    // More is added than taken out, until half of the places are filled.
    const isFull = this.#insertions.length > this.#places.length / 2;
    if (any !== undefined && kind > (isFull ? 0.5 : 0.85)) return this.#replace(any, undefined);
    if (any !== undefined && kind > 0.4 && kind < 0.5) return this.#replace(any, this.#whole(any));
    const isFree = (place: Place) => !this.#insertions.some(({ offset }) => offset === place.offset);
    const place = pick(this.#places.filter(isFree), which);
    if (place === undefined) return this.#replace(any, undefined);
    return this.#replace(undefined, this.#random() < 0.2 ? this.#half(place) : this.#whole(place));
  }

  /** Repairs what is broken; undefined when nothing is. */
  repair(): TextDocumentContentChangeEvent | undefined {
    const torn = this.#insertions.find(({ broken }) => broken);
    return torn === undefined ? undefined : this.#replace(torn, undefined);
  }

  /** Something that compiles, and has no effect on other functions: calls nothing of the file, is not called. */
  #whole({ offset, isInside }: Place): Insertion {
    const name = `${this.#prefix}${++this.#names}`;
    if (isInside) return { offset, isInside, text: `\t// ${name} 日本語🙂\n`, broken: false };
    const declarations = [
      `func ${name}() *int { v := ${this.#names}; return &v }`,
      `func ${name}(n int) []int {\n\tout := make([]int, n)\n\treturn out\n}`,
      `var ${name} = map[string]*int{"日本語": new(int)}`,
      `// ${name} says nothing.`,
      `func ${name}(list []any, n int) []any {\n\tfor i := 0; i < n; i++ {\n\t\tlist = append(list, n)\n\t}\n\treturn list\n}`,
    ];
    return { offset, isInside, text: `${pick(declarations, this.#random()) ?? ""}\n\n`, broken: false };
  }

  /** Half of a declaration or statement, as while it is written. */
  #half({ offset, isInside }: Place): Insertion {
    const halves = isInside
      ? ["\tif half := ", '\thalf := "', "\tfor {", "\thalf."]
      : ["func half", "var half = ", "func half() *int { return &", 'const half = "'];
    const text = `${pick(halves, this.#random()) ?? ""}\n${isInside ? "" : "\n"}`;
    return { offset, isInside, text, broken: true };
  }

  #replace(old: Insertion | undefined, by: Insertion | undefined): TextDocumentContentChangeEvent {
    const offset = old?.offset ?? by?.offset ?? 0;
    const before = this.#insertions.filter((each) => each.offset < offset);
    const after = this.#insertions.filter((each) => each.offset > offset);
    const start = offset + before.reduce((sum, { text }) => sum + text.length, 0);
    const range = rangeOf(this.text, start, start + (old?.text.length ?? 0));
    this.#insertions = [...before, ...(by === undefined ? [] : [by]), ...after];
    return { range, text: by?.text ?? "" };
  }
}

/** The value that a number from 0 to below 1 names; undefined of none. */
export function pick<T>(values: readonly T[], random: number): T | undefined {
  return values[Math.floor(random * values.length)];
}

/** LSP's positions of offsets in UTF-16 units. */
function rangeOf(text: string, start: number, end: number): Range {
  const position = (offset: number) => {
    const lines = text.slice(0, offset).split("\n");
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  return { start: position(start), end: position(end) };
}
