/** What is sent of the results, in order: diagnostics, each status once its diagnostics are out, and a word to ask anew. */
import type { PackageStatus } from "./analysis/packageStatus.js";
import type { Documents } from "./documents.js";
import type { DiagnosticsPublisher } from "./features/diagnostics.js";
import type { ProblemMessages } from "./features/problemMessages.js";
import type { StatusReporter } from "./features/status.js";

interface PresentationOptions {
  readonly documents: Documents;
  readonly diagnostics: DiagnosticsPublisher;
  readonly status: StatusReporter;
  /** For a client that does not show statuses. */
  readonly messages: ProblemMessages | undefined;
  /** Asks the client to ask anew for what it is not sent. */
  readonly refresh: () => void;
  /** What could not be sent is said there; what comes behind it is sent all the same. */
  warn(message: string): void;
}

export class Presentation {
  readonly #options: PresentationOptions;
  #sent: Promise<void> = Promise.resolve();

  constructor(options: PresentationOptions) {
    this.#options = options;
  }

  /** Sends the diagnostics of a file, after all that is to be sent before. */
  publish(uri: string, file: string): void {
    this.#inTurn(async () => {
      await this.#options.diagnostics.publish(uri, file);
    });
  }

  /** Sends the diagnostics and statuses of a package's open files, after all that is to be sent before. */
  show(status: PackageStatus): void {
    this.#inTurn(() => this.#show(status));
  }

  #inTurn(send: () => Promise<void>): void {
    this.#sent = this.#sent.then(send).catch((error: unknown) => {
      this.#options.warn(`Something could not be shown: ${String(error)}`);
    });
  }

  async #show(status: PackageStatus): Promise<void> {
    const { documents, diagnostics, status: reporter, messages, refresh } = this.#options;
    if (status.progress.phase === "idle") messages?.tell(status.problem);
    const files = new Set([status.file, ...status.files]);
    for (const { path: file, document } of documents.goFiles()) {
      if (!files.has(file)) continue;
      const shown = await diagnostics.publish(document.uri, file);
      await reporter.send(document.uri, file, shown, status);
    }
    if (["flows", "evidence"].includes(status.progress.phase)) refresh();
  }
}
