import * as l10n from "@vscode/l10n";
import { repository } from "../../../package.json";
import type { ReasonCode } from "../analysis/reasonCodes.js";

/** Address of the page that explains a reason, in the repository, in the language of all words. */
export function reasonPage(code: ReasonCode): string {
  const folder = l10n.t("docs/reasons");
  return `${repository.url.replace(/\.git$/, "")}/blob/main/${folder}/${code}.md`;
}
