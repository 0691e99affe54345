import type { Position } from "vscode-languageserver-protocol";

/** Where a needle first stands in a text; lines and UTF-16 code units from 0. */
export function positionOf(text: string, needle: string): Position {
  const lines = text.slice(0, text.indexOf(needle)).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
