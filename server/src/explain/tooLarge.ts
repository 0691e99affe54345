/** Files that are too large to be parsed. */
import * as l10n from "@vscode/l10n";
import { sourceLimit } from "../syntax/treeSitter.js";

const { t } = l10n;

const millions = Math.floor(sourceLimit / 1_000_000);

/** Said where the file is open. */
export function thisIsTooLarge(): string {
  return t("This file is too large to be analyzed: it has more than {0} million characters.", millions);
}

/** Said of a file that the reader has to be told the name of. */
export function tooLargeWords(file: string): string {
  return t("{0} is too large to be analyzed: it has more than {1} million characters.", file, millions);
}
