/**
 * A memory profile of 100 MB and more: time, processor time and memory of reading it and adding it up by lines.
 * Usage: node test/out/bench/largeProfile.mjs [megabytes]
 */
import { loadProfile } from "../../server/src/profile/loadProfile.js";
import { initializeSyntax } from "../../server/src/syntax/treeSitter.js";
import { serverOut } from "../harness/paths.js";
import { largeProfile, packed, profileFolder } from "../unit/profile/profiles.js";
import { printMachine } from "./lib/machine.js";
import { operands } from "./lib/options.js";

const megabytes = Number(operands[0] ?? 100);
await initializeSyntax(serverOut);
const { contents, count } = largeProfile(megabytes);
const folder = profileFolder({ plain: contents, gz: packed(contents) });
const variant = {
  ...{ id: "example.com/m/p0", importPath: "example.com/m/p0", forTest: null, name: "p0", dir: "/m/p0" },
  ...{ files: ["/m/p0/p.go"], root: "/m", goVersion: null, actionId: null, error: null },
};
const own = {
  importPath: "example.com/m/p0",
  dir: "/m/p0",
  root: "/m",
  variants: [variant],
  ignoredFiles: [],
};
try {
  for (const name of ["plain", "gz"]) {
    const base = process.memoryUsage().rss;
    let most = base;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const request = {
      ...{ sources: [name], before: [], metric: "alloc" as const, folder: folder.dir, packages: [own] },
      ...{ textOf: () => Promise.resolve("package p0\n"), mayRunGit: false },
    } as const;
    const profile = await loadProfile(request, () => undefined, new AbortController().signal);
    clearInterval(timer);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `${name}: ${megabytes} MB, ${count} samples, ${profile.contents.sums.total.objects} objects: ${seconds} s, ` +
        `${((user + system) / 1e6).toFixed(1)} s of processor time, ${Math.round((most - base) / 2 ** 20)} MB more memory`,
    );
  }
} finally {
  folder.dispose();
}
printMachine();
