/** Wiring of what the editor asks beyond LSP: the Heap Escapes view, explanations, and what a report of a bug needs. */
import type { Connection } from "vscode-languageserver/node";
import type { FunctionTable } from "./analysis/functionTable.js";
import { describeSetup } from "./analysis/goSetups.js";
import type { PackageLocator } from "./analysis/packageLocator.js";
import type { Results } from "./analysis/results.js";
import type { SeverityRules } from "./analysis/severity.js";
import type { Documents } from "./documents.js";
import { registerAgentCheck } from "./features/agentCheck.js";
import { registerExplain } from "./features/explain.js";
import { registerInformation } from "./features/information.js";
import { registerQuestions } from "./features/questions.js";
import type { TakerOf, TakerSources } from "./analysis/takers.js";
import { registerSiteTree } from "./features/tree/siteTreeRequests.js";
import type { LiveAnalysis } from "./liveAnalysis.js";
import { Questions } from "./questions/questions.js";

interface ProjectViewOptions {
  readonly results: Results;
  readonly functions: FunctionTable;
  readonly takerOf: TakerOf;
  /** Where it looks. */
  readonly sources: TakerSources;
  readonly documents: Documents;
  readonly locator: Pick<PackageLocator, "setUp" | "locate">;
  readonly live: Pick<LiveAnalysis, "isTrusted" | "prove">;
  /** Absolute folders of the workspace. */
  readonly folders: () => readonly string[];
  readonly rulesOf: (uri: string) => Promise<SeverityRules>;
  /** Resolves when the flows of an absolute file are known, as far as they can be. */
  readonly explained: (file: string) => Promise<void>;
}

/** Answers these requests. */
export function registerProjectView(connection: Connection, options: ProjectViewOptions): void {
  const { results, functions, takerOf, sources, documents, locator, live, folders, rulesOf, explained } =
    options;
  const isTrusted = () => live.isTrusted;
  const buildOf = async (folder: string) => {
    const answer = await locator.setUp(folder);
    return "problem" in answer ? { go: "", target: "" } : describeSetup(answer.setup);
  };
  const builds = async () => {
    const all = await Promise.all(folders().map((folder) => locator.setUp(folder)));
    return [...new Set(all.map(buildName))];
  };
  registerExplain(connection, { results, functions, takerOf, explained });
  const questions = new Questions({
    locator,
    openFiles: () => documents.openFiles(),
    sitesOf: (file) => results.of(file)?.sites ?? [],
    sources,
  });
  registerQuestions(connection, { questions, isTrusted, buildOf });
  registerSiteTree(connection, { results, documents, folders, isTrusted, rulesOf, buildOf });
  registerAgentCheck(connection, { results, locator, live, folders, rulesOf });
  registerInformation(connection, { results, isTrusted, builds });
}

function buildName(answer: Awaited<ReturnType<PackageLocator["setUp"]>>): string {
  if ("problem" in answer) return `problem ${answer.problem.code}`;
  const { go, target } = describeSetup(answer.setup);
  return `${go} ${target}`;
}
