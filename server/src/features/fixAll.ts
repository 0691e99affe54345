/** Makes the edit that fixes many sites, when the person has asked for it. */
import * as l10n from "@vscode/l10n";
import { type CancellationToken, type Connection, type WorkspaceEdit } from "vscode-languageserver/node";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { Recompile } from "../analysis/verify.js";
import { allowedSites } from "../assertions/allowances.js";
import { type Documents, fileUri, goFilePath } from "../documents.js";
import { fixAll, type FixAllResult, WholeRejected } from "../fixAll/fixAll.js";
import { isOfKind, isPreferred, isWithin } from "../fixAll/wanted.js";
import type { Proposal } from "../fixes/fix.js";
import { type Format, formattedEdit } from "../fixes/formattedEdit.js";
import { fixes } from "../fixes/proposals.js";
import type { FixAllTarget } from "../protocol.js";
import type { CodeActionCapabilities } from "./codeActionCapabilities.js";
import { mayFix } from "./fixAllMenu.js";
import { withProgress } from "./progress.js";
import { showMessage } from "./showMessage.js";
import { workspaceEdit } from "./workspaceEdit.js";

export interface FixAllOptions {
  readonly documents: Pick<Documents, "get">;
  readonly capabilities: CodeActionCapabilities;
  readonly showsProgress: boolean;
  /** The analysis of a file's present text, waited for where it is under way; undefined where there is none. */
  current(file: string, signal: AbortSignal): Promise<AnalyzedPackage | undefined>;
  /** As `current`, without waiting. */
  isCurrent(file: string, analyzed: AnalyzedPackage): boolean;
  /** A compiler for the package's texts and for what fixes make of them. */
  recompileFor(analyzed: AnalyzedPackage): Recompile;
  rulesOf(uri: string): Promise<SeverityRules>;
  /** Has the last word on what is written. */
  readonly format: Format;
}

/** Milliseconds; what is not reached by then is left for the next time. */
const timeLimits = { file: 60_000, package: 300_000 } as const;

export class FixAllRequests {
  readonly #connection: Connection;
  readonly #options: FixAllOptions;

  constructor(connection: Connection, options: FixAllOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /**
   * The edit; undefined where there is nothing to fix, the person has cancelled, or the text has changed meanwhile. What
   * they should know of that is shown to them, unless the request came with a save.
   */
  async edit(target: FixAllTarget, token: CancellationToken): Promise<WorkspaceEdit | undefined> {
    const file = goFilePath(target.uri);
    if (file === undefined) return undefined;
    const options = { title: l10n.t("Fixing heap escapes"), isShown: this.#options.showsProgress, token };
    return await withProgress(this.#connection, options, async (signal, report) => {
      try {
        return await this.#edit(target, file, signal, (done, all, applied) => {
          report(done / all, l10n.t("{0} of {1} places, {2} fixed", done, all, applied));
        });
      } catch (error) {
        if (signal.aborted) return undefined;
        if (!(error instanceof WholeRejected)) throw error;
        this.#warn(l10n.t("The fixes do not hold together, so nothing was changed. {0}", error.message));
        return undefined;
      }
    });
  }

  /** For clients that do not ask for edits: has the client apply it. */
  async apply(target: FixAllTarget, token: CancellationToken): Promise<void> {
    const edit = await this.edit(target, token);
    if (edit !== undefined) await this.#connection.workspace.applyEdit(edit);
  }

  async #edit(
    target: FixAllTarget,
    file: string,
    signal: AbortSignal,
    onProgress: (done: number, all: number, applied: number) => void,
  ): Promise<WorkspaceEdit | undefined> {
    const analyzed = await this.#options.current(file, signal);
    if (analyzed === undefined) {
      this.#say(target, l10n.t("There is no analysis of this text yet."));
      return undefined;
    }
    const result = await fixAll(
      {
        analyzed,
        candidates: await this.#candidates(target, file, analyzed),
        accepts: acceptance(target, file),
        recompile: this.#options.recompileFor(analyzed),
        timeLimit: timeLimits[target.scope],
        onProgress,
      },
      signal,
    );
    if (!this.#options.isCurrent(file, analyzed)) {
      this.#say(target, l10n.t("The text has changed meanwhile, so nothing was fixed."));
      return undefined;
    }
    this.#sayOutcome(target, result);
    if (result.edit.size === 0) return undefined;
    const { capabilities, documents, format } = this.#options;
    const edit = await formattedEdit(result.edit, analyzed.snapshot, format);
    return workspaceEdit(edit, l10n.t("Fix heap escapes"), null, capabilities, documents);
  }

  async #candidates(
    target: FixAllTarget,
    file: string,
    { sites, snapshot }: AnalyzedPackage,
  ): Promise<Site[]> {
    const inScope = sites.filter((site) => target.scope === "package" || site.file === file);
    const allowed = allowedSites(inScope, snapshot.texts);
    const wanted: Site[] = [];
    for (const site of inScope) {
      if (allowed.has(site)) continue;
      // A kind that the person chose is fixed wherever it is; else what they see is what is fixed.
      const isWanted =
        target.kind === null
          ? severityOf(site, await this.#options.rulesOf(fileUri(site.file))) !== "off"
          : fixes.some(({ id }) => id === target.kind && mayFix(id, site)) && isBeside(site, file);
      if (isWanted) wanted.push(site);
    }
    return wanted;
  }

  #sayOutcome(target: FixAllTarget, { applied, left }: FixAllResult): void {
    if (left > 0) this.#warn(l10n.t("Time is up: {0} places were not looked at.", left));
    else if (applied.length === 0) this.#say(target, l10n.t("There is nothing of this kind to fix."));
  }

  /** Not what came with a save, which happens all the time. */
  #say(target: FixAllTarget, message: string): void {
    if (target.kind !== null) showMessage(this.#connection, "information", message);
  }

  #warn(message: string): void {
    showMessage(this.#connection, "warning", message);
  }
}

/** Tests are left alone by who works on something else. */
function isBeside({ context }: Site, file: string): boolean {
  return context !== "test" || file.endsWith("_test.go");
}

function acceptance({ kind, scope }: FixAllTarget, file: string): (proposal: Proposal) => boolean {
  const id = fixes.find((fix) => fix.id === kind)?.id;
  const isWanted = id === undefined ? isPreferred : isOfKind(id);
  return (proposal) => isWanted(proposal) && (scope === "package" || isWithin(proposal, file));
}
