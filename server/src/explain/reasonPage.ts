/** Where the pages about reasons are: beside the program, where they are shipped with it, else in the repository. */
import * as l10n from "@vscode/l10n";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../../package.json";
import type { ReasonCode } from "../analysis/reasonCodes.js";

/** Absolute; undefined for addresses that are to hold on other machines, too. */
let shippedIn: string | undefined;

/** From now on pages are those in the folder that has `docs/`, which can be read without a network. */
export function useShippedPages(folder: string): void {
  shippedIn = folder;
}

/** Path of the page that explains a reason, from the folder that has `docs/`, in the language of all words. */
export function reasonPagePath(code: ReasonCode): string {
  return `${l10n.t("docs/reasons")}/${code}.md`;
}

/** Address of the page that explains a reason: of a file, or in the web. */
export function reasonPage(code: ReasonCode): string {
  const page = reasonPagePath(code);
  const shipped = shippedIn === undefined ? undefined : path.join(shippedIn, page);
  if (shipped !== undefined && existsSync(shipped)) return pathToFileURL(shipped).href;
  return `${repository.url.replace(/\.git$/, "")}/blob/main/${page}`;
}
