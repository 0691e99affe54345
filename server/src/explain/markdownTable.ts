/** Tables in Markdown whose columns line up as they are written: editors show these pages as text. */

/** How a column stands. */
export type ColumnSide = "left" | "right";

/**
 * A table of cells that are Markdown themselves, without line ends or bare pipes. Cells of wide characters (Chinese,
 * Japanese, Korean) take two columns each, as in a terminal.
 */
export function markdownTable(
  sides: readonly ColumnSide[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = sides.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => widthOf(cells[column] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    `| ${sides.map((side, column) => padded(cells[column] ?? "", widths[column] ?? 0, side)).join(" | ")} |`;
  const rule = sides.map((side, column) => {
    const dashes = "-".repeat((widths[column] ?? 3) - 1);
    return side === "right" ? `${dashes}:` : `${dashes}-`;
  });
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

function padded(cell: string, width: number, side: ColumnSide): string {
  const gap = " ".repeat(width - widthOf(cell));
  return side === "right" ? `${gap}${cell}` : `${cell}${gap}`;
}

/** Characters that take two columns, as far as our pages have them (Unicode Standard Annex 11: W and F). */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60]/gu;

function widthOf(text: string): number {
  return Array.from(text).length + (text.match(wide)?.length ?? 0);
}
