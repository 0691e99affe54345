import { repository } from "../../../package.json";
import type { ReasonCode } from "../analysis/reasonCodes.js";

/** Address of the page that explains a reason, in the repository. */
export function reasonPage(code: ReasonCode): string {
  return `${repository.url.replace(/\.git$/, "")}/blob/main/docs/reasons/${code}.md`;
}
