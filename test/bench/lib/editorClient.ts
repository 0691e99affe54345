/**
 * An editor in miniature for any language server: it opens, edits and saves documents, and notes when each notification
 * came. Unlike the tests' client it can drive gopls too, and what does not come in time is a figure, no failure.
 */
import path from "node:path";
import type { InitializeParams, PublishDiagnosticsParams } from "vscode-languageserver-protocol/node";
import { type StatusParams, statusMethod } from "../../../server/src/protocol.js";
import { serverCommand, ServerProcess } from "../../harness/serverProcess.js";
import { count, option } from "./options.js";

/** What came from the server, and when (`performance.now()`). */
export interface Arrival<T> {
  readonly at: number;
  readonly params: T;
}

export interface ClientOptions {
  readonly command: readonly [program: string, ...args: string[]];
  readonly folders: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly initializationOptions?: unknown;
  /** Sections of `workspace/configuration`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Milliseconds after which something counts as not coming at all (`--patience=N`). */
export const patience = count("patience", 60_000);

const capabilities: InitializeParams["capabilities"] = {
  workspace: { configuration: true, workspaceFolders: true },
  window: { workDoneProgress: true },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
      isPreferredSupport: true,
      dataSupport: true,
    },
  },
};

export class EditorClient extends ServerProcess {
  readonly published: Arrival<PublishDiagnosticsParams>[] = [];
  readonly statuses: Arrival<StatusParams>[] = [];
  readonly messages: string[] = [];
  readonly #settings: Readonly<Record<string, unknown>>;

  private constructor({ command, env, settings }: ClientOptions) {
    super(command, env ?? {});
    this.#settings = settings ?? {};
    this.#listen();
  }

  /** Starts a server and shakes hands. */
  static async start(options: ClientOptions): Promise<EditorClient> {
    const client = new EditorClient(options);
    const { initializationOptions } = options;
    await client.initialize(options.folders, { capabilities, initializationOptions });
    return client;
  }

  /** The first publication from `after` on that fits; undefined when none comes within `limit` milliseconds. */
  async publication(
    fits: (params: PublishDiagnosticsParams) => boolean,
    after = 0,
    limit = patience,
  ): Promise<Arrival<PublishDiagnosticsParams> | undefined> {
    return this.until(() => this.published.slice(after).find(({ params }) => fits(params)), limit);
  }

  /** The first status from `after` on that fits; undefined when none comes within `limit` milliseconds. */
  async status(
    fits: (params: StatusParams) => boolean,
    after = 0,
    limit = patience,
  ): Promise<Arrival<StatusParams> | undefined> {
    return this.until(() => this.statuses.slice(after).find(({ params }) => fits(params)), limit);
  }

  /** The analysis of the document's present version is over. */
  async idle(uri: string, after = 0, limit = patience): Promise<Arrival<StatusParams> | undefined> {
    const version = this.version(uri);
    const isOver = (status: StatusParams) =>
      status.uri === uri && status.version === version && status.phase === "idle";
    return this.status(isOver, after, limit);
  }

  /** What is published for the document now. */
  diagnostics(uri: string): PublishDiagnosticsParams["diagnostics"] {
    return this.published.findLast(({ params }) => params.uri === uri)?.params.diagnostics ?? [];
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.note(this.published, { at: performance.now(), params });
    });
    connection.onNotification(statusMethod, (params: StatusParams) => {
      this.note(this.statuses, { at: performance.now(), params });
    });
    for (const method of ["window/logMessage", "window/showMessage"]) {
      connection.onNotification(method, ({ message }: { message: string }) => {
        this.note(this.messages, message);
      });
    }
    connection.onRequest("workspace/configuration", (params: { items: { section?: string }[] }) =>
      params.items.map(({ section }) => this.#settings[section ?? ""] ?? null),
    );
    for (const method of ["client/registerCapability", "window/workDoneProgress/create"]) {
      connection.onRequest(method, () => null);
    }
    connection.onRequest("workspace/diagnostic/refresh", () => null);
    connection.listen();
  }
}

/** Our bundled server (`--server=DIR`, else the checkout's `server/out`) with its default settings. */
export async function startServer(
  folders: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly settings?: unknown } = {},
): Promise<EditorClient> {
  const folder = option("server");
  return EditorClient.start({
    command: serverCommand(folder && path.resolve(folder)),
    folders,
    initializationOptions: { trusted: true },
    settings: { goEscapeLens: options.settings ?? null },
    ...(options.env !== undefined && { env: options.env }),
  });
}
