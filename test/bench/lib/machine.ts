/** On what a benchmark ran, without which its figures say little. */
import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";

/** Prints the versions, the processors and how busy they were in the last minute, with the benchmark itself. */
export function printMachine(): void {
  const go = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
  const load = (loadavg()[0] ?? NaN).toFixed(1);
  console.log(
    `\n${go}, Node ${process.version}, ${process.platform}/${process.arch}, ${cpus().length} processors, load ${load}`,
  );
}
