import { functionAt } from "../analysis/functionInfo.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import { passedTo } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";
import type { SiteSurroundings } from "./explanation.js";

/** What the functions of the package say beside a site; `stale` says why the results are not of the newest text. */
export function surroundingsOf(
  site: Site,
  functions: Pick<FunctionTable, "of" | "named">,
  stale?: string,
): SiteSurroundings {
  const named = (name: string) => functions.named(site.file, name);
  return {
    enclosing: functionAt(functions.of(site.file), site.range.start),
    passedTo: passedTo(site, named),
    inlined: site.inlinedFrom === null ? undefined : named(site.inlinedFrom),
    stale,
  };
}
