/** The menu's entries that fix more than one site. */
import * as l10n from "@vscode/l10n";
import { CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import type { Site } from "../analysis/site.js";
import { isOfKind } from "../fixAll/wanted.js";
import { fixName } from "../fixes/effect.js";
import type { FixId } from "../fixes/fix.js";
import type { Offer } from "../fixes/offers.js";
import { fixes, mayHaveFixes } from "../fixes/proposals.js";
import type { CodeActionMenu } from "./codeActionMenu.js";

/**
 * The kind that settings name to have everything preferred fixed on save (`editor.codeActionsOnSave`). Not below
 * `source.fixAll`, which many have on for other tools.
 */
export const fixAllKind = "source.escapeLens.fixAll";

/** Whether the client names the kind or one that it belongs to; only then, as the entry has nothing to do with the cursor. */
export function asksForFixAll({ context }: CodeActionParams): boolean {
  return context.only?.some((kind) => kind !== "" && `${fixAllKind}.`.startsWith(`${kind}.`)) === true;
}

/** Everything preferred in the file; `analyzed` is undefined where the analysis has yet to come. */
export function addFixAll(menu: CodeActionMenu, uri: string, analyzed: AnalyzedPackage | undefined): void {
  if (analyzed !== undefined && !analyzed.sites.some(mayHaveFixes)) return;
  menu.fixAll(l10n.t("Fix all heap escapes in this file"), { uri, scope: "file", kind: null }, fixAllKind);
}

/** One kind of fix in file and package, beside a fix of that kind, where there may be more of it. */
export function addFixAllOfKinds(
  menu: CodeActionMenu,
  uri: string,
  file: string,
  offers: readonly Offer[],
  { sites }: AnalyzedPackage,
): void {
  const kinds = new Set(
    offers.filter(({ proposal }) => isOfKind(proposal.fix)(proposal)).map(({ proposal }) => proposal.fix),
  );
  for (const kind of kinds) {
    const all = sites.filter((site) => mayFix(kind, site));
    const here = all.filter((site) => site.file === file);
    const name = fixName(kind);
    if (here.length > 1)
      menu.fixAll(
        l10n.t("Fix all of this kind in the file: {0}", name),
        { uri, scope: "file", kind },
        CodeActionKind.QuickFix,
      );
    if (all.length > here.length)
      menu.fixAll(
        l10n.t("Fix all of this kind in the package: {0}", name),
        { uri, scope: "package", kind },
        CodeActionKind.QuickFix,
      );
  }
}

/** Whether a fix may have something to say about a site of the person's own code. */
export function mayFix(kind: FixId, site: Site): boolean {
  if (site.context === "generated" || site.inlinedFrom !== null) return false;
  return fixes.some((fix) => fix.id === kind && fix.appliesTo(site));
}
