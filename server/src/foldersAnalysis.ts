/** The analysis of all packages of all workspace folders, on request. */
import path from "node:path";
import type { PackageLocator } from "./analysis/packageLocator.js";
import { unlessAborted } from "./analysis/unlessAborted.js";
import { type OnProgress, WorkspaceAnalysis, type WorkspaceOptions } from "./analysis/workspaceAnalysis.js";
import { workspaceWords } from "./explain/workspace.js";
import { declinedWords } from "./features/status.js";
import { collectGarbage } from "./garbage.js";
import type { LiveAnalysis } from "./liveAnalysis.js";

interface FoldersOptions {
  readonly locator: Pick<PackageLocator, "setUp">;
  readonly live: LiveAnalysis;
  /** Absolute folders of the workspace. */
  readonly folders: () => readonly string[];
  readonly analysis: WorkspaceOptions;
}

/** Analyzes the packages with open files first, then the others; returns the outcome in a sentence for each folder. */
export async function analyzeFolders(
  { locator, live, folders, analysis }: FoldersOptions,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<string> {
  if (!live.isTrusted) return declinedWords("untrusted");
  signal.throwIfAborted();
  await unlessAborted(live.analyzeOpen(), signal);
  const outcomes: string[] = [];
  try {
    for (const folder of folders()) {
      const answer = await locator.setUp(folder);
      const outcome =
        "problem" in answer
          ? answer
          : await new WorkspaceAnalysis(analysis, answer.setup, onProgress).run(folder, signal);
      outcomes.push(workspaceWords(path.basename(folder), outcome));
    }
  } finally {
    // Once what was found is kept: what go listed and the compiler printed is many times as much.
    analysis.background.add(collectGarbage);
  }
  return outcomes.join(" ");
}
