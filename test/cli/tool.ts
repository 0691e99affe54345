/** Runs the built command-line tool as a shell would. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import { serverOut } from "../harness/paths.js";

/** What the tool keeps between runs must not come from other tests, nor stay. */
const kept = mkdtempSync(path.join(tmpdir(), "escape-lens-kept-"));
process.once("exit", () => {
  rmSync(kept, { recursive: true, force: true });
});

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Calls `escapelens` with the arguments. Its language is English, whatever the shell's. */
export function escapelens(args: readonly string[], { cwd, env }: RunOptions): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [path.join(serverOut, "cli.js"), ...args], {
    cwd,
    env: { ...process.env, LC_ALL: "C", [cacheVariable]: kept, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
}

/** The first line of stderr that the tool itself wrote, without its name. */
export function said({ stderr }: SpawnSyncReturns<string>): string {
  return /^escapelens: (.*)$/m.exec(stderr)?.[1] ?? stderr;
}
