/** The messages beyond LSP's own, and their plain data. The one file of the server that the client imports. */
import type { GoProblemCode } from "./go/problems.js";

/** Server → client, after each step of an analysis. The status item and the tests wait for it. */
export const statusMethod = "goEscapeLens/status";

/**
 * sites: places are known and published; flows: the ways to the heap too; evidence: the allocator calls too;
 * verdicts: the fixes have been checked; idle: nothing more will come without an edit.
 * working: an analysis has begun.
 */
export type StatusPhase = "working" | "sites" | "flows" | "evidence" | "verdicts" | "idle";

export interface StatusParams {
  /** The document that this is about. */
  readonly uri: string;
  /** The document version that the results belong to; null when the file is not open. */
  readonly version: number | null;
  readonly phase: StatusPhase;
  /** Why there is nothing to show, or nothing newer; null when results are current. */
  readonly problem: StatusProblem | null;
  /** Sites of this document that are published, and all that are known. */
  readonly shown: number;
  readonly known: number;
  /** `go1.26.8`; null before Go was found. */
  readonly go: string | null;
  /** `linux/amd64`. */
  readonly target: string | null;
  /** Profile-guided optimisation as in the build: the profile's path, or null when off or without one. */
  readonly pgo: string | null;
  readonly package: string | null;
  /** When the last good analysis ended, milliseconds since 1970, and how long it took; null before the first one. */
  readonly finishedAt: number | null;
  readonly milliseconds: number | null;
}

/** The go command's problems (go/problems.ts), and two of the editor's own. */
export type StatusProblemCode = GoProblemCode | "untrusted" | "manual";

export interface StatusProblem {
  readonly code: StatusProblemCode;
  /** One sentence for a person, with what to do about it. */
  readonly message: string;
  /** More, such as the compiler's own words; may be empty. */
  readonly detail: string;
  /** True when older results stay on screen, marked stale. */
  readonly stale: boolean;
}

/** What the client hands over at `initialize`, beside LSP's own parameters. */
export interface InitializationOptions {
  /** False in an untrusted workspace: the server then starts no process. Absent means trusted. */
  readonly trusted?: boolean;
  /**
   * True where the editor's own hover shows a diagnostic with its related information, as that of VS Code does: ours then
   * leaves out what stands there. Absent means false.
   */
  readonly diagnosticsInHover?: boolean;
}

/** What a code action carries beside its edit (LSP 3.17, CodeAction.data). */
export interface CodeActionData {
  /** Id of the site. */
  readonly id: string;
  /** Code of the fix (fixes/fix.ts, FixId). */
  readonly fix: string;
  /** What may behave differently, for a client that asks in its own way; null where nothing can. */
  readonly behaviour: string | null;
}

/** Client → server: the person has come to trust the workspace. */
export const trustGrantedMethod = "goEscapeLens/trustGranted";

/** Commands that the server runs (workspace/executeCommand). */
export const serverCommands = {
  /** Arguments: [uri]. Analyses the package of the document now. */
  analyzePackage: "goEscapeLens.server.analyzePackage",
  /** No arguments. Analyses all packages of the workspace folders. */
  analyzeWorkspace: "goEscapeLens.server.analyzeWorkspace",
} as const;

/** Section of all settings: `goEscapeLens.…`. */
export const settingsSection = "goEscapeLens";
