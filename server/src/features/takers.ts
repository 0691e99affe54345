/** Which parameter takes the value of a site, in the same package or another one, within a time that a hover can wait. */
import type { FunctionTable } from "../analysis/functionTable.js";
import { type PassedTo, passedTo } from "../analysis/passedTo.js";
import type { ForeignCallees } from "../analysis/foreignCallees.js";
import type { Site } from "../analysis/site.js";
import { unlessAborted } from "../analysis/unlessAborted.js";

/** Never rejects: what cannot be found out is undefined. */
export type TakerOf = (site: Site) => Promise<PassedTo | undefined>;

/** Milliseconds. Go is asked in tens of them; when it takes longer, the next who asks finds the answer ready. */
const patience = 500;

/** Looks into the package first, and then into the sources of others; `log` hears why these could not be read. */
export function takers(
  functions: Pick<FunctionTable, "named">,
  callees: ForeignCallees,
  log: (message: string) => void,
): TakerOf {
  return async (site) => {
    const own = passedTo(site, (name) => functions.named(site.file, name));
    if (own !== undefined) return own;
    const foreign = callees.of(site).catch((error: unknown) => {
      log(`What takes a value at ${site.file}:${site.range.start.line + 1} is not known: ${String(error)}`);
      return undefined;
    });
    return await unlessAborted(foreign, AbortSignal.timeout(patience)).catch(() => undefined);
  };
}
