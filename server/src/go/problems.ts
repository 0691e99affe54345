/** What keeps packages from being analyzed, as plain data: a code for what to do, and the go command's own words. */
import path from "node:path";

/**
 * - no-go, old-go: no go command, or one before Go 1.21;
 * - toolchain: go.mod, go.work or GOTOOLCHAIN asks for a toolchain that is not there, and none is downloaded unasked;
 * - no-module: the folder belongs to no module;
 * - not-in-workspace: its module is not in go.work, or the package is none of the main modules';
 * - missing-module: a dependency is neither in the module cache nor in the vendor folder, or go.sum does not know it;
 * - module-files: go.mod, go.work, go.sum or vendor/modules.txt is broken or out of date;
 * - import-cycle; excluded: build constraints exclude all Go files; does-not-compile: anything else in the code;
 * - go-failed: the go command failed in a way that no rule knows.
 */
export type GoProblemCode =
  | "no-go"
  | "old-go"
  | "toolchain"
  | "no-module"
  | "not-in-workspace"
  | "missing-module"
  | "module-files"
  | "import-cycle"
  | "excluded"
  | "does-not-compile"
  | "go-failed";

/** A place in a file, as the go command names it. */
export interface FilePosition {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-8 bytes; undefined where the go command gives none. */
  readonly column: number | undefined;
}

export interface GoProblem {
  readonly code: GoProblemCode;
  /** The go command's own words, without the place. */
  readonly message: string;
  readonly position: FilePosition | undefined;
  /** The package variant that has the problem; undefined when it is about more than one package. */
  readonly variant: string | undefined;
}

/** Makes a problem of a message that is about no place and no single package. */
export function generalProblem(code: GoProblemCode, message: string): GoProblem {
  return { code, message, position: undefined, variant: undefined };
}

/**
 * Parts of messages, by the code that they stand for; the first that occurs counts, so what is more special comes first.
 * Wordings: cmd/go/internal/toolchain (select.go), gover (toolchain.go: TooNewError), modload (import.go, init.go,
 * load.go, vendor.go, modfile.go), modfetch (fetch.go, proxy.go), load (pkg.go: NoGoError).
 */
const wordings: readonly (readonly [GoProblemCode, readonly (string | RegExp)[]])[] = [
  ["module-files", [/listed in go\.work file requires go >= .*, but go\.work/]],
  [
    "toolchain",
    [
      "toolchain not available",
      "golang.org/toolchain@",
      " requires go >= ",
      /invalid (?:GOTOOLCHAIN|toolchain)\b/,
      /cannot find "go[\d.]+\S*" in PATH/,
    ],
  ],
  [
    "not-in-workspace",
    [
      "not one of the workspace modules listed in go.work",
      "outside modules listed in go.work",
      "outside main module or its selected dependencies",
      "does not contain modules listed in go.work",
    ],
  ],
  [
    "no-module",
    [
      "go.mod file not found",
      "cannot find main module",
      "does not contain main module",
      "no modules were found in the current workspace",
      "modules disabled by GO111MODULE=off",
    ],
  ],
  [
    "module-files",
    [
      "inconsistent vendoring",
      "vendor/modules.txt",
      /errors? (?:parsing|reading|loading) \S*go\.(?:mod|work)/,
      /updates to go\.(?:mod|sum|work) needed/,
      /go\.(?:mod|work|sum):\d+:/,
      /cannot load module .* listed in go\.work/,
      "malformed go.sum",
      "checksum mismatch",
      "-modfile cannot be used in workspace mode",
      "-mod may only be set to readonly or vendor when in workspace mode",
      "replacement directory",
    ],
  ],
  [
    "missing-module",
    [
      "disabled by GOPROXY=off",
      "missing go.sum entry",
      "no required module provides package",
      "cannot find module providing package",
      "missing module for import",
      "from implicitly required module",
      "is replaced but not required",
      "import lookup disabled by -mod=",
      "cannot query module due to -mod=vendor",
    ],
  ],
  ["import-cycle", ["import cycle not allowed"]],
  ["excluded", ["build constraints exclude all Go files in", "no non-test Go files in", "no Go files in"]],
];

/** Code of an error of the go command about packages or modules, or null when it is none that is known. */
export function classify(message: string): GoProblemCode | null {
  const found = wordings.find(([, parts]) =>
    parts.some((part) => (typeof part === "string" ? message.includes(part) : part.test(message))),
  );
  return found?.[0] ?? null;
}

/**
 * Parses `FILE:LINE[:COLUMN]`, the `Pos` of go list's errors, relative to the folder where go ran. Undefined when there
 * is none. A drive's colon (`C:\a.go:1:2`) belongs to the file.
 */
export function parsePosition(text: string, folder: string): FilePosition | undefined {
  const match = /^(.+?):(\d+)(?::(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, file = "", line, column] = match;
  return {
    file: path.resolve(folder, file),
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
  };
}

/**
 * The first line of the go command's text that names a place in a file (`./a.go:3:5: undefined: x`), split into the
 * place and the rest of the line. Undefined when no line does.
 */
export function firstPosition(
  text: string,
  folder: string,
): { readonly position: FilePosition; readonly message: string } | undefined {
  for (const line of text.split(/\r?\n/)) {
    const match = /^(?:go: )?(.+?\.\w+:\d+(?::\d+)?): (.*)$/.exec(line);
    const position = match?.[1] === undefined ? undefined : parsePosition(match[1], folder);
    if (position !== undefined) return { position, message: match?.[2] ?? "" };
  }
  return undefined;
}

/**
 * Whether these words about a package (`# p`, then the compiler's lines) are about its sources alone, so that they hold
 * until one of these changes. What cannot be imported may be there the next time.
 */
export function isAboutSources(words: string): boolean {
  if (!words.startsWith("# ") || words.includes("could not import")) return false;
  const lines = words.split(/\r?\n/).filter((line) => line !== "");
  return lines.every((line) => /^(?:# |\t|too many errors$|.+?\.go:\d+(?::\d+)?: )/.test(line));
}

/** Why a package does not compile: what the go command says of it, without the lines that only name packages. */
export function compileProblem(words: string): GoProblem {
  const lines = words.split("\n").filter((line) => line !== "" && !line.startsWith("# "));
  return generalProblem(classify(words) ?? "does-not-compile", lines.join("\n"));
}
