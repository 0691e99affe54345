/** A module's own benchmarks, and benchstat's comparison of two runs (golang.org/x/perf/cmd/benchstat). */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface WhichBenchmarks {
  /** A regular expression, as `go test -bench` takes it. */
  readonly names: string;
  /** How often each is run. */
  readonly count: number;
}

/** What `go test -bench` prints for the packages; those that fail are left out. */
export function runBenchmarks(
  dir: string,
  packages: readonly string[],
  { names, count }: WhichBenchmarks,
): string {
  const args = [
    "test",
    "-run=^$",
    `-bench=${names}`,
    "-benchmem",
    "-benchtime=50ms",
    `-count=${count}`,
    ...packages,
  ];
  return spawnSync("go", args, { cwd: dir, encoding: "utf8", maxBuffer: 2 ** 30, timeout: 900_000 }).stdout;
}

/** The tables of bytes and allocations per operation; times on a shared machine say nothing. Installs benchstat. */
export function compareBenchmarks(before: string, after: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "escape-lens-benchstat-"));
  try {
    const tool = path.join(process.env["GOBIN"] ?? folder, "benchstat");
    if (!existsSync(tool))
      execFileSync("go", ["install", "golang.org/x/perf/cmd/benchstat@latest"], {
        cwd: folder,
        env: { ...process.env, GOBIN: path.dirname(tool), GOFLAGS: "" },
        stdio: "pipe",
      });
    const files = [path.join(folder, "before"), path.join(folder, "after")] as const;
    writeFileSync(files[0], before);
    writeFileSync(files[1], after);
    const columns = [`before=${files[0]}`, `after=${files[1]}`];
    const args = ["-filter", ".unit:(B/op OR allocs/op)", ...columns];
    return execFileSync(tool, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
