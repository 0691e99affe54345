import * as l10n from "@vscode/l10n";
import type { GoProblem, GoProblemCode } from "../go/problems.js";

const { t } = l10n;

/** What is wrong and what to do about it, in one sentence; the go command's own words go beside it. */
export function problemSentence(problem: Pick<GoProblem, "code" | "message">): string {
  return sentences[problem.code](problem.message.split("\n", 1)[0] ?? "");
}

const sentences: Readonly<Record<GoProblemCode, (firstLine: string) => string>> = {
  "no-go": (line) =>
    line.startsWith("the settings")
      ? t(
          "The go command that the settings name cannot be used: give the absolute path of one outside the workspace.",
        )
      : t(
          "Go was not found: install it from go.dev/dl, or set `goEscapeLens.go.path` (`--go` on the command line).",
        ),
  "old-go": (line) => t("{0}: install Go 1.21 or newer.", line),
  toolchain: () =>
    t(
      "go.mod asks for a Go toolchain that is not installed: run `go version` in this folder once to download it.",
    ),
  "no-module": () => t("This folder is in no Go module: run `go mod init`, or open the folder of a module."),
  "not-in-workspace": () =>
    t(
      "This file belongs to no package of the open modules, but perhaps to a dependency, so it is not analyzed.",
    ),
  "missing-module": (line) => {
    const wanted = unrequiredPackage(line);
    return wanted === undefined
      ? t("A module is missing: run `go mod download` in this folder. Nothing is downloaded unasked.")
      : t(
          "go.mod requires no module with {0}: run `go get {0}` in this folder. Nothing is downloaded unasked.",
          wanted,
        );
  },
  "module-files": () => t("go.mod, go.work or go.sum cannot be used: see the go command's words."),
  "import-cycle": () => t("The packages import each other in a cycle, so nothing can be compiled."),
  excluded: () => t("Build constraints exclude this file: it is analyzed under its own tags or target only."),
  "does-not-compile": (line) =>
    t("The package does not compile, so there is nothing newer to show: {0}", line),
  "go-failed": (line) => t("The go command failed: {0}", line),
};

/** The import path that no module of go.mod has: there is nothing yet to download (cmd/go/internal/modload/import.go). */
function unrequiredPackage(line: string): string | undefined {
  return /(?:no required module provides|cannot find module providing) package ([^\s:;]+)/.exec(line)?.[1];
}
