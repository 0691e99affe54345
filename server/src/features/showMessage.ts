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
