import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver/node";
import type { PackageStatus } from "../analysis/packageStatus.js";
import type { Results } from "../analysis/results.js";
import type { Documents } from "../documents.js";
import { droppedFlagWords } from "../explain/droppedFlag.js";
import { problemSentence } from "../explain/problem.js";
import { thisIsTooLarge } from "../explain/tooLarge.js";
import type { GoProblem } from "../go/problems.js";
import { sourceLimit } from "../syntax/treeSitter.js";
import { statusMethod, type StatusParams, type StatusProblem, withoutLinks } from "../protocol.js";

/** Tells the client how the analysis of each open document stands (`goEscapeLens/status`). */
export class StatusReporter {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #results: Results;

  constructor(connection: Connection, documents: Documents, results: Results) {
    this.#connection = connection;
    this.#documents = documents;
    this.#results = results;
  }

  /** Sends the status of one document; `shown` is how many of its sites are published. */
  async send(uri: string, file: string, shown: number, status: PackageStatus): Promise<void> {
    const { problem, progress } = status;
    const known = this.#results.of(file)?.sites.length ?? 0;
    const document = this.#documents.get(uri);
    const isTooLarge = problem === null && (document?.getText().length ?? 0) > sourceLimit;
    const params: StatusParams = {
      ...progress,
      uri,
      version: status.versions.get(file) ?? document?.version ?? null,
      problem: isTooLarge
        ? declinedProblem("too-large", false)
        : problem && { ...statusProblem(problem), stale: known > 0 },
      shown,
      known,
      notes: status.dropped.map((each) => withoutLinks(droppedFlagWords(each))),
    };
    await this.#connection.sendNotification(statusMethod, params);
  }

  /** Says why a document is not analysed at all. */
  async sendDeclined(uri: string, file: string, code: DeclinedCode): Promise<void> {
    const problem = declinedProblem(code, this.#results.of(file) !== undefined);
    const nothing = {
      go: null,
      target: null,
      pgo: null,
      package: null,
      finishedAt: null,
      milliseconds: null,
      notes: [],
    };
    const version = this.#documents.get(uri)?.version ?? null;
    const params: StatusParams = { uri, version, phase: "idle", problem, shown: 0, known: 0, ...nothing };
    await this.#connection.sendNotification(statusMethod, params);
  }
}

/** Why a document is not analyzed. */
export type DeclinedCode = "manual" | "canceled" | "untrusted" | "too-large";

/** Why nothing is analyzed, as a sentence. */
export function declinedWords(code: DeclinedCode): string {
  return declined[code]();
}

const declined = {
  manual: () => l10n.t("Analysis runs on request only (`goEscapeLens.analysis.run`)."),
  canceled: () => l10n.t("The analysis was canceled."),
  untrusted: () => l10n.t("Nothing is run before you trust this workspace."),
  "too-large": thisIsTooLarge,
};

function declinedProblem(code: keyof typeof declined, stale: boolean): StatusProblem {
  return { code, message: declinedWords(code), detail: "", stale };
}

function statusProblem(problem: GoProblem): Omit<StatusProblem, "stale"> {
  const message = withoutLinks(problemSentence(problem));
  return { code: problem.code, message, detail: withoutLinks(problem.message) };
}
