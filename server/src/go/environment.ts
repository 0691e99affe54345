/**
 * The environment in which the go command runs: the person's own, made offline, unable to write into their folders, and
 * free of what would change the compiler's output.
 */
import { filterBuildFlags, joinGoFlags, splitGoFlags, type DroppedFlag } from "./buildFlags.js";
import { GoCommandError } from "./commandError.js";
import { isSupported, oldestMinor, parseGoVersion, type GoVersion } from "./goVersion.js";
import { classify, generalProblem, type GoProblem } from "./problems.js";
import { runProcess } from "./process.js";

export type Environment = Readonly<Record<string, string>>;

/** What `go env` says in a folder. Paths are empty where there is none. */
export interface GoEnvironment {
  /** Null for a version that cannot be read, which is taken for a new one. */
  readonly version: GoVersion | null;
  /** GOVERSION as it is printed. */
  readonly versionText: string;
  readonly goos: string;
  readonly goarch: string;
  readonly goroot: string;
  readonly gopath: string;
  readonly gocache: string;
  readonly gomodcache: string;
  /** Absolute path of go.mod; empty outside modules and in GOPATH mode. */
  readonly gomod: string;
  /** Absolute path of go.work; empty outside workspaces. */
  readonly gowork: string;
  readonly goflags: string;
  readonly goexperiment: string;
  readonly cgoEnabled: boolean;
  /** CC: the command line of the C compiler. */
  readonly cc: string;
  /** GO111MODULE: `off` means GOPATH mode. */
  readonly go111module: string;
  readonly gotoolchain: string;
  /** GOENV: absolute path of the file that `go env -w` writes, or `off`. */
  readonly goenv: string;
}

/**
 * What keeps the go command from going anywhere, by variable:
 * - GOPROXY=off and GOVCS: no module is downloaded, by whatever way (`go help goproxy`, `go help vcs`). Private modules
 *   go round the proxy, so no module may count as private; an empty value would let the person's `go env -w` count, and
 *   `none` is a pattern that no module matches.
 * - GONOSUMDB: in workspaces go asks the checksum database about modules that are in the cache already, and with
 *   GOPROXY=off it asks directly (modfetch/sumdb.go, initBase). No module needs to be asked about: what is in the cache
 *   was checked when it came. GOSUMDB itself stays as it is, because with `off` go refuses to switch to a toolchain that
 *   is in the cache (useSumDB); what it needs for that is in the cache, too.
 * - GO_TELEMETRY_CHILD=2: no process of its own for reports on the go command (x/telemetry/start.go, Start).
 * - The others keep git from asking for passwords, should it be started after all.
 * GOTOOLCHAIN is the person's: toolchains in the module cache are used, and none is downloaded.
 */
const offline: Environment = {
  GOPROXY: "off",
  GOVCS: "*:off",
  GOPRIVATE: "none",
  GONOPROXY: "none",
  GONOSUMDB: "*",
  GOAUTH: "off",
  GO_TELEMETRY_CHILD: "2",
  GIT_TERMINAL_PROMPT: "0",
  GCM_INTERACTIVE: "never",
};

/**
 * Something harmless to put into GOFLAGS when nothing else is left: when the variable is empty, go falls back to the
 * value of `go env -w`, which is just what was filtered.
 */
const harmlessFlag = "-buildvcs=false";

export interface EnvironmentSources {
  /** The server's environment. */
  readonly base: Readonly<Record<string, string | undefined>>;
  /** From the settings (`go.toolsEnvVars` and our own); goes before the base. */
  readonly settings: Readonly<Record<string, string>>;
  /** Folder for the go command's temporary files (GOTMPDIR), which a killed one leaves behind. */
  readonly temporaryFolder: string;
}

/** The environment for commands that build nothing, such as `go env`. For the others, `buildEnvironment` follows. */
export function goEnvironment(sources: EnvironmentSources, platform = process.platform): Environment {
  const environment = new Map<string, readonly [name: string, value: string]>();
  const add = (variables: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, value] of Object.entries(variables)) {
      // On Windows the names of variables have no case, and two spellings of one would be undefined behavior.
      if (value !== undefined)
        environment.set(platform === "win32" ? name.toUpperCase() : name, [name, value]);
    }
  };
  add(sources.base);
  add(sources.settings);
  add({ ...offline, GOTMPDIR: sources.temporaryFolder });
  return Object.fromEntries(environment.values());
}

/**
 * The environment for `go list` and builds: as `goEnvironment`, with GOFLAGS (as `go env` gives it, so that `go env -w`
 * is seen) filtered by the rules of buildFlags.ts.
 *
 * @param workFile Absolute path of a go.work in the place of the person's (see workspaceFile.ts).
 */
