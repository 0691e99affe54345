/**
 * The head of a Go file as far as it decides which files are compiled, and against what. It is read from the text alone
 * and at every edit, so that nobody has to ask the go command whether an unsaved buffer imports something new.
 */

export interface SourceHeader {
  /** The name in the package clause; empty when there is none yet. */
  readonly packageName: string;
  /** Build constraints as they are written: `//go:build …` and `// +build …` lines in front of the package clause. */
  readonly constraints: readonly string[];
  /** Paths in the order of the source, `C` included. */
  readonly imports: readonly string[];
  /** What stands behind `//go:embed`, line by line. */
  readonly embeds: readonly string[];
  /** False where the head breaks off: somebody is typing in it, and the rest is not known. */
  readonly complete: boolean;
}

/** Reads the head of a file's text, with or without a byte order mark (Go specification, Source file organization). */
export function readSourceHeader(text: string): SourceHeader {
  const scanner = new Scanner(text);
  const packageName = scanner.takeWord("package") ? (scanner.takeName() ?? "") : "";
  const constraints = packageName === "" ? [] : scanner.constraints.splice(0);
  const imports: string[] = [];
  let complete = packageName !== "";
  while (complete && scanner.takeWord("import")) complete = readImports(scanner, imports);
  return {
    packageName,
    constraints,
    imports,
    embeds: readEmbeds(text),
    complete: complete && scanner.atDeclaration(),
  };
}

/** One string for a header: two of the same string are compiled from the same files against the same packages. */
export function headerKey({ packageName, constraints, imports, embeds }: SourceHeader): string {
  return JSON.stringify([packageName, constraints, [...new Set(imports)].sort(), embeds]);
}

/** Reads what follows the word `import`; false when it is not whole. */
function readImports(scanner: Scanner, imports: string[]): boolean {
  if (!scanner.take("(")) return readImport(scanner, imports);
  while (!scanner.take(")")) {
    if (!readImport(scanner, imports)) return false;
  }
  return true;
}

function readImport(scanner: Scanner, imports: string[]): boolean {
  // The name in front of the path: a dot, `_` or any other.
  if (!scanner.take(".")) scanner.takeName();
  const path = scanner.takeString();
  if (path === undefined) return false;
  imports.push(path);
  return true;
}

const embedDirective = "//go:embed";

function readEmbeds(text: string): string[] {
  const embeds: string[] = [];
  for (let at = text.indexOf(embedDirective); at >= 0; at = text.indexOf(embedDirective, at + 1)) {
    if (at > 0 && text[at - 1] !== "\n") continue;
    if (!" \t".includes(text[at + embedDirective.length] ?? "x")) continue;
    const end = text.indexOf("\n", at);
    embeds.push(text.slice(at + embedDirective.length, end < 0 ? text.length : end).trim());
  }
  return embeds;
}

/** Reads tokens of a head. Semicolons are passed over like white space: where they stand is the compiler's business. */
class Scanner {
  /** Constraint lines among the comments that were passed over. */
  readonly constraints: string[] = [];
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** Takes a character that stands for itself. */
  take(character: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  takeWord(word: string): boolean {
    this.#skip();
    const end = this.#at + word.length;
    if (!this.#text.startsWith(word, this.#at) || isNamePart(this.#text[end])) return false;
    this.#at = end;
    return true;
  }

  takeName(): string | undefined {
    this.#skip();
    const start = this.#at;
    while (isNamePart(this.#text[this.#at])) this.#at++;
    return this.#at > start ? this.#text.slice(start, this.#at) : undefined;
  }

  /** Takes a string without escapes, which import paths do not have; undefined when there is none, or it is open. */
  takeString(): string | undefined {
    this.#skip();
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "`") return undefined;
    const end = this.#text.indexOf(quote, this.#at + 1);
    const value = this.#text.slice(this.#at + 1, end);
    if (end < 0 || value.includes("\n")) return undefined;
    this.#at = end + 1;
    return value;
  }

  /** Says whether a declaration, or nothing, follows. */
  atDeclaration(): boolean {
    this.#skip();
    const words = ["func", "var", "type", "const"];
    return this.#at >= this.#text.length || words.some((word) => this.#text.startsWith(word, this.#at));
  }

  #skip(): void {
    while (this.#at < this.#text.length) {
      if (" \t\r\n;".includes(this.#text[this.#at] ?? "")) this.#at++;
      else if (this.#text.startsWith("//", this.#at)) this.#skipLine();
      else if (this.#text.startsWith("/*", this.#at)) this.#skipTo("*/", 2);
      else return;
    }
  }

  #skipLine(): void {
    const start = this.#at;
    this.#skipTo("\n", 0);
    const line = this.#text.slice(start, this.#at).trim();
    if (line.startsWith("//go:build ") || line.slice(2).trimStart().startsWith("+build ")) {
      this.constraints.push(line);
    }
  }

  #skipTo(end: string, length: number): void {
    const found = this.#text.indexOf(end, this.#at + length);
    this.#at = found < 0 ? this.#text.length : found + length;
  }
}

/** Letters, digits and `_` of ASCII, and everything beyond ASCII: which of that Go allows is the compiler's business. */
function isNamePart(character: string | undefined): boolean {
  if (character === undefined) return false;
  const isDigit = character >= "0" && character <= "9";
  const lower = character.toLowerCase();
  return isDigit || (lower >= "a" && lower <= "z") || character === "_" || character > "\x7f";
}
