/** Wiring of the quick fixes: from finished analyses to verified offers, ready before somebody asks. */
import { cpus } from "node:os";
import type { Connection, InitializeParams } from "vscode-languageserver/node";
import type { AnalyzedPackage } from "./analysis/analyzer.js";
import { recompileWith } from "./analysis/recompile.js";
import { severityOf, type SeverityRules } from "./analysis/severity.js";
import { Verdicts } from "./analysis/verdicts.js";
import type { Snapshot } from "./analysis/snapshot.js";
import type { Engine } from "./compiler/engine.js";
import { type Documents, fileUri } from "./documents.js";
import { readCodeActionCapabilities, registerCodeActions } from "./features/codeActions.js";
import { FixOffers } from "./fixes/offers.js";
import { parallelism } from "./go/buildPlan.js";

interface QuickFixOptions {
  readonly documents: Documents;
  readonly params: InitializeParams;
  rulesOf(uri: string): Promise<SeverityRules>;
}

export class QuickFixes {
  readonly #options: QuickFixOptions;
  readonly #verdicts: Verdicts;
  readonly #offers: FixOffers;
  /** The newest analysis by file, and the engine that it was made with. */
  readonly #analyzed = new Map<string, AnalyzedPackage>();
  readonly #engines = new WeakMap<Snapshot, Engine>();

  constructor(connection: Connection, options: QuickFixOptions) {
    this.#options = options;
    const recompile = recompileWith((snapshot) => {
      const engine = this.#engines.get(snapshot);
      if (engine === undefined) throw new Error("The snapshot was not analysed here.");
      return engine;
    });
    this.#verdicts = new Verdicts({ recompile, limit: parallelism("editor", cpus().length) });
    this.#offers = new FixOffers(this.#verdicts);
    registerCodeActions(connection, {
      documents: options.documents,
      capabilities: readCodeActionCapabilities(options.params.capabilities),
      offers: this.#offers,
      analyzedOf: (file) => this.#analyzed.get(file),
      onError: (error) => {
        connection.console.warn(`A fix could not be verified: ${String(error)}`);
      },
    });
  }

  /** Takes a finished analysis and verifies the fixes of what is shown in open files; resolves when that is done. */
  async prepare(analyzed: AnalyzedPackage, engine: Engine, signal: AbortSignal): Promise<void> {
    this.#engines.set(analyzed.snapshot, engine);
    for (const file of analyzed.snapshot.files.keys()) this.#analyzed.set(file, analyzed);
    const open = new Set(this.#options.documents.goFiles().map(({ path }) => path));
    const shown = [];
    for (const site of analyzed.sites) {
      if (!open.has(site.file)) continue;
      const rules = await this.#options.rulesOf(fileUri(site.file));
      if (severityOf(site, rules) !== "off") shown.push(site);
    }
    await this.#offers.prepare(shown, analyzed, signal);
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    await this.#verdicts.stop();
  }
}
