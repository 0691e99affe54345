import * as l10n from "@vscode/l10n";
import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver/node";
import { withoutLinks } from "../protocol.js";

/**
 * Tells the person something that needs no answer (LSP 3.17, window/showMessage). The connection's own functions of that
 * name send a request, for which some editors stop the person.
 */
export function showMessage(connection: Connection, kind: "information" | "warning", message: string): void {
  const type = kind === "warning" ? MessageType.Warning : MessageType.Info;
  void connection.sendNotification(ShowMessageNotification.type, { type, message: withoutLinks(message) });
}

/** Lines of a program's output that a message has room for. */
const outputLines = 8;

/** Says of a test or benchmark that it has failed, with the end of what it wrote. */
export function failureWords(name: string, output: string): string {
  return [l10n.t("{0} has failed.", name), ...output.split("\n").slice(-outputLines)].join("\n");
}
