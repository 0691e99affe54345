/**
 * The story of a profile on a real module: its benchmarks run under a profile of every allocation, the hottest site with a
 * checked fix is found, and `escapelens bench --fix` proves it. Prints what was found and the table.
 * Usage: node test/out/bench/hottestFix.mjs [--unsafe] [--find] [module@version …]
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import type { JsonReport } from "../../server/src/cli/json.js";
import { bytesWords, shareWords } from "../../server/src/explain/amounts.js";
import { serverOut } from "../harness/paths.js";
import { realModule } from "../harness/realModule.js";
import { printMachine } from "./lib/machine.js";
import { flag, operands } from "./lib/options.js";

/** What is read of the JSON of `escapelens fix`. */
interface FixesJson {
  readonly fixes: readonly { readonly fix: string; readonly site: string }[];
}

const modules = operands.length > 0 ? operands : ["github.com/Masterminds/semver/v3@v3.3.1"];
/** Also fixes that ask first, such as one that makes an empty slice of a nil one. */
const unsafe = flag("unsafe") ? ["--unsafe"] : [];

for (const name of modules) {
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
    run(module.dir, "go", [...test, "-o", path.join(module.dir, "..", "bin"), "."]);
    const { sites } = JSON.parse(
      escapelens(module.dir, ["report", "--profile", profile, "--format=json", "."]),
    ) as JsonReport;
    const fixed = JSON.parse(
      escapelens(module.dir, ["fix", "--dry-run", "--format=json", "--everywhere", ...unsafe, "."]),
    ) as FixesJson;
    const [hottest, ...others] = fixed.fixes
      .flatMap((fix) => {
        const site = sites.find(({ id }) => id === fix.site);
        return site?.profile === undefined ? [] : [{ ...fix, site, profile: site.profile }];
      })
      .sort((a, b) => b.profile.bytes - a.profile.bytes);
    console.log(
      `${name}: ${sites.length} sites, ${fixed.fixes.length} fixable, ${others.length + 1} of them in the profile`,
    );
    if (hottest === undefined) continue;
    const { site, profile: figures } = hottest;
    console.log(`  ${site.file}:${site.range.start.line + 1}: ${site.message}`);
    console.log(
      `  ${bytesWords(figures.bytes)}, ${shareWords(figures.share)} of the profile: ${hottest.fix} (${site.id})`,
    );
    if (flag("find")) continue;
    console.log(escapelens(module.dir, ["bench", "--fix", site.id, ...unsafe, "."]));
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}`);
  } finally {
    module.dispose();
  }
}
printMachine();

function escapelens(cwd: string, args: readonly string[]): string {
  return run(cwd, process.execPath, [path.join(serverOut, "cli.js"), ...args]);
}

function run(cwd: string, file: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(file, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  // 1 says that there are findings.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")}: ${stderr}${stdout}`);
  return stdout;
}
