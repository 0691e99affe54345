/** What a benchmark prints, and what the garbage collector prints beside it. */

export interface BenchmarkLine {
  /** With its sub-benchmark, without the number of processors. */
  readonly name: string;
  readonly iterations: number;
  /** By unit: `ns/op`, `B/op`, `allocs/op`, and those of the benchmark itself. */
  readonly values: ReadonlyMap<string, number>;
}

/** The result lines (golang.org/design/14313-benchmark-format), whatever else the code prints. */
export function readBenchmarks(output: string): BenchmarkLine[] {
  const lines = [...output.matchAll(/^(Benchmark\S*)[ \t]+(\d+)[ \t]+(.*)$/gm)];
  const names = lines.map(([, name = ""]) => name);
  const processors = /-\d+$/.exec(names[0] ?? "")?.[0];
  // A name may end in a number itself: the number of processors is behind all of them.
  const isCounted = processors !== undefined && names.every((name) => name.endsWith(processors));
  return lines.map(([, name = "", iterations = "", rest = ""]) => ({
    name: isCounted ? name.slice(0, -processors.length) : name,
    iterations: Number(iterations),
    values: new Map(
      [...rest.matchAll(/(-?[\d.]+(?:e[+-]?\d+)?)\s+(\S+)/g)].map(([, value, unit = ""]) => [
        unit,
        Number(value),
      ]),
    ),
  }));
}

export interface Collections {
  readonly cycles: number;
  /** Milliseconds in which all goroutines stood still. */
  readonly pause: number;
}

/**
 * What GODEBUG=gctrace=1 tells (`go doc runtime`, gctrace): the pauses are the first and the third of the times. Those
 * that the testing package forces before each run are left out.
 */
export function readCollections(trace: string): Collections {
  let [cycles, pause] = [0, 0];
  for (const [line, first, third] of trace.matchAll(
    /^gc \d+ @.*?: ([\d.]+)\+[\d.]+\+([\d.]+) ms clock,.*$/gm,
  )) {
    if (line.includes("(forced)")) continue;
    cycles++;
    pause += Number(first) + Number(third);
  }
  return { cycles, pause };
}
