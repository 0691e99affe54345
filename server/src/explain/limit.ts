import * as l10n from "@vscode/l10n";
import { type Limit, listed } from "../gate/configuration.js";

const { t } = l10n;

/** One sentence for a limit that is exceeded: what it counts, how many there are, and the person's own words. */
export function limitMessage(limit: Limit, count: number): string {
  const counted = [limit.reason, limit.context, limit.package, limit.path]
    .flatMap((selection) => listed<string>(selection))
    .join(", ");
  const what = counted === "" ? t("all sites") : counted;
  const sentence =
    limit.max === undefined
      ? t("Forbidden ({0}): {1} found", what, count)
      : t("Too many ({0}): {1} found, {2} allowed", what, count, limit.max);
  return limit.message === undefined ? sentence : `${sentence}. ${limit.message}`;
}
