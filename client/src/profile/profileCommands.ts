/** Commands about memory profiles. */
import * as l10n from "@vscode/l10n";
import { type QuickPickItem, type Uri, window, workspace } from "vscode";
import { type ProfileTarget, serverCommands, type TestTarget } from "../../../server/src/protocol.js";
import { commandIds } from "../identifiers.js";
import type { LanguageServer } from "../languageServer.js";

type Executes = Pick<LanguageServer, "execute">;

/** The commands by id. */
export function profileCommands(server: Executes) {
  return {
    [commandIds.loadProfile]: (target?: ProfileTarget) => loadProfile(server, target),
    [commandIds.takeProfile]: () => takeProfile(server),
    [commandIds.showProfile]: () => server.execute(serverCommands.showProfile, []),
    [commandIds.clearProfile]: () => server.execute(serverCommands.clearProfile, []),
  };
}

interface Choice extends QuickPickItem {
  readonly choose: () => Promise<ProfileTarget | undefined>;
}

/** Asks where the profile is, unless whoever calls says so. */
async function loadProfile(server: Executes, given?: ProfileTarget): Promise<void> {
  const target = given ?? (await ask());
  if (target !== undefined) await server.execute(serverCommands.loadProfile, [target]);
}

async function ask(): Promise<ProfileTarget | undefined> {
  const choices: readonly Choice[] = [
    {
      label: l10n.t("From Files…"),
      detail: l10n.t("Heap or allocs profiles, packed or not; several are added up"),
      choose: () => fromFiles("alloc"),
    },
    {
      label: l10n.t("From a Running Server…"),
      detail: l10n.t("The address of net/http/pprof, such as http://localhost:6060/debug/pprof/allocs"),
      choose: fromServer,
    },
    {
      label: l10n.t("Compare Two…"),
      detail: l10n.t("First the profiles of before, then those of now"),
      choose: compared,
    },
    {
      label: l10n.t("From Files, What Is in Use…"),
      detail: l10n.t(
        "What was still in use when the profile was taken, in the place of all that was allocated",
      ),
      choose: () => fromFiles("inuse"),
    },
  ];
  const title = l10n.t("Load a memory profile");
  return (await window.showQuickPick(choices, { title, matchOnDetail: true }))?.choose();
}

async function fromFiles(metric: ProfileTarget["metric"]): Promise<ProfileTarget | undefined> {
  const sources = await pickFiles(l10n.t("Memory profiles"));
  return sources && { sources, before: [], metric };
}

async function compared(): Promise<ProfileTarget | undefined> {
  const before = await pickFiles(l10n.t("Memory profiles of before"));
  const sources = before && (await pickFiles(l10n.t("Memory profiles of now")));
  return before && sources && { sources, before, metric: "alloc" };
}

async function fromServer(): Promise<ProfileTarget | undefined> {
  const address = await window.showInputBox({
    title: l10n.t("Address of the profile"),
    value: "http://localhost:6060/debug/pprof/allocs",
    validateInput: (text) =>
      /^https?:\/\/\S+$/i.test(text.trim())
        ? undefined
        : l10n.t("An address that begins with http:// or https://"),
  });
  return address === undefined ? undefined : { sources: [address.trim()], before: [], metric: "alloc" };
}

async function pickFiles(title: string): Promise<string[] | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const files: readonly Uri[] | undefined = await window.showOpenDialog({
    title,
    canSelectMany: true,
    ...(folder !== undefined && { defaultUri: folder }),
  });
  return files === undefined || files.length === 0 ? undefined : files.map(({ fsPath }) => fsPath);
}

async function takeProfile(server: Executes): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== "go") {
    await window.showInformationMessage(
      l10n.t("Put the cursor into a test, benchmark or example first: it is run and profiled."),
    );
    return;
  }
  const target: TestTarget = { uri: editor.document.uri.toString(), line: editor.selection.active.line };
  await server.execute(serverCommands.takeProfile, [target]);
}
