/**
 * How much of a memory profile is joined with sites? The benchmarks of real modules run under a profile of every
 * allocation, and `escapelens report --profile` reads it. Prints the shares, the ten hottest lines with their reasons, and
 * the lines without a site. Fails below 95 % of the bytes that the module's own code allocates.
 * Usage: node test/out/conformance/profileJoin.mjs [module@version:package …]
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import type { JsonReport } from "../../server/src/cli/json.js";
import { lineReasons } from "../../server/src/profile/profileWords.js";
import { serverOut } from "../harness/paths.js";
import { realModule } from "../harness/realModule.js";

const required = 0.95;
const named = process.argv.slice(2);
const subjects =
  named.length > 0
    ? named
    : [
        "github.com/go-chi/chi/v5@v5.2.1:.",
        "github.com/labstack/echo/v4@v4.13.3:.",
        "github.com/rs/zerolog@v1.33.0:.",
        "github.com/yuin/goldmark@v1.7.8:./_benchmark/go",
      ];
let isWell = true;

for (const subject of subjects) {
  const [name = "", folder = "."] = subject.split(/:(?=\.)/);
  const module = realModule(name);
  try {
    const profile = path.join(module.dir, "..", "mem.pprof");
    const test = [
      "test",
      "-run=^$",
      "-bench=.",
      "-benchtime=200x",
      `-memprofile=${profile}`,
      "-memprofilerate=1",
    ];
    const run = spawnSync(
      "go",
      [...test, "-o", path.join(module.dir, "..", "bin"), folder],
      options(module.dir),
    );
    if (run.status !== 0) throw new Error(run.stdout + run.stderr);
    const args = [path.join(serverOut, "cli.js"), "report", "--profile", profile, "--format=json"];
    const { stdout, stderr } = spawnSync(process.execPath, args, options(module.dir));
    const report = (JSON.parse(stdout) as JsonReport).profile;
    if (report === undefined) throw new Error(stderr);
    const { total, own, joined, called, elsewhere } = report;
    const share = joined.bytes / own.bytes;
    isWell &&= share >= required && own.bytes > 0;
    console.log(subject);
    console.log(
      `  own code ${percent(own.bytes / total.bytes)}, called by it ${percent(called.bytes / total.bytes)}`,
    );
    console.log(
      `  elsewhere ${percent(elsewhere.bytes / total.bytes)} of ${Math.round(total.bytes / 1024)} kB`,
    );
    console.log(`  joined with sites: ${percent(share)} of the own code's bytes`);
    for (const line of report.lines.slice(0, 10)) {
      const place = `${line.file}:${line.recordedLine}`;
      console.log(`  ${percent(line.share).padStart(7)} ${place}`);
      for (const reason of lineReasons(line)) console.log(`          ${reason}`);
      isWell &&= lineReasons(line).length > 0;
    }
    for (const { file, recordedLine, unjoined } of report.lines)
      if (unjoined !== null && unjoined.bytes > 0)
        console.log(`  without: ${file}:${recordedLine} ${unjoined.bytes} B, ${unjoined.why}`);
  } finally {
    module.dispose();
  }
}
process.exitCode = isWell ? 0 : 1;

function options(cwd: string) {
  return { cwd, encoding: "utf8" as const, maxBuffer: 2 ** 30 };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
