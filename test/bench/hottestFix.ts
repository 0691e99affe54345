/**
 * The story of a profile on a real module: its benchmarks run under a profile of every allocation, the hottest site with a
 * checked fix is found, and `escapelens bench --fix` proves it. Prints what was found and the table; with --find, the five
 * hottest such sites and no table.
 * Usage: node test/out/bench/hottestFix.mjs [--unsafe] [--find] [module@version[:./package] …]
 */
import { bytesWords, shareWords } from "../../server/src/explain/amounts.js";
import { profiledModule } from "../harness/profiledModule.js";
import { printMachine } from "./lib/machine.js";
import { flag, operands } from "./lib/options.js";

/** What is read of the JSON of `escapelens fix`. */
interface FixesJson {
  readonly fixes: readonly { readonly fix: string; readonly site: string }[];
}

const subjects = operands.length > 0 ? operands : ["github.com/Masterminds/semver/v3@v3.3.1"];
/** Also fixes that ask first, such as one that makes an empty slice of a nil one. */
const unsafe = flag("unsafe") ? ["--unsafe"] : [];

for (const subject of subjects) {
  const module = profiledModule(subject);
  try {
    const { sites } = module.report();
    const args = ["--dry-run", "--format=json", "--everywhere", ...unsafe, "./..."];
    const { fixes } = JSON.parse(module.escapelens("fix", ...args)) as FixesJson;
    const profiled = fixes
      .flatMap((fix) => {
        const site = sites.find(({ id }) => id === fix.site);
        return site?.profile === undefined ? [] : [{ ...fix, site, profile: site.profile }];
      })
      .sort((a, b) => b.profile.bytes - a.profile.bytes);
    console.log(
      `${subject}: ${sites.length} sites, ${fixes.length} fixable, ${profiled.length} of them in the profile`,
    );
    for (const { site, profile, fix } of profiled.slice(0, flag("find") ? 5 : 1)) {
      console.log(`  ${site.file}:${site.range.start.line + 1}: ${site.message}`);
      console.log(
        `  ${bytesWords(profile.bytes)}, ${shareWords(profile.share)} of the profile: ${fix} (${site.id})`,
      );
      if (!flag("find")) console.log(module.escapelens("bench", "--fix", site.id, ...unsafe, "./..."));
    }
  } finally {
    module.dispose();
  }
}
printMachine();
