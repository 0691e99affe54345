/** What can go wrong when a command is run. Cancellation is no failure and has an error of its own. */

/**
 * not-found: there is no such program; not-started: the system refused to start it (folder gone, no permission);
 * failed: it ended with an exit code other than 0 or by a signal that was not ours; timeout and output-limit: it was
 * ended because it went on for too long or wrote too much.
 */
export type CommandFailure = "not-found" | "not-started" | "failed" | "timeout" | "output-limit";

export interface CommandFailureDetails {
  readonly kind: CommandFailure;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Null when the process did not end by itself. */
  readonly exitCode: number | null;
  /** Name of the signal that ended the process (`SIGKILL`), or null. */
  readonly signal: string | null;
  /** The last part of what the command wrote to stderr; may be empty. */
  readonly stderr: string;
}

/** A command that could not be started or did not end well. The message is one line; `stderr` holds the rest. */
export class GoCommandError extends Error implements CommandFailureDetails {
  override readonly name = "GoCommandError";
  readonly kind: CommandFailure;
  readonly command: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;

  constructor(summary: string, details: CommandFailureDetails) {
    super(summary);
    this.kind = details.kind;
    this.command = details.command;
    this.exitCode = details.exitCode;
    this.signal = details.signal;
    this.stderr = details.stderr;
  }
}

/** The work was canceled; everything that it had started is gone. */
export class AbortError extends Error {
  override readonly name = "AbortError";

  constructor() {
    super("The operation was canceled.");
  }
}

/** Says whether an error means cancellation: ours, or the DOMException that Node's own functions throw. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
