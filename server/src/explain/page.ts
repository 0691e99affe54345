/** A page of plain text for a person, with links to places and pages; its headings are one word, as the grammar wants. */
import path from "node:path";
import type { Position } from "../syntax/sourceText.js";

/** A piece of a line that names a place of the source or a page; all numbers from 0, in UTF-16 code units. */
export interface PageLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** A place, with the absolute path of its file, or the address of a page. */
  readonly target: { readonly file: string; readonly position: Position } | string;
}

export interface Page {
  readonly lines: readonly string[];
  readonly links: readonly PageLink[];
}

/** Writes a page from top to bottom. */
export class PageWriter implements Page {
  readonly lines: string[] = [];
  readonly links: PageLink[] = [];

  write(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** A place as Go's tools print it, but with the column that editors count, and words behind it. */
  writePlace(words: string, file: string, position: Position): void {
    const name = `${path.basename(file)}:${position.line + 1}:${position.character + 1}`;
    this.#writeLink(name, `: ${words}`, { file, position });
  }

  /** Another page, with its links, below what is there. */
  append({ lines, links }: Page): void {
    const above = this.lines.length;
    this.lines.push(...lines);
    this.links.push(...links.map((link) => ({ ...link, line: link.line + above })));
  }

  writeAddress(words: string, address: string): void {
    this.#writeLink(words, "", address);
  }

  #writeLink(name: string, after: string, target: PageLink["target"]): void {
    this.links.push({ line: this.lines.length, start: 0, end: name.length, target });
    this.lines.push(name + after);
  }
}
