/** Finds the go command. The search itself only asks a probe, so that the rules of every platform can be tested. */
import { access, constants, readdir, realpath, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { compareVersions, parseGoVersion } from "./goVersion.js";

export interface GoSearch {
  /** The setting of this extension: absolute path or `~/…`; empty when unset. */
  readonly configured: string;
  /** The Go extension's `go.alternateTools.go`: absolute path, `~/…`, or a name that is looked up in PATH. */
  readonly alternate: string;
  /** The Go extension's `go.goroot`. */
  readonly goroot: string;
  /** Absolute folders that are open; nothing inside them is ever used. */
  readonly workspaceFolders: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The machine, as far as the search needs it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Says whether the path is a file that this user may execute. */
  isExecutable(file: string): Promise<boolean>;
  /** The path without symbolic links, or undefined when there is no such file. */
  realPath(file: string): Promise<string | undefined>;
  /** Names in a folder; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}

/** Where a go command was looked for, or found. */
export type GoOrigin = "setting" | "alternateTools" | "goroot" | "path" | "usual-place";

export interface GoCandidate {
  readonly origin: GoOrigin;
  /** As it was tried; for a setting that cannot be used, as it was written. */
  readonly file: string;
}

export type GoSearchFailure =
  /** No place has a go command. */
  | "not-found"
  /** A setting names a file that does not exist or cannot be executed. Another go is not used in its place. */
  | "configured-missing"
  /** A setting names a relative path. */
  | "configured-relative"
  /** A setting names a file inside a workspace folder. */
  | "configured-in-workspace";

export type GoSearchResult =
  | { readonly found: GoCandidate }
  | { readonly failure: GoSearchFailure; readonly searched: readonly GoCandidate[] };

/**
 * Finds the go command: this extension's setting, `go.alternateTools`, `go.goroot`, PATH, the usual places.
 *
 * The path found is absolute. Relative entries of PATH and whatever lies in a workspace folder, symbolic links
 * resolved, are passed over: opening a folder must not decide what is run. The first setting that is not empty decides.
 */
export async function findGo(search: GoSearch, machine: Machine = thisMachine): Promise<GoSearchResult> {
  const finder = new GoFinder(search, machine);
  const { configured, alternate, goroot } = search;
  if (configured !== "") return await finder.useSetting("setting", configured);
  if (alternate !== "") return await finder.useSetting("alternateTools", alternate);
  if (goroot !== "") {
    return await finder.useSetting("goroot", finder.path.join(goroot, "bin", finder.program));
  }
  return await finder.searchPlaces();
}

class GoFinder {
  readonly path: path.PlatformPath;
  readonly program: string;
  readonly #search: GoSearch;
  readonly #machine: Machine;

  constructor(search: GoSearch, machine: Machine) {
    this.#search = search;
    this.#machine = machine;
    this.path = machine.platform === "win32" ? path.win32 : path.posix;
    this.program = machine.platform === "win32" ? "go.exe" : "go";
  }

  async useSetting(origin: GoOrigin, written: string): Promise<GoSearchResult> {
    const value = this.#expandHome(written.trim());
    const isName = !/[\\/]/.test(value);
    if (isName && origin === "alternateTools") return await this.#searchPathFor(value);
    const candidate = { origin, file: value };
    if (!this.path.isAbsolute(value)) return { failure: "configured-relative", searched: [candidate] };
    if (await this.#isInWorkspace(value))
      return { failure: "configured-in-workspace", searched: [candidate] };
    if (await this.#machine.isExecutable(value)) return { found: candidate };
    return { failure: "configured-missing", searched: [candidate] };
  }

  async searchPlaces(): Promise<GoSearchResult> {
    const onPath = this.#pathFolders().map((folder) => this.#candidate("path", folder, this.program));
    const usual = (await this.#usualFolders()).map((folder) =>
      this.#candidate("usual-place", folder, this.program),
    );
    const searched = [...onPath, ...usual];
    const found = await this.#firstUsable(searched);
    return found === undefined ? { failure: "not-found", searched } : { found };
  }

  async #searchPathFor(name: string): Promise<GoSearchResult> {
    const file = this.#machine.platform === "win32" && !/\.exe$/i.test(name) ? `${name}.exe` : name;
    const searched = this.#pathFolders().map((folder) => this.#candidate("alternateTools", folder, file));
    const found = await this.#firstUsable(searched);
    return found === undefined ? { failure: "configured-missing", searched } : { found };
  }

  async #firstUsable(candidates: readonly GoCandidate[]): Promise<GoCandidate | undefined> {
    for (const candidate of candidates) {
      if (!(await this.#machine.isExecutable(candidate.file))) continue;
      if (!(await this.#isInWorkspace(candidate.file))) return candidate;
    }
    return undefined;
  }

  #candidate(origin: GoOrigin, folder: string, program: string): GoCandidate {
    return { origin, file: this.path.join(folder, program) };
  }

  /** Absolute folders of PATH, in order. On Windows the variable's name has any case and entries may be quoted. */
  #pathFolders(): string[] {
    const { env } = this.#search;
    const windows = this.#machine.platform === "win32";
    const name = windows ? Object.keys(env).find((key) => key.toUpperCase() === "PATH") : "PATH";
    const entries = (env[name ?? "PATH"] ?? "").split(this.path.delimiter);
    return entries
      .map((entry) => (windows ? entry.replaceAll('"', "") : entry))
      .filter((entry) => this.#isFullyAbsolute(entry));
  }

  /** On Windows `\bin` is absolute to Node, but belongs to the current drive. */
  #isFullyAbsolute(folder: string): boolean {
    if (this.#machine.platform === "win32") return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(folder);
    return this.path.isAbsolute(folder);
  }

  /** Folders that installers and version managers use. */
  async #usualFolders(): Promise<string[]> {
    const { platform, home } = this.#machine;
    const join = (...parts: string[]): string => this.path.join(...parts);
    if (platform === "win32") {
      const { env } = this.#search;
      const programs = [
        env["ProgramFiles"],
        env["ProgramW6432"],
        env["ProgramFiles(x86)"],
        "C:\\Program Files",
      ];
      const roots = programs.filter((folder) => folder !== undefined).map((folder) => join(folder, "Go"));
      const scoop = join(home, "scoop", "apps", "go", "current");
      return [...new Set([...roots, "C:\\Go", scoop])]
        .map((root) => join(root, "bin"))
        .concat(await this.#sdks());
    }
    const common = [
      "/usr/local/go/bin",
      "/usr/lib/go/bin",
      "/usr/lib/golang/bin",
      "/usr/local/bin",
      "/usr/bin",
    ];
    const mac = ["/opt/homebrew/bin", "/opt/local/bin"];
    const linux = ["/snap/bin", "/home/linuxbrew/.linuxbrew/bin"];
    const own = [join(home, ".local", "go", "bin"), join(home, "go", "bin")];
    return [...common, ...(platform === "darwin" ? mac : linux), ...own, ...(await this.#sdks())];
  }

  /** `~/sdk/go1.26.8/bin`, where `go install golang.org/dl/…` puts them, newest first. */
  async #sdks(): Promise<string[]> {
    const folder = this.path.join(this.#machine.home, "sdk");
    const versions = (await this.#machine.list(folder)).flatMap((name) => {
      const version = name.startsWith("go") ? parseGoVersion(name) : null;
      return version === null ? [] : [{ name, version }];
    });
    versions.sort((a, b) => compareVersions(b.version, a.version));
    return versions.map(({ name }) => this.path.join(folder, name, "bin"));
  }

  #expandHome(value: string): string {
    return /^~(?=$|[\\/])/.test(value) ? this.path.join(this.#machine.home, value.slice(1)) : value;
  }

  async #isInWorkspace(file: string): Promise<boolean> {
    const files = [file, await this.#machine.realPath(file)];
    for (const folder of this.#search.workspaceFolders) {
      const folders = [folder, await this.#machine.realPath(folder)];
      if (
        files.some((f) => folders.some((d) => f !== undefined && d !== undefined && this.#contains(d, f)))
      ) {
        return true;
      }
    }
    return false;
  }

  #contains(folder: string, file: string): boolean {
    const [outer, inner] = [this.#fold(folder), this.#fold(file)];
    const relative = this.path.relative(outer, inner);
    return relative !== ".." && !relative.startsWith(`..${this.path.sep}`) && !this.path.isAbsolute(relative);
  }

  /** Windows and macOS do not tell upper from lower case in file names. */
  #fold(file: string): string {
    return this.#machine.platform === "linux" ? file : file.toLowerCase();
  }
}

/** The real machine. */
export const thisMachine: Machine = {
  platform: process.platform,
  home: os.homedir(),
  async isExecutable(file) {
    try {
      if (!(await stat(file)).isFile()) return false;
      await access(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  async realPath(file) {
    return await realpath(file).catch(() => undefined);
  },
  async list(folder) {
    return await readdir(folder).catch(() => []);
  },
};
