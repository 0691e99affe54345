import { type LogOutputChannel, window } from "vscode";
import { displayName } from "./identifiers.js";

/** Where the person reads what the server says, and, in a channel of its own, the protocol's traffic. */
export interface Output {
  readonly log: LogOutputChannel;
  readonly trace: LogOutputChannel;
  dispose(): void;
}

/** Makes both channels; the level of each is set by VS Code's "Developer: Set Log Level". */
export function createOutput(): Output {
  const log = window.createOutputChannel(displayName, { log: true });
  const trace = window.createOutputChannel(`${displayName} Trace`, { log: true });
  return {
    log,
    trace,
    dispose: () => {
      log.dispose();
      trace.dispose();
    },
  };
}
