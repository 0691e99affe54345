/** What the language status item says, from what the server said. No VS Code in here. */
import * as l10n from "@vscode/l10n";
import type { StatusParams, StatusProblemCode } from "../../server/src/protocol.js";

export type ServerState = "starting" | "running" | "stopped";

export interface StatusView {
  readonly text: string;
  /** A second, quieter line; may be empty. */
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
}

/** Problems that are a choice or a fact of the file: nothing for the person to repair. */
const harmless: ReadonlySet<StatusProblemCode> = new Set([
  "untrusted",
  "not-in-workspace",
  "excluded",
  "manual",
]);

/**
 * The view of one document. `status` is the server's last word on it, undefined where it has said nothing yet;
 * `formatTime` turns milliseconds since 1970 into a time of day.
 */
export function statusView(
  state: ServerState,
  status: StatusParams | undefined,
  formatTime: (milliseconds: number) => string,
): StatusView {
  if (state === "stopped")
    return view(l10n.t("Escape: the language server is not running"), "", "error", false);
  if (state === "starting") return view(l10n.t("Escape: starting"), "", "information", true);
  if (status === undefined)
    return view(l10n.t("Escape: waiting for the first analysis"), "", "information", false);
  const busy = status.phase !== "idle";
  const { problem } = status;
  const known = facts(status, formatTime);
  if (problem === null) return view(counts(status), known, "information", busy);
  const severity = harmless.has(problem.code) ? "information" : "warning";
  const older = problem.stale ? l10n.t("Older results stay on screen") : "";
  const detail = [problem.detail.split("\n", 1)[0], older, known].filter(Boolean).join(" · ");
  return view(problem.message, detail, severity, busy);
}

function view(text: string, detail: string, severity: StatusView["severity"], busy: boolean): StatusView {
  return { text, detail, severity, busy };
}

function counts({ finishedAt, shown, known }: StatusParams): string {
  if (finishedAt === null) return l10n.t("Escape: analyzing");
  if (known === 0) return l10n.t("Escape: nothing goes to the heap here");
  return l10n.t("Escape: {0} of {1} heap sites shown", shown, known);
}

/** Toolchain, target, profile, and when and how fast: whatever is known. */
function facts(status: StatusParams, formatTime: (milliseconds: number) => string): string {
  const { go, target, pgo, finishedAt, milliseconds } = status;
  const build = [go, target].filter((part) => part !== null).join(" ");
  const run = [
    finishedAt === null ? null : formatTime(finishedAt),
    milliseconds === null ? null : l10n.t("{0} ms", Math.round(milliseconds)),
  ].filter((part) => part !== null);
  return [build, pgo === null ? "" : l10n.t("profile {0}", pgo), run.join(", ")].filter(Boolean).join(" · ");
}
