/** What a report of a bug should say, in English and without paths, names and values that could be secret. No VS Code in here. */
import type { StatusParams } from "../../server/src/protocol.js";

export interface Surroundings {
  readonly extension: string;
  readonly editor: string;
  /** `linux`, and where the extension runs elsewhere than the window, the kind of remote. */
  readonly platform: string;
  readonly remote: string | undefined;
  readonly language: string;
  readonly folders: number;
  readonly isTrusted: boolean;
  /** Settings that are not as they are at first. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the active document; undefined where there is none. */
  readonly status: StatusParams | undefined;
  /** What the server says of itself, as a list, or why it says nothing. */
  readonly server: string;
}

/** The text, as markdown for an issue. */
export function informationText(surroundings: Surroundings): string {
  const { extension, editor, platform, remote, language, folders, isTrusted, server } = surroundings;
  const place = remote === undefined ? platform : `${platform}, remote ${remote}`;
  return [
    "### Go Escape Lens: diagnostic information\n\n",
    `- extension: ${extension}, ${editor}, ${place}, language ${language}\n`,
    `- workspace: ${folders} ${folders === 1 ? "folder" : "folders"}, ${isTrusted ? "trusted" : "not trusted"}\n`,
    server.endsWith("\n") ? server : `- server: ${server}\n`,
    `- file: ${statusWords(surroundings.status)}\n`,
    ...Object.entries(surroundings.settings).map((entry) => `- \`${entry[0]}\`: ${settingWords(entry)}\n`),
  ].join("");
}

function statusWords(status: StatusParams | undefined): string {
  if (status === undefined) return "none that is analyzed";
  const { phase, problem, shown, known, milliseconds, pgo } = status;
  const time = milliseconds === null ? [] : [`${Math.round(milliseconds)} ms`];
  const trouble =
    problem === null ? [] : [`problem ${problem.code}${problem.stale ? ", older results" : ""}`];
  return [
    phase,
    `${shown} of ${known} sites shown`,
    ...time,
    ...trouble,
    pgo === null ? "no profile" : "profile",
  ].join(", ");
}

/** Paths, flags and the environment can name people, machines and secrets. */
function settingWords([name, value]: readonly [string, unknown]): string {
  return name.startsWith("goEscapeLens.go.") ? "set" : `\`${JSON.stringify(value)}\``;
}