export function buildEnvironment(
  environment: Environment,
  go: Pick<GoEnvironment, "goflags">,
  workFile?: string,
): { readonly environment: Environment; readonly dropped: readonly DroppedFlag[] } {
  const { flags, dropped } = filterBuildFlags(splitGoFlags(go.goflags));
  return {
    environment: {
      ...environment,
      GOFLAGS: joinGoFlags([...flags, harmlessFlag]),
      ...(workFile === undefined ? {} : { GOWORK: workFile }),
    },
    dropped,
  };
}

/** Milliseconds; `go env` takes some ten, with a switch of toolchains some hundred on a cold disk. */
const timeLimit = 60_000;

const variables = {
  versionText: "GOVERSION",
  goos: "GOOS",
  goarch: "GOARCH",
  goroot: "GOROOT",
  gopath: "GOPATH",
  gocache: "GOCACHE",
  gomodcache: "GOMODCACHE",
  gomod: "GOMOD",
  gowork: "GOWORK",
  goflags: "GOFLAGS",
  goexperiment: "GOEXPERIMENT",
  go111module: "GO111MODULE",
  gotoolchain: "GOTOOLCHAIN",
  goenv: "GOENV",
  cc: "CC",
} as const;

/**
 * Asks the go command about a folder. A problem is returned for a Go before 1.21, for a toolchain that is not in the
 * module cache, and for module files that cannot be read.
 *
 * Throws GoCommandError when the go command cannot be run or fails in another way, and AbortError.
 */
export async function readGoEnvironment(
  go: string,
  cwd: string,
  env: Environment,
  signal: AbortSignal,
): Promise<{ readonly go: GoEnvironment } | { readonly problem: GoProblem }> {
  // The names are given because GOGCCFLAGS, which nobody needs here, starts a C compiler.
  const args = ["env", "-json", ...Object.values(variables), "CGO_ENABLED"];
  const command = { file: go, args, cwd, env, signal, timeLimit };
  try {
    const { stdout } = await runProcess(command);
    return judgeVersion(parseGoEnvironment(readVariables(stdout, [go, ...args])));
  } catch (error) {
    if (error instanceof GoCommandError && error.exitCode !== null) {
      const code = classify(error.stderr);
      if (code !== null) return { problem: generalProblem(code, goMessage(error.stderr)) };
    }
    throw error;
  }
}

/**
 * What `go env -json` printed, by variable. Throws GoCommandError for anything else: a wrapper in the place of go may print
 * whatever it likes. `command`: the program and its arguments.
 */
export function readVariables(stdout: string, command: readonly string[]): Readonly<Record<string, string>> {
  try {
    const values = JSON.parse(stdout) as unknown;
    if (typeof values === "object" && values !== null) {
      const texts = Object.entries(values).filter(([, value]) => typeof value === "string");
      if (texts.length > 0) return Object.fromEntries(texts);
    }
  } catch {
    // No JSON at all.
  }
  const details = {
    kind: "failed",
    command,
    exitCode: 0,
    signal: null,
    stderr: stdout.slice(0, 1000),
  } as const;
  throw new GoCommandError("go env printed what is no environment", details);
}

function parseGoEnvironment(values: Readonly<Record<string, string>>): GoEnvironment {
  const read = (name: string): string => values[name] ?? "";
  const entries = Object.entries(variables).map(([key, name]) => [key, read(name)]);
  const texts = Object.fromEntries(entries) as Record<keyof typeof variables, string>;
  return {
    ...texts,
    // Outside of modules GOMOD is the null device; GOWORK is `off` when the person switched workspaces off.
    gomod: /^(?:\/dev\/null|NUL)$/i.test(texts.gomod) ? "" : texts.gomod,
    gowork: texts.gowork === "off" ? "" : texts.gowork,
    version: parseGoVersion(texts.versionText),
    cgoEnabled: read("CGO_ENABLED") === "1",
  };
}

function judgeVersion(go: GoEnvironment): { readonly go: GoEnvironment } | { readonly problem: GoProblem } {
  if (isSupported(go.version)) return { go };
  return { problem: generalProblem("old-go", `${go.versionText} is older than go1.${oldestMinor}`) };
}

/** The text of go's own errors (`go: …`), without progress such as `go: downloading …`. */
export function goMessage(stderr: string): string {
  const lines = stderr
    .split(/\r?\n/)
    .filter((line) => line !== "" && !/^go: (?:downloading|finding) /.test(line));
  return lines.join("\n").replace(/^go: /, "");
}
