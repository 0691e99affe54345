import type { Connection } from "vscode-languageserver/node";
import type { Capabilities } from "./capabilities.js";
import { settingsSection } from "./protocol.js";
import { defaultSettings, parseSettings, type Settings } from "./settings.js";

/** Settings by scope (a folder or document URI), pulled from the client once and kept until they change. */
export class SettingsStore {
  readonly #connection: Connection;
  readonly #capabilities: Capabilities;
  readonly #byScope = new Map<string, Promise<Settings>>();

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

  /** Forgets everything pulled: the client said that settings changed. */
  clear(): void {
    this.#byScope.clear();
  }

  async #pull(scopeUri: string): Promise<Settings> {
    if (!this.#capabilities.configuration) return defaultSettings;
    try {
      const [own, go] = (await this.#connection.workspace.getConfiguration([
        { scopeUri, section: settingsSection },
        { scopeUri, section: "go" },
      ])) as unknown[];
      const { settings, problems } = parseSettings(own, go);
      for (const problem of problems) this.#connection.console.warn(`Setting ignored: ${problem}`);
      return settings;
    } catch (error) {
      this.#connection.console.error(
        `The settings could not be read, so the defaults are used: ${String(error)}`,
      );
      return defaultSettings;
    }
  }
}
