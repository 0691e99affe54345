/** Registration for what a client tells only when it is asked to: changed settings, build files and folders. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver/node";
import type { Capabilities } from "./capabilities.js";
import { settingsSection } from "./protocol.js";

const watched = ["**/*.go", "**/go.mod", "**/go.work", "**/go.sum", "**/vendor/modules.txt"];

/** Asks to be told, where the client knows how (LSP §Register Capability). To be called once it is initialized. */
export async function registerClientEvents(
  { client, workspace }: Connection,
  capabilities: Capabilities,
  onFolders: (event: WorkspaceFoldersChangeEvent) => void,
): Promise<void> {
  if (capabilities.configurationChanges) {
    await client.register(DidChangeConfigurationNotification.type, { section: [settingsSection, "go"] });
  }
  if (capabilities.watchedFiles) {
    const watchers = watched.map((globPattern) => ({ globPattern }));
    await client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
  if (capabilities.workspaceFolders) workspace.onDidChangeWorkspaceFolders(onFolders);
}
