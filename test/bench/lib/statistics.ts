/** Medians and 95th percentiles of what was measured on several sides in one run, their ratios, and the limits. */

/** Milliseconds, bytes or counts of one side, one for each run. */
export type Series = readonly number[];

const shares = { median: 0.5, p95: 0.95 } as const;

/** The value that `share` (0 to 1) of the values are not above (nearest rank); NaN of nothing. */
export function percentile(values: Series, share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Prints a side: its median and 95th percentile, in milliseconds. */
export function printSeries(label: string, values: Series): void {
  const [median, p95] = [percentile(values, shares.median), percentile(values, shares.p95)];
  const cell = (value: number) => value.toFixed(0).padStart(7);
  console.log(`  ${label.padEnd(44)} median ${cell(median)} ms   p95 ${cell(p95)} ms   (${values.length})`);
}

/** Prints how much of theirs ours is, by medians and by 95th percentiles, where there is no limit to keep. */
export function printRatio(label: string, ours: Series, theirs: Series): void {
  const [median, p95] = Object.values(shares).map((share) =>
    written(percentile(ours, share) / percentile(theirs, share)),
  );
  console.log(`  ${label.padEnd(44)} median ${median ?? ""}   p95 ${p95 ?? ""}   reported only`);
}

/** Says of each figure whether it keeps its limit; the benchmark fails when one does not. */
export class Limits {
  #exceeded = 0;

  /** The figure may be as high as the limit. `unit` stands behind both. */
  check(label: string, figure: number, limit: number, unit = ""): void {
    // NaN: nothing was measured, which keeps no limit.
    const isKept = figure <= limit;
    if (!isKept) this.#exceeded++;
    const verdict = isKept ? "kept" : "EXCEEDED";
    console.log(
      `  ${label.padEnd(44)} ${written(figure)}${unit}   limit ${written(limit)}${unit}   ${verdict}`,
    );
  }

  /** The ratio of two sides, of their medians and of their 95th percentiles. */
  ratio(label: string, ours: Series, theirs: Series, limit: number): void {
    this.bound(label, ours, theirs, { factor: limit });
  }

  /** Ours is at most `factor` of theirs and `plus` milliseconds; what is printed is the part of theirs beyond `plus`. */
  bound(label: string, ours: Series, theirs: Series, limit: { factor: number; plus?: number }): void {
    const { factor, plus = 0 } = limit;
    for (const [name, share] of Object.entries(shares)) {
      const figure = Math.max(0, percentile(ours, share) - plus) / percentile(theirs, share);
      const beyond = plus === 0 ? "" : ` beyond ${plus} ms`;
      this.check(`${label}, ${name}${beyond}`, figure, factor);
    }
  }

  /** Exit status of the benchmark. */
  get exitCode(): number {
    return this.#exceeded === 0 ? 0 : 1;
  }
}

function written(figure: number): string {
  return Number.isInteger(figure) ? String(figure) : figure.toFixed(2);
}
