/** What keeps Go code from being analyzed, as messages: for clients that have no place to show a status. */
import type { Connection } from "vscode-languageserver/node";
import { problemSentence } from "../explain/problem.js";
import type { GoProblem, GoProblemCode } from "../go/problems.js";
import { showMessage } from "./showMessage.js";

/**
 * What a person has to mend outside the code. The rest is said by other servers of the same file, which does not compile, or
 * is no fault: a file that is excluded, or that belongs to nothing that is open.
 */
const told: ReadonlySet<GoProblemCode> = new Set([
  "no-go",
  "old-go",
  "toolchain",
  "no-module",
  "missing-module",
  "module-files",
  "go-failed",
]);

export class ProblemMessages {
  readonly #connection: Connection;
  /** What was said, and is still so as far as is known. */
  readonly #said = new Set<string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** How the analysis of a package ended. The same problem is told once, and again only after one that went well. */
  tell(problem: GoProblem | null): void {
    if (problem === null) {
      this.#said.clear();
      return;
    }
    const sentence = problemSentence(problem);
    if (!told.has(problem.code) || this.#said.has(sentence)) return;
    this.#said.add(sentence);
    showMessage(this.#connection, "warning", `Go Escape Lens: ${sentence}`);
  }
}
