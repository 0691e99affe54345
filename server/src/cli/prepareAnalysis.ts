import path from "node:path";
import { configureProcesses } from "../go/process.js";
import { removeDeadTemporaryFolders } from "../go/temporary.js";
import { initializeSyntax, keepManyTrees } from "../syntax/treeSitter.js";

/** Gets ready to run compilers and to parse. `outDirectory` (absolute) holds the watchdog and the grammar. */
export async function prepareAnalysis(outDirectory: string): Promise<void> {
  configureProcesses({ watchdogPath: path.join(outDirectory, "watchdog.js") });
  keepManyTrees();
  await Promise.all([initializeSyntax(outDirectory), removeDeadTemporaryFolders()]);
}
