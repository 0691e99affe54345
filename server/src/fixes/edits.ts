/** Builds the edits of one file so that its comments, indentation and line ends stay as gofmt wants them. */
import * as l10n from "@vscode/l10n";
import type { TextEdit } from "../analysis/verify.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import type { TextSpan } from "../syntax/nodes.js";
import { alignments } from "./commentAlignment.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** A replacement by offsets into the source text. */
export interface Replacement extends TextSpan {
  readonly newText: string;
}

export class FileEdits {
  readonly #tree: GoTree;
  readonly #replacements: Replacement[] = [];

  constructor(tree: GoTree) {
    this.#tree = tree;
  }

  /** Replaces a node's text; line ends in `newText` are `\n` and followed by the node's own line's indentation. */
  replace(node: SyntaxNode, newText: string): void {
    this.replaceSpan(node.startIndex, node.endIndex, newText);
  }

  /** Writes text behind a node. */
  insertAfter(node: SyntaxNode, newText: string): void {
    this.replaceSpan(node.endIndex, node.endIndex, newText);
  }

  replaceSpan(start: number, end: number, newText: string): void {
    const { lineEnd, indentation } = this.#lineAt(start);
    const indented = newText.replace(/\n(?!\n)/g, `\n${indentation}`).replaceAll("\n", lineEnd);
    this.#replacements.push({ start, end, newText: indented });
  }

  /** Puts a line before a statement that stands first on its own. */
  insertLineBefore(statement: SyntaxNode, line: string): void {
    this.replaceSpan(statement.startIndex, statement.startIndex, `${line}\n`);
  }

  /** Puts lines behind the line on which a statement ends, so that a comment there stays with it. */
  insertLineAfter(statement: SyntaxNode, line: string): void {
    const { source } = this.#tree;
    const end = source.lineEnd(source.lineOf(statement.endIndex)) ?? statement.endIndex;
    this.replaceSpan(end, end, `\n${line}`);
  }

  /** Deletes a statement with its line, and one of two empty lines that would meet. Refuses where a comment is behind it. */
  deleteLine(statement: SyntaxNode): void {
    const { source } = this.#tree;
    const line = source.lineOf(statement.startIndex);
    const start = source.lineStart(line) ?? statement.startIndex;
    const last = source.lineOf(statement.endIndex);
    const next = source.lineStart(last + 1) ?? statement.endIndex;
    const behind = source.text.slice(statement.endIndex, next);
    if (/^\s*\/[/*]/.test(behind)) refuse(t("A comment stands behind `{0}`.", statement.text));
    if (!/^\s*$/.test(behind) || !startsLine(this.#tree, statement)) {
      this.replace(statement, "");
      return;
    }
    const joins = isEmptyLine(this.#tree, line - 1) && isEmptyLine(this.#tree, last + 1);
    const end = joins ? (source.lineStart(last + 2) ?? next) : next;
    this.#replacements.push({ start, end, newText: "" });
  }

  /** The edits in LSP's coordinates, with those that keep trailing comments in line. */
  toTextEdits(): TextEdit[] {
    const all = [...this.#replacements, ...alignments(this.#tree, this.#replacements)];
    all.sort((a, b) => a.start - b.start);
    return all.map(({ start, end, newText }) => ({ range: this.#tree.source.range(start, end), newText }));
  }

  #lineAt(offset: number): { lineEnd: string; indentation: string } {
    const { source } = this.#tree;
    const line = source.lineOf(offset);
    const start = source.lineStart(line) ?? 0;
    const indentation = /^[ \t]*/.exec(source.text.slice(start, offset))?.[0] ?? "";
    return { lineEnd: source.text.includes("\r\n") ? "\r\n" : "\n", indentation };
  }
}

function isEmptyLine({ source }: GoTree, line: number): boolean {
  const [start, end] = [source.lineStart(line), source.lineEnd(line)];
  return start !== undefined && end !== undefined && /^\s*$/.test(source.text.slice(start, end));
}

/** Whether nothing but white space stands before the node on its line. */
export function startsLine(tree: GoTree, node: SyntaxNode): boolean {
  const { source } = tree;
  const start = source.lineStart(source.lineOf(node.startIndex)) ?? 0;
  return /^[ \t]*$/.test(source.text.slice(start, node.startIndex));
}
