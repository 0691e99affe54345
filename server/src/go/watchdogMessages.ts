/** What the server and its watchdog say to each other: a line of JSON for each message. */

/** From the server. */
export type WatchdogRequest =
  /** This process, the leader of its group on POSIX, is to end with the server. */
  | { readonly kind: "guard"; readonly pid: number }
  /** Its whole tree has ended: its number may soon be another's. */
  | { readonly kind: "forget"; readonly pid: number }
  | StartRequest;

/** A process is to be started, and guarded as soon as it runs. */
export interface StartRequest {
  readonly kind: "start";
  /** What answers name it by. */
  readonly id: number;
  /** Absolute paths of a program and of the folder that it runs in. */
  readonly file: string;
  readonly cwd: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute paths of the named pipes that it writes to. */
  readonly stdout: string;
  readonly stderr: string;
}

/** From the watchdog; about a start: that it succeeded and then how it ended, or why it failed. */
export type WatchdogAnswer =
  /** From now on processes can be started. */
  | { readonly kind: "ready" }
  | { readonly kind: "started"; readonly id: number; readonly pid: number }
  | {
      readonly kind: "exited";
      readonly id: number;
      readonly exitCode: number | null;
      readonly signal: string | null;
    }
  | { readonly kind: "failed"; readonly id: number; readonly code: string; readonly message: string };
