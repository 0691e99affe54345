/**
 * Does `escapelens check` find what `go build -gcflags=-m=2` says, on real modules? Prints one line for each module and
 * every difference. Usage: node test/out/conformance/agreement.mjs [module@version …]
 */
import { execFileSync, spawnSync } from "node:child_process";
import path from "node:path";
import { serverOut } from "../harness/paths.js";
import { rawMessages } from "../harness/rawMessages.js";
import { realModule } from "../harness/realModule.js";

const modules = process.argv.slice(2);
if (modules.length === 0)
  modules.push("github.com/klauspost/compress@v1.17.11", "github.com/yuin/goldmark@v1.7.8");

interface JsonSite {
  readonly file: string;
  readonly kind: string;
  readonly expression: string;
}

let differences = 0;
for (const name of modules) {
  const module = realModule(name);
  try {
    const compiler = spawnSync("go", ["build", "-gcflags=-m=2", "./..."], options(module.dir));
    const started = performance.now();
    const check = spawnSync(
      process.execPath,
      [path.join(serverOut, "cli.js"), "check", "--no-tests", "--format=json", "./..."],
      options(module.dir),
    );
    const seconds = (performance.now() - started) / 1000;
    const sites = (JSON.parse(check.stdout) as { sites: JsonSite[] }).sites;
    const expected = counted(
      rawMessages(compiler.stderr)
        .filter(({ file }) => !path.isAbsolute(file) && !file.startsWith(".."))
        .map(({ file, kind, text }) => [path.normalize(file), kind, text].join("\t")),
    );
    const actual = counted(
      sites
        .filter((site) => site.kind !== "hidden")
        .map((site) => [path.normalize(site.file), site.kind, site.expression].join("\t")),
    );
    const lost = [...expected].filter(([key, count]) => (actual.get(key) ?? 0) < count);
    const extra = [...actual].filter(([key, count]) => (expected.get(key) ?? 0) < count);
    for (const [key] of lost) console.log(`  lost   ${key}`);
    for (const [key] of extra) console.log(`  extra  ${key}`);
    const lines = execFileSync("sh", ["-c", "find . -name '*.go' -exec cat {} + | wc -l"], {
      cwd: module.dir,
      encoding: "utf8",
    }).trim();
    const total = [...expected.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${name}: ${lines} lines of Go, ${total} heap sites, ${lost.length} lost, ${extra.length} extra, ${seconds.toFixed(1)} s`,
    );
    differences += lost.length + extra.length;
  } finally {
    module.dispose();
  }
}
process.exitCode = differences === 0 ? 0 : 1;

function options(cwd: string) {
  return { cwd, encoding: "utf8" as const, maxBuffer: 2 ** 31 - 1 };
}

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
