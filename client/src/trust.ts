import { type Disposable, workspace } from "vscode";
import type { LanguageServer } from "./languageServer.js";

/**
 * Tells the running server when the person comes to trust the workspace: until then it starts no process. Trust is never
 * taken back without a reload of the window (VS Code API, workspace.onDidGrantWorkspaceTrust).
 */
export function announceTrust(server: LanguageServer): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => void server.grantTrust());
}
