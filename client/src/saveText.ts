import { Uri, window, workspace } from "vscode";

interface SavedText {
  readonly title: string;
  /** The file's name unless the person chooses another one, in the first folder, if there is any. */
  readonly name: string;
  readonly extension: string;
  /** What files with this extension are called. */
  readonly label: string;
}

/** Asks for a file, writes the text there and shows it; the text is made only once there is a file. */
export async function saveText(
  { title, name, extension, label }: SavedText,
  text: () => string | Promise<string>,
): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  const file = await window.showSaveDialog({
    title,
    filters: { [label]: [extension] },
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder.uri, `${name}.${extension}`) }),
  });
  if (file === undefined) return;
  await workspace.fs.writeFile(file, new TextEncoder().encode(await text()));
  await window.showTextDocument(file);
}
