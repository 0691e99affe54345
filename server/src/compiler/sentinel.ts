/**
 * Knows when escape analysis is over: three quarters of a compile, the back end, are still to come. The compiler walks
 * the functions one after another when all of them are analyzed (cmd/compile/internal/gc/main.go, Main), and -m makes that
 * phase say where an index needs no check (walk/expr.go, walkIndex). So one more file, the first of the package, has an
 * index that needs none, and what the compiler says about it comes behind all verdicts and before the slow part.
 */

export const sentinelFileName = "escape_lens_sentinel.go";

/** When the compiler is to end: behind the sentinel's line, or by itself. */
export type Finish = "sentinel" | "exit";

/** A pipe holds less: 16 pages of 4 kB (pipe(7)). */
const corkLength = 65_537;
const cork = "x".repeat(corkLength);

/**
 * The text of the file, for the package of this name. An index of one byte cannot leave an array of 256. Where the compiler
 * is to be ended behind the line, another one follows that no pipe has room for: whoever has yet to see the first one and to
 * end the compiler may be busy, and until then it stands still, rather than begin with what nobody wants.
 */
export function sentinelText(packageName: string, finish: Finish): string {
  return [
    `package ${packageName}`,
    "func goEscapeLensSentinel(table *[256]byte, index byte) byte { first := table[index]",
    ...(finish === "sentinel" ? [`//line ${cork}:1`] : []),
    "return first + table[index] }",
    "",
  ].join("\n");
}

/** Looks for the sentinel's line in text that comes in chunks cut anywhere. */
export class SentinelWatch {
  /** Start of a line about the file. */
  readonly #prefix: string;
  #tail = "";
  #rest = "";

  /** @param file Absolute path of the sentinel's file, as the compiler is given it and as the text has it. */
  constructor(file: string) {
    this.#prefix = `${file}:2:`;
  }

  /** What the chunk that completed the line has behind it. */
  get rest(): string {
    return this.#rest;
  }

  /** Takes the next chunk; true when it completes the line. */
  push(chunk: string): boolean {
    const text = this.#tail + chunk;
    const message = ": index bounds check elided\n";
    for (let end = text.indexOf(message); end >= 0; end = text.indexOf(message, end + 1)) {
      if (!text.startsWith(this.#prefix, text.lastIndexOf("\n", end) + 1)) continue;
      this.#rest = text.slice(end + message.length);
      return true;
    }
    const start = text.lastIndexOf("\n") + 1;
    // Of a line that is none of ours there is nothing to keep but that it has begun.
    const isOther = text.length - start > this.#prefix.length && !text.startsWith(this.#prefix, start);
    this.#tail = isOther ? "…" : text.slice(start);
    return false;
  }
}
