/** Arguments for `go list`: from the settings to the words of the command line, in one place. Starts nothing. */
import path from "node:path";
import { filterBuildFlags, type DroppedFlag } from "./buildFlags.js";

export interface BuildSettings {
  /** As for `go build`, one word each (`go.buildFlags`). */
  readonly buildFlags: readonly string[];
  /** Build tags, separated by commas or spaces; -tags among the flags goes before them (as in the Go extension). */
  readonly tags: string;
  /** `auto`: as the person's own build does it; `off`; or the absolute path of a profile. */
  readonly pgo: string;
}

export interface BuildPlan {
  /** Flags for every `go list` and build of this configuration. */
  readonly flags: readonly string[];
  readonly dropped: readonly DroppedFlag[];
}

/** Which packages, and with what. */
export interface ListRequest {
  readonly flags: readonly string[];
  /** Package patterns as the go command takes them: `./...`, import paths, folders. */
  readonly patterns: readonly string[];
  readonly tests: boolean;
  /** Absolute path of an overlay file (`go help build`, -overlay). */
  readonly overlayFile?: string;
}

export interface CompileRequest extends ListRequest {
  /** 1: verdicts only (-m); 2: with the flows that led to them (-m=2). */
  readonly level: 1 | 2;
  /** How many packages are compiled at the same time. */
  readonly parallelism: number;
}

/** Turns the settings into build flags. */
export function planBuild(settings: BuildSettings): BuildPlan {
  const { flags, dropped } = filterBuildFlags(settings.buildFlags);
  const tags = settings.tags.split(/[\s,]+/).filter((tag) => tag !== "");
  const hasTags = flags.some((flag) => flag.startsWith("-tags="));
  return {
    flags: [
      ...flags,
      ...(tags.length > 0 && !hasTags ? [`-tags=${tags.join(",")}`] : []),
      // auto is go's own default since 1.21, and not said: GOFLAGS may hold another choice, which the build obeys.
      ...(settings.pgo === "auto" ? [] : [`-pgo=${settings.pgo}`]),
    ],
    dropped,
  };
}

/** Arguments of the `go list` that loads the packages without compiling them. */
export function listArguments(request: ListRequest, fields: readonly string[]): string[] {
  return ["list", "-e", ...commonArguments(request, fields)];
}

/**
 * Arguments of the `go list` that compiles the packages, with the compiler's messages on stderr.
 *
 * Nothing is linked, packages that do not compile stop no other, and what is in the build cache is replayed. The flag
 * is written twice because the cache keeps it literally: a spelling that nobody else uses gives entries whose relative
 * paths start from where we run it (golang.org/issue/22587; the text is stored as it was printed the first time).
 */
export function compileArguments(request: CompileRequest, fields: readonly string[]): string[] {
  const level = `-m=${request.level}`;
  return [
    "list",
    "-e",
    "-export",
    `-gcflags=${level} ${level}`,
    // Short module paths in the place of files would be what GOFLAGS=-trimpath gives.
    "-trimpath=false",
    `-p=${request.parallelism}`,
    ...commonArguments(request, fields),
  ];
}

function commonArguments(request: ListRequest, fields: readonly string[]): string[] {
  return [
    ...(request.tests ? ["-test"] : []),
    `-json=${fields.join(",")}`,
    // Stamps only change what is linked, and need the version control system.
    "-buildvcs=false",
    ...request.flags,
    ...(request.overlayFile === undefined ? [] : [`-overlay=${request.overlayFile}`]),
    "--",
    ...request.patterns,
  ];
}

/** How many compilers run at once: the editor leaves a core to the person, the command line uses all of them. */
export function parallelism(user: "editor" | "cli", cores: number): number {
  return Math.max(1, user === "editor" ? cores - 1 : cores);
}

/**
 * The pattern for the package in a folder below `root`, where the go command is run: `.` or `./a/b`. Folders that `...`
 * passes over (testdata, `_x`, `.x`) are found that way, too.
 */
export function folderPattern(root: string, folder: string): string {
  const relative = path.relative(root, folder).split(path.sep).join("/");
  return relative === "" ? "." : `./${relative}`;
}
