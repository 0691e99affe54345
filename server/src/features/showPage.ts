/** Pages for people, opened in the editor as documents. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Connection } from "vscode-languageserver/node";
import type { Capabilities } from "../capabilities.js";
import { fileUri } from "../documents.js";
import { createTemporaryFolder } from "../go/temporary.js";
import { showMessage } from "./showMessage.js";

export interface ShownPage {
  /** The file's name without its extension. */
  readonly name: string;
  /** Markdown. */
  readonly text: string;
  readonly takeFocus: boolean;
  /** What is said in its place where the client opens no documents. */
  readonly sentence: string;
}

/** Opens a page from a temporary folder, which goes when the server ends; says its sentence where the client cannot. */
export async function showPage(
  connection: Connection,
  { showsDocuments }: Pick<Capabilities, "showsDocuments">,
  { name, text, takeFocus, sentence }: ShownPage,
): Promise<void> {
  if (showsDocuments) {
    const file = path.join(createTemporaryFolder("page"), `${name}.md`);
    await writeFile(file, text);
    if ((await connection.window.showDocument({ uri: fileUri(file), takeFocus })).success) return;
  }
  showMessage(connection, "information", sentence);
}
