/** One fix that a person chose: checked now, or tried without being made. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { CancellationToken, Connection, WorkspaceEdit } from "vscode-languageserver/node";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { type Documents, goFilePath } from "../documents.js";
import { offerTitle, rejectionReason } from "../fixes/effect.js";
import type { FixOffers, Offer } from "../fixes/offers.js";
import type { GoSetup } from "../go/goSetup.js";
import { proofPage, proofSentence, type TriedFix } from "../proving/proofPage.js";
import { proveFix } from "../proving/proveFix.js";
import type { FixTarget } from "../protocol.js";
import type { CodeActionCapabilities } from "./codeActionCapabilities.js";
import { unlessCanceled, withProgress } from "./progress.js";
import { showMessage } from "./showMessage.js";
import { showPage } from "./showPage.js";
import { workspaceEdit } from "./workspaceEdit.js";

export interface ChosenFixOptions {
  readonly documents: Pick<Documents, "get">;
  readonly capabilities: CodeActionCapabilities;
  readonly showsProgress: boolean;
  readonly showsDocuments: boolean;
  readonly offers: FixOffers;
  current(file: string, signal: AbortSignal): Promise<AnalyzedPackage | undefined>;
  /** How go is set up for a folder (absolute path); undefined where it is not, or the workspace is not trusted. */
  setupOf(folder: string): Promise<GoSetup | undefined>;
}

/** A fix that holds, and the analysis of the text that it is of. */
export interface ChosenFix {
  readonly offer: Offer;
  readonly analyzed: AnalyzedPackage;
}

export class ChosenFixes {
  readonly #connection: Connection;
  readonly #options: ChosenFixOptions;

  constructor(connection: Connection, options: ChosenFixOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** The edit, once the compiler has checked it; undefined where it does not hold, which the person is told. */
  async edit(target: FixTarget, token: CancellationToken): Promise<WorkspaceEdit | undefined> {
    const options = { title: l10n.t("Checking the fix"), isShown: false, token };
    return await withProgress(this.#connection, options, async (signal) => {
      const found = await this.find(target, signal);
      if (found === undefined) return undefined;
      const { capabilities, documents } = this.#options;
      const { edit, behaviour } = found.offer.proposal;
      return workspaceEdit(edit, offerTitle(found.offer), behaviour, capabilities, documents);
    });
  }

  /** Runs the tests with the fix, and shows what came of it: a page where the client can, else a sentence. */
  async prove(target: FixTarget, token: CancellationToken): Promise<void> {
    const options = { title: l10n.t("Trying the fix"), isShown: this.#options.showsProgress, token };
    await unlessCanceled(this.#connection, options, (signal, report) => this.#prove(target, report, signal));
  }

  async #prove(
    target: FixTarget,
    report: (share: number, message: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const file = goFilePath(target.uri);
    const setup = file === undefined ? undefined : await this.#options.setupOf(path.dirname(file));
    if (setup === undefined) {
      this.#warn(l10n.t("Tests are run in trusted workspaces only."));
      return;
    }
    const found = await this.find(target, signal);
    if (found === undefined) return;
    const { offer, analyzed } = found;
    const { site, proposal } = offer;
    const request = { setup, snapshot: analyzed.snapshot, site, edit: proposal.edit };
    const result = await proveFix(request, report, signal);
    const { importPath } = analyzed.snapshot.package;
    await showPage(this.#connection, this.#options, {
      name: "proof",
      text: proofPage(result, { ...triedFix(offer), importPath }),
      takeFocus: true,
      sentence: `${proposal.title}: ${proofSentence(result)}`,
    });
  }

  /** The fix as it holds for the present text; undefined where it does not, which the person is told. */
  async find({ uri, id, fix, title }: FixTarget, signal: AbortSignal): Promise<ChosenFix | undefined> {
    const file = goFilePath(uri);
    const analyzed = file === undefined ? undefined : await this.#options.current(file, signal);
    const site = analyzed?.sites.find((each) => each.id === id && each.file === file);
    if (analyzed === undefined || site === undefined) {
      this.#warn(changedText());
      return undefined;
    }
    const { offers, rejections } = await this.#options.offers.of(site, analyzed, signal);
    const offer = offers.find(({ proposal }) => proposal.fix === fix && proposal.title === title);
    if (offer !== undefined) return { offer, analyzed };
    if (signal.aborted) return undefined;
    const rejection = rejections.find((each) => each.fix === fix);
    // What the present text says may be another fix of the kind than the one that was chosen.
    this.#warn(
      rejection === undefined
        ? changedText()
        : l10n.t("The fix does not hold. {0}", rejectionReason(rejection)),
    );
    return undefined;
  }

  #warn(message: string): void {
    showMessage(this.#connection, "warning", message);
  }
}

/** What is said where the fix that was chosen is no longer there. */
export function changedText(): string {
  return l10n.t("The text has changed since. Open the menu once more.");
}

/** What pages say of a fix that is only tried. */
export function triedFix(offer: Offer): TriedFix {
  const { file, range, function: name } = offer.site;
  return {
    title: offerTitle(offer),
    place: `${path.basename(file)}:${range.start.line + 1}`,
    function: name,
  };
}
