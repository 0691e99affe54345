import * as l10n from "@vscode/l10n";
import { ProgressLocation, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { type Asked, type Builds, buildsMethod, compareMethod } from "../../../server/src/protocol.js";
import type { LanguageServer } from "../languageServer.js";
import type { ExplanationDocuments } from "./explanationDocuments.js";
import { goEditor } from "./goEditor.js";
import { showAnswer } from "./showAnswer.js";

/** Asks for another build, and opens what the function at the cursor does under both. Rejects as the requests do. */
export async function compareBuilds(
  server: Pick<LanguageServer, "request">,
  documents: Pick<ExplanationDocuments, "show">,
): Promise<void> {
  const editor = await goEditor();
  if (editor === undefined) return;
  const { document, selection } = editor;
  const textDocument = { uri: document.uri.toString() };
  const builds = await server.request<Builds | null>(buildsMethod, { textDocument });
  if (builds === null) {
    await window.showWarningMessage(l10n.t("Go cannot be used here: the language status says why."));
    return;
  }
  const build = await pickBuild(builds);
  if (build === undefined) return;
  const asked = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Compiling with {0}", build.label),
      cancellable: true,
    },
    (_progress, token) =>
      server
        .request<Asked | null>(
          compareMethod,
          { textDocument, position: selection.active, version: build.version, target: build.target },
          token,
        )
        .catch((error: unknown) => {
          if (token.isCancellationRequested) return undefined;
          throw error;
        }),
  );
  if (asked === undefined) return;
  await showAnswer(asked, l10n.t("Put the cursor in a function first."), documents, document.uri);
}

interface BuildItem extends QuickPickItem {
  readonly version: string | null;
  readonly target: string | null;
}

async function pickBuild({ go, target, versions, targets }: Builds): Promise<BuildItem | undefined> {
  const heading = (label: string): BuildItem => ({
    label,
    kind: QuickPickItemKind.Separator,
    version: null,
    target: null,
  });
  const items = [
    heading(l10n.t("installed versions of Go")),
    ...versions.map((version) => ({ label: version, version, target: null })),
    heading(l10n.t("targets")),
    ...targets.map((each) => ({ label: each, version: null, target: each })),
  ];
  return await window.showQuickPick(items, {
    title: l10n.t("Compare the Function Under Another Build"),
    placeHolder: l10n.t("Now: {0} {1}", go, target),
  });
}
