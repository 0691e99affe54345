/** What a loaded profile says of a site, for people. */
import * as l10n from "@vscode/l10n";
import type { SiteProfile } from "../analysis/site.js";
import { bytesWords, changeWords, objectsWords, shareWords } from "./amounts.js";
import { sentences } from "./sentences.js";

const { t } = l10n;

/** `412 MB, 31 % of this profile, 17 M objects` */
export function amountWords({
  bytes,
  objects,
  share,
}: Pick<SiteProfile, "bytes" | "objects" | "share">): string {
  return t("{0}, {1} of this profile, {2}", bytesWords(bytes), shareWords(share), objectsWords(objects));
}

/** One to four sentences; who pays for it is told apart. */
export function siteProfileWords(profile: SiteProfile): string {
  const { sharedWith, isCopy, before } = profile;
  if (profile.bytes === 0) return t("The loaded profile has no allocation of it.");
  const change = before === null ? undefined : changeWords(before.then, before.line);
  return sentences([
    t("It allocated {0}.", amountWords(profile)),
    ...(sharedWith === 0
      ? []
      : [
          sharedWith === 1
            ? t("Another site of this line may have had a part in it.")
            : t("{0} other sites of this line may have had a part in it.", sharedWith),
        ]),
    ...(isCopy ? [t("It is counted in the function that is inlined here.")] : []),
    ...(before === null
      ? []
      : [
          change === undefined
            ? t("Before, this line allocated nothing.")
            : t("Before, this line allocated {0} ({1} since).", bytesWords(before.then), change),
        ]),
  ]);
}
