/** What a command has of the process that it runs in. */
export interface Session {
  /** Fires when the person interrupts. */
  readonly signal: AbortSignal;
  /** To be awaited before packages are analyzed. It loads what a command that finds all in its kept results never needs. */
  readonly prepare: () => Promise<void>;
}
