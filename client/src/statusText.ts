/** What the language status item says, from what the server said. No VS Code in here. */
import * as l10n from "@vscode/l10n";
import type { StatusParams, StatusProblem, StatusProblemCode } from "../../server/src/protocol.js";

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
  "canceled",
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
  const { problem, notes } = status;
  const known = facts(status, formatTime);
  if (problem === null)
    return view(counts(status), [...notes, known].filter(Boolean).join(" · "), "information", busy);
  const severity = harmless.has(problem.code) ? "information" : "warning";
  const older = problem.stale ? l10n.t("Older results stay on screen") : "";
  const detail = [briefly(problem), older, ...notes, known].filter(Boolean).join(" · ");
  return view(problemNames[problem.code](), detail, severity, busy);
}

/** The language status has one line, of which a person sees some 70 characters: what is wrong in few words comes first. */
const problemNames: Readonly<Record<StatusProblemCode, () => string>> = {
  "no-go": () => l10n.t("Escape: no go command"),
  "old-go": () => l10n.t("Escape: Go is too old"),
  toolchain: () => l10n.t("Escape: the Go toolchain is missing"),
  "no-module": () => l10n.t("Escape: in no module"),
  "not-in-workspace": () => l10n.t("Escape: in no open module"),
  "missing-module": () => l10n.t("Escape: a module is missing"),
  "module-files": () => l10n.t("Escape: go.mod cannot be used"),
  "import-cycle": () => l10n.t("Escape: import cycle"),
  excluded: () => l10n.t("Escape: excluded by build constraints"),
  "does-not-compile": () => l10n.t("Escape: does not compile"),
  "go-failed": () => l10n.t("Escape: the go command failed"),
  untrusted: () => l10n.t("Escape: workspace not trusted"),
  manual: () => l10n.t("Escape: on request only"),
  canceled: () => l10n.t("Escape: canceled"),
  "too-large": () => l10n.t("Escape: file too large"),
};

/** Where the go command's words are the news, their first line stands for the sentence around it. */
function briefly({ code, message, detail }: StatusProblem): string {
  const [said = ""] = detail.split("\n", 1);
  return said !== "" && (code === "does-not-compile" || code === "go-failed") ? said : message;
}

/** The problem in full, for the output: the language status cuts it. */
export function problemText({ message, detail }: StatusProblem): string {
  return detail === "" || message.includes(detail) ? message : `${message}\n${detail}`;
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
