import * as l10n from "@vscode/l10n";

/**
 * What keeps a file from being read or written, in words and with its path; undefined for errors of other kinds. `file` is
 * for errors that name none, as those of reading a folder.
 */
export function fileProblem(error: unknown, file?: string): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const path = "path" in error ? String(error.path) : file;
  const words = problems[String(error.code)];
  return words === undefined || path === undefined ? undefined : `${path}: ${words()}`;
}

const problems: Readonly<Record<string, () => string>> = {
  ENOENT: () => l10n.t("there is no such file or folder"),
  ENOTDIR: () => l10n.t("there is no such file or folder"),
  EISDIR: () => l10n.t("this is a folder"),
  EACCES: () => l10n.t("permission denied"),
  EPERM: () => l10n.t("permission denied"),
  EROFS: () => l10n.t("the file system is read-only"),
  ENOSPC: () => l10n.t("no space is left"),
};
