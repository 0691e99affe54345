/** Measurements of two sides, compared: by benchstat where it is installed, else by the same test. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { GoCommandError } from "../go/commandError.js";
import { findOnPath } from "../go/findOnPath.js";
import { runProcess } from "../go/process.js";
import { withTemporaryFolder } from "../go/temporary.js";
import { cyclesUnit, type Measured, type Measurements, pauseUnit } from "./runBenchmarks.js";
import { mannWhitney, median } from "./statistics.js";

export interface ComparedValue {
  readonly benchmark: string;
  readonly unit: string;
  /** Medians. */
  readonly before: number;
  readonly after: number;
  readonly p: number;
  /** Whether the difference is real: unlikely (p below 0.05) to have come about by chance. */
  readonly isReal: boolean;
}

export interface Comparison {
  readonly values: readonly ComparedValue[];
  /** benchstat's own table; null where it is not installed. */
  readonly benchstat: string | null;
  /** Whether both sides are the same program, of which nothing is measured. */
  readonly isSame: boolean;
}

/** As benchstat has it (golang.org/x/perf/cmd/benchstat, -alpha). */
const alpha = 0.05;

const units = ["allocs/op", "B/op", "ns/op", cyclesUnit, pauseUnit];

/** Compares; `searchPath` is the PATH in which benchstat is looked for. */
export async function compare(
  measured: Measurements,
  searchPath: string,
  signal: AbortSignal,
): Promise<Comparison> {
  if (measured === "same") return { values: [], benchstat: null, isSame: true };
  const values = measured.flatMap(({ name, before, after }) =>
    units.flatMap((unit) => {
      const [old, now] = [before.get(unit) ?? [], after.get(unit) ?? []];
      if (old.length === 0 || now.length === 0) return [];
      const p = mannWhitney(old, now);
      const medians = { before: median(old), after: median(now) };
      return [
        { benchmark: name, unit, ...medians, p, isReal: p < alpha && medians.before !== medians.after },
      ];
    }),
  );
  return { values, benchstat: await benchstat(measured, searchPath, signal), isSame: false };
}

async function benchstat(
  measured: readonly Measured[],
  searchPath: string,
  signal: AbortSignal,
): Promise<string | null> {
  const file = findOnPath("benchstat", searchPath);
  if (file === undefined) return null;
  return await withTemporaryFolder("benchstat", async (folder) => {
    await writeFile(path.join(folder, "before"), benchmarkLines(measured, "before"));
    await writeFile(path.join(folder, "after"), benchmarkLines(measured, "after"));
    const command = { file, args: ["before", "after"], cwd: folder, env: {}, timeLimit: 60_000, signal };
    return (await runProcess(command)).stdout;
  }).catch((error: unknown) => {
    if (error instanceof GoCommandError) return null;
    throw error;
  });
}

function benchmarkLines(measured: readonly Measured[], side: "before" | "after"): string {
  const lines: string[] = [];
  for (const each of measured) {
    const runs = each[side].get("ns/op")?.length ?? 0;
    for (let run = 0; run < runs; run++) {
      const values = units.flatMap((unit) => {
        const value = each[side].get(unit)?.[run];
        return value === undefined ? [] : [`${value} ${unit}`];
      });
      lines.push(`${each.name} ${each.iterations} ${values.join(" ")}\n`);
    }
  }
  return lines.join("");
}
