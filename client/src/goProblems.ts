/** What keeps Go code from being analyzed and can be mended by a click: one message, with that click. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import { commands, env, Uri, window } from "vscode";
import type { StatusParams, StatusProblem, StatusProblemCode } from "../../server/src/protocol.js";
import { displayName, extensionId } from "./identifiers.js";

interface Remedy {
  readonly title: string;
  /** `folder` is that of the document. */
  run(folder: string): unknown;
}

/** Says each kind of problem once while the window is open: the language status goes on saying it. */
export class GoProblems {
  readonly #said = new Set<StatusProblemCode>();

  /** Takes in what the server says of one document. */
  update({ uri, problem, phase }: StatusParams): void {
    if (problem === null || phase !== "idle" || this.#said.has(problem.code)) return;
    const remedies = remediesOf(problem);
    if (remedies.length === 0) return;
    this.#said.add(problem.code);
    void offer(problem.message, remedies, path.dirname(Uri.parse(uri).fsPath));
  }
}

async function offer(message: string, remedies: readonly Remedy[], folder: string): Promise<void> {
  const titles = remedies.map(({ title }) => title);
  const answer = await window.showWarningMessage(`${displayName}: ${message}`, ...titles);
  await remedies.find(({ title }) => title === answer)?.run(folder);
}

function remediesOf({ code, message }: StatusProblem): Remedy[] {
  switch (code) {
    case "no-go":
      return [download, setPath];
    case "old-go":
      return [download];
    case "toolchain":
      return [inTerminal("go version")];
    case "missing-module":
      // The message names the command where go.mod itself lacks the module; of an import path nothing else goes into a shell.
      return [inTerminal(/`(go get [\w.~/-]+)`/.exec(message)?.[1] ?? "go mod download")];
    default:
      return [];
  }
}

const download: Remedy = {
  get title() {
    return l10n.t("Get Go");
  },
  run: () => env.openExternal(Uri.parse("https://go.dev/dl/")),
};

const setPath: Remedy = {
  get title() {
    return l10n.t("Open Settings");
  },
  run() {
    // A path is of a machine: beside a remote one the person's own settings do not have it.
    const settings = env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
    return commands.executeCommand(`workbench.action.${settings}`, { query: `${extensionId}.go.path` });
  },
};

/** The person's own shell, environment and network: nothing is downloaded unless they see it. */
function inTerminal(command: string): Remedy {
  return {
    title: l10n.t("Run `{0}`", command),
    run(folder) {
      const terminal = window.createTerminal({ name: displayName, cwd: folder });
      terminal.show();
      terminal.sendText(command);
    },
  };
}
