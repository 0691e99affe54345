/**
 * How much of a memory profile is joined with sites? The benchmarks of real modules, or their tests, run under a profile of every
 * allocation, and `escapelens report --profile` reads it. Prints the shares, the ten hottest lines with their reasons, and
 * the lines without a site. Fails below 95 % of the bytes that the module's own code allocates.
 * Usage: node test/out/conformance/profileJoin.mjs [module@version[:./package] …]
 */
import type { ProfileReport } from "../../server/src/profile/profileReport.js";
import { lineReasons } from "../../server/src/profile/profileWords.js";
import { profiledModule } from "../harness/profiledModule.js";

const required = 0.95;
const named = process.argv.slice(2);
const subjects =
  named.length > 0
    ? named
    : [
        "github.com/go-chi/chi/v5@v5.2.1",
        "github.com/labstack/echo/v4@v4.13.3",
        "github.com/rs/zerolog@v1.33.0",
        "github.com/yuin/goldmark@v1.7.8",
      ];
let isWell = true;

for (const subject of subjects) {
  const module = profiledModule(subject);
  try {
    const { profile } = module.report();
    console.log(subject);
    isWell = print(profile) && isWell;
  } finally {
    module.dispose();
  }
}
process.exitCode = isWell ? 0 : 1;

/** Says whether enough is joined, and each of the hottest lines has its reason or the words why there is none. */
function print({ total, own, joined, called, elsewhere, lines }: ProfileReport): boolean {
  const share = joined.bytes / own.bytes;
  const hottest = lines.slice(0, 10);
  console.log(
    `  own code ${percent(own.bytes / total.bytes)}, called by it ${percent(called.bytes / total.bytes)}`,
  );
  console.log(
    `  elsewhere ${percent(elsewhere.bytes / total.bytes)} of ${Math.round(total.bytes / 1024)} kB`,
  );
  console.log(`  joined with sites: ${percent(share)} of the own code's bytes`);
  for (const line of hottest) {
    console.log(`  ${percent(line.share).padStart(7)} ${line.file}:${line.recordedLine}`);
    for (const reason of lineReasons(line)) console.log(`          ${reason}`);
  }
  for (const { file, recordedLine, unjoined } of lines)
    if (unjoined !== null && unjoined.bytes > 0)
      console.log(`  without: ${file}:${recordedLine} ${unjoined.bytes} B, ${unjoined.why}`);
  return share >= required && own.bytes > 0 && hottest.every((line) => lineReasons(line).length > 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
