import * as l10n from "@vscode/l10n";

/** The message of a site whose package has not compiled since: visibly different, and true. */
export function staleMessage(message: string): string {
  return l10n.t("{0} [as of the last build that compiled]", message);
}
