/** The table of a comparison of benchmarks. */

/** Cells of a unit's first row, the empty one before the first bar included; none where there is no such row. */
export function cellsOf(page: string, unit: string): string[] {
  const rows = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return rows.find((cells) => cells.includes(unit)) ?? [];
}
