import { functionAt } from "../analysis/functionInfo.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import type { PassedTo } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";
import type { SiteSurroundings } from "./explanation.js";

/**
 * What the functions of the package say beside a site, and which parameter takes its value; `stale` says why the results
 * are not of the newest text.
 */
export function surroundingsOf(
  site: Site,
  functions: Pick<FunctionTable, "of" | "named">,
  passedTo: PassedTo | undefined,
  stale?: string,
): SiteSurroundings {
  return {
    enclosing: functionAt(functions.of(site.file), site.range.start),
    passedTo,
    inlined: site.inlinedFrom === null ? undefined : functions.named(site.file, site.inlinedFrom),
    stale,
  };
}
