import * as l10n from "@vscode/l10n";
import type { FolderSummary } from "../analysis/folderRecords.js";
import type { GoProblem } from "../go/problems.js";
import { problemSentence } from "./problem.js";

const { t } = l10n;

/** What the analysis of a workspace folder came to, as a sentence. */
export function workspaceWords(
  folder: string,
  outcome: FolderSummary | { readonly problem: GoProblem },
): string {
  if ("problem" in outcome) return `${folder}: ${problemSentence(outcome.problem)}`;
  const { sites, packages, failed } = outcome;
  const words =
    packages === 1
      ? t("{0}: 1 package analyzed, {1} heap sites.", folder, sites)
      : t("{0}: {1} packages analyzed, {2} heap sites.", folder, packages, sites);
  return failed === 0 ? words : `${words} ${t("Packages that do not compile: {0}.", failed)}`;
}
