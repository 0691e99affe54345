import { createHash } from "node:crypto";

/**
 * What a piece of code stands in: a hash of its line and the nearest lines above and below that are not blank, white space
 * folded. It tells equal expressions of a function apart, and finds code again that was moved to another function or file.
 *
 * @param lines The file, line by line, without line ends.
 * @param line From 0.
 * @returns 12 hexadecimal digits.
 */
export function surroundingsOf(lines: readonly string[], line: number): string {
  const texts = [nearest(lines, line, -1), lines[line] ?? "", nearest(lines, line, 1)];
  const folded = texts.map((text) => text.replace(/\s+/g, " ").trim()).join("\n");
  return createHash("sha256").update(folded).digest("hex").slice(0, 12);
}

function nearest(lines: readonly string[], line: number, step: 1 | -1): string {
  for (let index = line + step; ; index += step) {
    const text = lines[index];
    if (text === undefined || text.trim() !== "") return text ?? "";
  }
}
