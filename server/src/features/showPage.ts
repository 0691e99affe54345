/** Pages for people, opened in the editor as documents. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Connection } from "vscode-languageserver/node";
import { fileUri } from "../documents.js";
import { createTemporaryFolder } from "../go/temporary.js";

/**
 * Opens a Markdown text from a temporary folder, which goes when the server ends. For clients that can open a document
 * that the server names (LSP 3.16, window/showDocument).
 *
 * @param name The file's name without its extension.
 * @returns Whether the client shows it.
 */
export async function showPage(
  connection: Connection,
  name: string,
  text: string,
  takeFocus: boolean,
): Promise<boolean> {
  const file = path.join(await createTemporaryFolder("page"), `${name}.md`);
  await writeFile(file, text);
  return (await connection.window.showDocument({ uri: fileUri(file), takeFocus })).success;
}
