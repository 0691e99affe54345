import type { LogOutputChannel } from "vscode";
import type { StatusParams } from "../../server/src/protocol.js";
import { problemText } from "./statusText.js";

/** Writes problems and notes to the output in full, once until they change: the language status has room for one line only. */
export class ProblemLog {
  readonly #log: Pick<LogOutputChannel, "warn">;
  /** What was written last for a package, or for a document outside of any. */
  readonly #written = new Map<string, string>();

  constructor(log: Pick<LogOutputChannel, "warn">) {
    this.#log = log;
  }

  /** Takes in what the server says of one document. */
  update({ uri, package: name, problem, phase, notes }: StatusParams): void {
    // While an analysis runs, the problem of the last one is still open.
    if (phase !== "idle") return;
    const key = name ?? uri;
    const text = [...(problem === null ? [] : [problemText(problem)]), ...notes].join("\n");
    if (text === "") this.#written.delete(key);
    if (text === "" || this.#written.get(key) === text) return;
    this.#written.set(key, text);
    this.#log.warn(`${name ?? uri}: ${text}`);
  }
}
