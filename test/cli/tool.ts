/**
 * Runs the built command-line tool as a shell would. A call that goes to the network, or writes into the folder where it
 * runs anything but what its arguments ask for, fails its test.
 */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import { fileTree, treeChanges } from "../harness/fileTree.js";
import { assertOffline, recordedNetwork } from "../harness/network.js";
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
  const before = fileTree(cwd);
  const result = spawnSync(process.execPath, [path.join(serverOut, "cli.js"), ...args], {
    cwd,
    env: { ...process.env, ...recordedNetwork, LC_ALL: "C", [cacheVariable]: kept, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const changes = treeChanges(before, fileTree(cwd)).filter((change) => !isAskedFor(change, args));
  if (changes.length > 0) throw new Error(`escapelens ${args.join(" ")}: ${changes.join("; ")}.`);
  assertOffline();
  return result;
}

/** `fix` changes Go files, and some options name a file to write. */
function isAskedFor(change: string, args: readonly string[]): boolean {
  if (args[0] === "fix") return /\.go was changed$/.test(change);
  const outputs = args.flatMap((arg) => /^--(?:output|baseline)=(.+)$/.exec(arg)?.[1] ?? []);
  return outputs.some((file) => change.startsWith(`${file} was `));
}

/** The first line of stderr that the tool itself wrote, without its name. */
export function said({ stderr }: SpawnSyncReturns<string>): string {
  return /^escapelens: (.*)$/m.exec(stderr)?.[1] ?? stderr;
}
