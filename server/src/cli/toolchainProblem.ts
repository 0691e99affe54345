import * as l10n from "@vscode/l10n";
import { problemSentence } from "../explain/problem.js";
import type { GoProblem } from "../go/problems.js";

/** Go is missing or cannot load the packages; the message is for the person, and says what to do. */
export class ToolchainProblem extends Error {
  /** `sentence`: what is wrong and what to do, where the command line knows better than the problem. */
  constructor(problem: GoProblem, sentence = sentenceOf(problem)) {
    const lines = problem.message.split("\n").filter((line) => line !== "" && !sentence.includes(line));
    super([sentence, ...lines].join("\n"));
  }
}

function sentenceOf(problem: GoProblem): string {
  if (!namesNothing(problem)) return problemSentence(problem);
  return l10n.t(
    "No packages are there: name folders with Go files, such as ./..., from within their module.",
  );
}

/** What a person mistyped on the command line; an editor never asks so (cmd/go: search.WarnUnmatched, modload/load.go). */
function namesNothing({ code, message }: GoProblem): boolean {
  return code === "go-failed" && /matched no packages|: directory not found/.test(message);
}
