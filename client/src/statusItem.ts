import * as l10n from "@vscode/l10n";
import { Disposable, env, languages, LanguageStatusSeverity, Uri, window, workspace } from "vscode";
import type { StatusParams } from "../../server/src/protocol.js";
import { commandIds, displayName, extensionId, goFiles } from "./identifiers.js";
import { type ServerState, statusView, type StatusView } from "./statusText.js";

/** The entry in the language status (`{}` in the status bar): what is known of the file in the active editor. */
export class StatusItem implements Disposable {
  readonly #item = languages.createLanguageStatusItem(`${extensionId}.status`, [...goFiles]);
  readonly #byUri = new Map<string, StatusParams>();
  readonly #subscriptions: Disposable;
  #server: ServerState = "starting";

  constructor() {
    this.#item.name = displayName;
    this.#item.command = { command: commandIds.showOutput, title: l10n.t("Output") };
    this.#subscriptions = Disposable.from(
      this.#item,
      window.onDidChangeActiveTextEditor(() => {
        this.#show();
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#byUri.delete(uri.toString())),
    );
    this.#show();
  }

  /** The server's last word on the active document; undefined where there is none. */
  get current(): StatusParams | undefined {
    const uri = window.activeTextEditor?.document.uri.toString();
    return uri === undefined ? undefined : this.#byUri.get(uri);
  }

  /** Takes in what the server says of one document. */
  update(status: StatusParams): void {
    this.#byUri.set(uriKey(status.uri), status);
    this.#show();
  }

  /** A server that starts anew knows nothing of what the last one said. */
  serverState(state: ServerState): void {
    this.#server = state;
    if (state !== "running") this.#byUri.clear();
    this.#show();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const { text, detail, severity, busy } = statusView(this.#server, this.current, formatTime);
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.severity = severities[severity];
    this.#item.busy = busy;
  }
}

const severities: Readonly<Record<StatusView["severity"], LanguageStatusSeverity>> = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
};

/** The server may write a URI in another way than VS Code does (drive letters, percent signs): one spelling for both. */
function uriKey(uri: string): string {
  return Uri.parse(uri).toString();
}

function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString(env.language, { timeStyle: "short" });
}
