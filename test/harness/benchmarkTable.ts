/** The table of a comparison of benchmarks. */

/** Cells of a unit's first row, the empty one before the first bar included; none where there is no such row. */
export function cellsOf(page: string, unit: string): string[] {
  const row = page.split("\n").find((line) => line.includes(`| ${unit} |`));
  return row?.split("|").map((cell) => cell.trim()) ?? [];
}
