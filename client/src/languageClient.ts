/**
 * The language client of the library: its options, and what of the protocol it leaves to us. A bundle of its own, because
 * the library takes longer to load than all else of the extension, and nothing of the activation needs it.
 */
import { workspace } from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import { type InitializationOptions, serverNodeOptions } from "../../server/src/protocol.js";
import { commandIds, displayName, extensionId, goFiles } from "./identifiers.js";
import type { Output } from "./output.js";
import type { ServerState } from "./statusText.js";

interface ClientOptions {
  /** Absolute path of the bundled server. */
  readonly module: string;
  readonly output: Output;
  readonly middleware: Middleware;
  /** Told when the server has ended by itself. This client is of no more use then. */
  readonly onCrash: () => void;
  readonly onState: (state: ServerState) => void;
}

/** What goes wrong is told by ourselves, once and with a button: the library only logs it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** A client that was not started yet. */
export function createLanguageClient(options: ClientOptions): LanguageClient {
  const execArgv = [...serverNodeOptions];
  const run = { module: options.module, transport: TransportKind.stdio, options: { execArgv } };
  const debug = { ...run, options: { execArgv: [...execArgv, "--nolazy", "--inspect=6009"] } };
  const client = new QuietClient(extensionId, displayName, { run, debug }, clientOptions(options));
  client.onDidChangeState(({ newState }) => {
    options.onState(serverStates[newState]);
  });
  return client;
}

function clientOptions({ output, middleware, onCrash }: ClientOptions): LanguageClientOptions {
  const initializationOptions = (): InitializationOptions => ({
    trusted: workspace.isTrusted,
    diagnosticsInHover: true,
    showsStatus: true,
  });
  return {
    documentSelector: [...goFiles],
    diagnosticCollectionName: extensionId,
    outputChannel: output.log,
    traceOutputChannel: output.trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    initializationFailedHandler: () => false,
    middleware,
    errorHandler: errorHandler(onCrash),
    // Hovers hold text of the compiler and of sources: only these commands may be run from a link in them.
    markdown: { isTrusted: { enabledCommands: [commandIds.analyzePackage, commandIds.showOutput] } },
  };
}

function errorHandler(onCrash: () => void): ErrorHandler {
  return {
    // A broken message is not the end: the connection closes by itself when the server is gone.
    error: (_error, _message, count) => ({
      action: count !== undefined && count > 3 ? ErrorAction.Shutdown : ErrorAction.Continue,
    }),
    // The library's own restart loses its way where the server ends before it has answered the first request.
    closed: () => {
      onCrash();
      return { action: CloseAction.DoNotRestart, handled: true, message: "The server has ended by itself." };
    },
  };
}

const serverStates: Readonly<Record<State, ServerState>> = {
  [State.Starting]: "starting",
  [State.Running]: "running",
  [State.Stopped]: "stopped",
  [State.StartFailed]: "stopped",
};
