/** Go as it is set up for folders, by the settings that concern it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { stateOf } from "../go/fileState.js";
import { type GoSetup, setUpGo } from "../go/goSetup.js";
import { generalProblem, type GoProblem } from "../go/problems.js";
import { createTemporaryFolder } from "../go/temporary.js";
import { findGo, type GoSearchResult } from "../go/toolchain.js";

/** The settings that decide how a package is built. */
export interface BuildOptions {
  /** Path of the go command as the person wrote it; empty to search for it. */
  readonly path: string;
  /** `go.alternateTools.go` and `go.goroot` of the Go extension; empty when unset. */
  readonly alternateGo: string;
  readonly goroot: string;
  readonly buildFlags: readonly string[];
  readonly buildTags: string;
  readonly env: Readonly<Record<string, string>>;
  readonly pgo: "auto" | "off";
}

type SetupAnswer = { readonly setup: GoSetup } | { readonly problem: GoProblem };

interface Entry {
  readonly answer: Promise<SetupAnswer>;
  /** By absolute path, the state of the go command before it was asked, and of the file that `go env -w` writes. */
  readonly states: Map<string, string>;
}

/** Go is set up for a folder once, until something that it depends on changes. */
export class GoSetups {
  readonly #setups = new Map<string, Entry>();
  #temporaryFolder: string | undefined;

  /** Finds go and asks it about a folder. `root` and `workspaceFolders` are absolute. */
  async of(root: string, options: BuildOptions, workspaceFolders: readonly string[]): Promise<SetupAnswer> {
    const key = JSON.stringify([root, options, workspaceFolders]);
    const known = this.#setups.get(key);
    if (known !== undefined && (await isCurrent(known))) return known.answer;
    const states = new Map<string, string>();
    const watch = (file: string) => {
      states.set(file, stateOf(file));
    };
    const entry: Entry = { answer: this.#setUp(root, options, workspaceFolders, watch), states };
    this.#setups.set(key, entry);
    // Only what went well is kept: a person who installs Go or mends go.mod is not to restart anything.
    const forget = () => {
      if (this.#setups.get(key) === entry) this.#setups.delete(key);
    };
    entry.answer.then((answer) => {
      if ("problem" in answer) forget();
      else if (path.isAbsolute(answer.setup.info.goenv)) watch(answer.setup.info.goenv);
    }, forget);
    return entry.answer;
  }

  /** Forgets everything: settings, go.mod, go.work or the toolchain changed. */
  clear(): void {
    this.#setups.clear();
  }

  async #setUp(
    root: string,
    options: BuildOptions,
    workspaceFolders: readonly string[],
    onFound: (go: string) => void,
  ): Promise<SetupAnswer> {
    const env = { ...process.env, ...options.env };
    const search = {
      configured: options.path,
      alternate: options.alternateGo,
      goroot: options.goroot,
      workspaceFolders,
      env,
    };
    const found = await findGo(search);
    if ("failure" in found) return { problem: noGo(found) };
    onFound(found.found.file);
    const temporaryFolder = this.#folder();
    const sources = { base: process.env, settings: options.env, temporaryFolder };
    const build = { buildFlags: options.buildFlags, tags: options.buildTags, pgo: options.pgo };
    // Several requests wait for one setup, so that none of them may cancel it; it has a time limit of its own.
    return setUpGo({ go: found.found.file, root, sources, build }, new AbortController().signal);
  }

  /** One that could not be made, or that somebody has removed, is made anew. */
  #folder(): string {
    if (this.#temporaryFolder === undefined || !existsSync(this.#temporaryFolder))
      this.#temporaryFolder = createTemporaryFolder("go");
    return this.#temporaryFolder;
  }
}

/** Whether the go command and its settings are those that were asked, and what it was given for its work is still there. */
async function isCurrent({ states, answer }: Entry): Promise<boolean> {
  for (const [file, state] of states) if (stateOf(file) !== state) return false;
  const known = await answer.catch(() => undefined);
  if (known === undefined || "problem" in known) return true;
  const { GOWORK: workFile } = known.setup.env;
  return workFile === undefined || workFile === "off" || existsSync(workFile);
}

/** The first line says what is wrong with the setting, where one is used; the others name the places. */
function noGo({ failure, searched }: Exclude<GoSearchResult, { found: unknown }>): GoProblem {
  const places = searched.map((candidate) => candidate.file);
  const faults = {
    "not-found": "no go command in these places:",
    "configured-missing": "the settings name no executable file:",
    "configured-relative": "the settings name a relative path:",
    "configured-in-workspace": "the settings name a file inside the workspace:",
  };
  return generalProblem("no-go", [faults[failure], ...places].join("\n"));
}

export interface SetupDescription {
  /** `go1.26.8`. */
  readonly go: string;
  /** Minor of Go's version; that of an unreadable version is taken for the newest. */
  readonly goMinor: number;
  /** `linux/amd64`. */
  readonly target: string;
}

/** What people are told about a setup. */
export function describeSetup({ info }: GoSetup): SetupDescription {
  return {
    go: info.versionText,
    goMinor: info.version?.minor ?? Number.MAX_SAFE_INTEGER,
    target: `${info.goos}/${info.goarch}`,
  };
}
