/** The sample that the walkthrough opens: a copy of the one in the extension, so that a person may edit it. */
import {
  commands,
  type ExtensionContext,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from "vscode";
import { walkthroughId } from "./identifiers.js";

/** The file to look at first. */
const firstFile = ["internal", "report", "daily.go"];

/** What the cursor is put on, so that it can be explained at once. */
const firstSite = "append(";

/** Tells the window of the sample that it is one; package.json's activation events name it. */
const marker = ".escape-lens-sample";

/** Set while the sample's window is on its way. */
const openingKey = "sample.opening";

type Context = Pick<ExtensionContext, "extensionUri" | "globalStorageUri" | "globalState" | "extension">;

/** Copies the sample anew and opens it: in this window where nothing is open in it, else in another. */
export async function openSample(context: Context): Promise<void> {
  const folder = sampleFolder(context);
  await workspace.fs.copy(Uri.joinPath(context.extensionUri, "test", "sample"), folder, { overwrite: true });
  await workspace.fs.writeFile(Uri.joinPath(folder, marker), new Uint8Array());
  if (isOpen(folder)) {
    await showFirstFile(folder);
    return;
  }
  await context.globalState.update(openingKey, true);
  const forceNewWindow = workspace.workspaceFolders !== undefined;
  await commands.executeCommand("vscode.openFolder", folder, { forceNewWindow });
}

/** In the window that `openSample` opened, shows the first file and the walkthrough beside it; elsewhere does nothing. */
export async function continueSample(context: Context): Promise<void> {
  const folder = sampleFolder(context);
  if (!isOpen(folder) || context.globalState.get(openingKey) !== true) return;
  await context.globalState.update(openingKey, undefined);
  await showFirstFile(folder);
  await showWalkthrough(context, true);
}

/** Opens the walkthrough; `toSide` leaves the active editor in view. */
export async function showWalkthrough(
  { extension }: Pick<Context, "extension">,
  toSide: boolean,
): Promise<void> {
  const category = `${extension.id}#${walkthroughId}`;
  await commands.executeCommand("workbench.action.openWalkthrough", { category }, toSide);
}

function sampleFolder({ globalStorageUri }: Context): Uri {
  return Uri.joinPath(globalStorageUri, "sample");
}

function isOpen(folder: Uri): boolean {
  return workspace.workspaceFolders?.some(({ uri }) => uri.toString() === folder.toString()) === true;
}

async function showFirstFile(folder: Uri): Promise<void> {
  const editor = await window.showTextDocument(Uri.joinPath(folder, ...firstFile));
  const { document } = editor;
  const place = document.positionAt(document.getText().indexOf(firstSite));
  editor.selection = new Selection(place, place);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
