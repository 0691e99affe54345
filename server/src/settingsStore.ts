import type { Connection } from "vscode-languageserver/node";
import * as l10n from "@vscode/l10n";
import type { Capabilities } from "./capabilities.js";
import { showMessage } from "./features/showMessage.js";
import { settingsSection } from "./protocol.js";
import { defaultSettings, parseSettings, type Settings } from "./settings.js";

interface Sections {
  readonly [settingsSection]?: unknown;
  readonly go?: unknown;
}

/**
 * Settings by scope (a folder or document URI), pulled from the client once and kept until they change. A client that
 * cannot be asked pushes them, the same for all scopes.
 */
export class SettingsStore {
  readonly #connection: Connection;
  readonly #capabilities: Capabilities;
  readonly #byScope = new Map<string, Promise<Settings>>();
  /** Problems that were told since the settings changed. */
  readonly #told = new Set<string>();
  #pushed: Sections = {};

  constructor(connection: Connection, capabilities: Capabilities) {
    this.#connection = connection;
    this.#capabilities = capabilities;
  }

  /** The settings of a scope; the defaults when the client has no configuration or does not answer. */
  async of(scopeUri: string): Promise<Settings> {
    let settings = this.#byScope.get(scopeUri);
    if (settings === undefined) {
      settings = this.#pull(scopeUri);
      this.#byScope.set(scopeUri, settings);
    }
    return settings;
  }

  /**
   * Forgets everything pulled: the client said that settings changed.
   *
   * @param pushed What it gave with that word (LSP 3.17, didChangeConfiguration): an object of sections, or nothing.
   */
  changed(pushed: unknown): void {
    this.#byScope.clear();
    this.#told.clear();
    if (typeof pushed === "object" && pushed !== null) this.#pushed = pushed;
  }

  async #pull(scopeUri: string): Promise<Settings> {
    if (!this.#capabilities.configuration)
      return this.#parsed(this.#pushed[settingsSection], this.#pushed.go);
    try {
      const [own, go] = (await this.#connection.workspace.getConfiguration([
        { scopeUri, section: settingsSection },
        { scopeUri, section: "go" },
      ])) as unknown[];
      return this.#parsed(own, go);
    } catch (error) {
      this.#connection.console.error(
        `The settings could not be read, so the defaults are used: ${String(error)}`,
      );
      return defaultSettings;
    }
  }

  #parsed(own: unknown, go: unknown): Settings {
    const { settings, problems } = parseSettings(own, go);
    for (const problem of problems) this.#tell(problem);
    return settings;
  }

  /** Each folder and document has the same problem: it is told once, and again once it was changed. */
  #tell(problem: string): void {
    if (this.#told.has(problem)) return;
    this.#told.add(problem);
    showMessage(this.#connection, "warning", l10n.t("Go Escape Lens ignores a setting. {0}", problem));
  }
}
