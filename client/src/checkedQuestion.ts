/** Has the server check a fix that asks first, before the person is asked. */
// Types alone: the library is loaded behind the activation (languageClient.ts).
import type { CodeAction, LanguageClient } from "vscode-languageclient/node";
import type { Question, Unchecked } from "./confirmation.js";

/**
 * Asks for the action's edit (LSP 3.16, codeAction/resolve), which the server makes once the compiler has agreed. Undefined
 * where it has not: the server says why in a message. Throws when the server cannot be asked.
 */
export async function checkedQuestion(
  client: LanguageClient,
  { title, data }: Unchecked,
): Promise<Question | undefined> {
  const { edit } = await client.sendRequest<CodeAction>("codeAction/resolve", { title, data });
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (edit === undefined || converted === undefined) return undefined;
  const [annotation] = Object.values(edit.changeAnnotations ?? {});
  return {
    edit: converted,
    title: annotation?.label ?? title,
    behavior: annotation?.description ?? data.behaviour ?? "",
  };
}
