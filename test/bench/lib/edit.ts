/**
 * The edit that all sides are timed with: the line behind the file changes, a function with a variable that moves to the
 * heap. The variable has another name each time, so that a message about it can only be about this edit.
 */
import type {
  Diagnostic,
  PublishDiagnosticsParams,
  TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol";

export interface Edit {
  /** The whole text after the edit. */
  readonly text: string;
  /** The edit as an editor sends it, relative to the one before. */
  readonly change: TextDocumentContentChangeEvent;
  readonly variable: string;
}

/** One side's edits of a file. Two sides never share a text, as Go's cache would replay what it made for the other. */
export class EditedFile {
  readonly #base: string;
  readonly #side: string;
  #edits = 0;

  /** @param side A letter. */
  constructor(base: string, side: string) {
    this.#base = base;
    this.#side = side;
  }

  next(): Edit {
    const edit = ++this.#edits;
    const variable = `moved${this.#side}${edit}x${process.pid}`;
    const line = `\nfunc escapeLensBench() *int { ${variable} := ${edit}; return &${variable} }\n`;
    const start = endOf(this.#base);
    const end = edit === 1 ? start : endOf(this.#base + line);
    return { text: this.#base + line, change: { range: { start, end }, text: line }, variable };
  }
}

/** The position behind the last character, as LSP counts. */
export function endOf(text: string): { line: number; character: number } {
  const lines = text.split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Whether the publication is about the document and has the variable's move to the heap. */
export function shows(uri: string, variable: string): (params: PublishDiagnosticsParams) => boolean {
  return (params) => params.uri === uri && params.diagnostics.some((each) => tells(each, variable));
}

/** Ours: "`v` moves to the heap"; gopls: "escape(v escapes to heap)". */
function tells({ message }: Diagnostic, variable: string): boolean {
  return typeof message === "string" && message.includes(variable);
}
