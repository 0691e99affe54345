/** A function under two builds, as a page: what differs first. */
import * as l10n from "@vscode/l10n";
import type { FunctionInfo } from "../analysis/functionInfo.js";
import type { SetupDescription } from "../analysis/goSetups.js";
import type { Site } from "../analysis/site.js";
import { costWords } from "../explain/cost.js";
import { inliningWords } from "../explain/inlining.js";
import { siteMessage } from "../explain/message.js";
import { type Page, PageWriter } from "../explain/page.js";
import { compareBuilds } from "./compareBuilds.js";

const { t } = l10n;

/** One build of the function. */
export interface BuiltFunction {
  readonly build: Pick<SetupDescription, "go" | "target">;
  /** Its sites, with what the machine code says of them where that can be read. */
  readonly sites: readonly Site[];
  readonly function: FunctionInfo;
}

/** The page; places are those of the text that both builds are of. */
export function comparisonPage(before: BuiltFunction, after: BuiltFunction): Page {
  const [one, other] = [buildName(before), buildName(after)];
  const page = new PageWriter();
  const { name, file, nameRange } = before.function;
  const difference = compareBuilds(before.sites, after.sites, isEqual);
  page.write(verdict(name, one, other, difference), "");
  page.writePlace(t("`{0}`", name), file, nameRange.start);
  const inlining = [inliningWords(before.function), inliningWords(after.function)];
  if (inlining[0] !== inlining[1])
    page.write(
      "",
      `# ${t("Inlining")}`,
      "",
      ...named(
        [one, other],
        inlining.map((words) => words ?? ""),
      ),
    );
  section(page, t("Gone"), t("On the heap with {0} only:", one), difference.gone);
  section(page, t("New"), t("On the heap with {0} only:", other), difference.added);
  if (difference.changed.length > 0) page.write("", `# ${t("Changed")}`);
  for (const [a, b] of difference.changed) {
    page.write("");
    page.writePlace(siteMessage(a), a.file, a.range.start);
    page.write(...named([one, other], [changedWords(a, b), changedWords(b, a)]));
  }
  section(page, t("Same"), t("The same with both:"), difference.same);
  return page;
}

function verdict(
  name: string,
  one: string,
  other: string,
  difference: ReturnType<typeof compareBuilds>,
): string {
  const { gone, added, changed, same } = difference;
  if (gone.length + added.length + changed.length > 0)
    return t(
      "`{0}`: {1} against {2}: {3} gone, {4} new, {5} changed, {6} the same",
      name,
      one,
      other,
      gone.length,
      added.length,
      changed.length,
      same.length,
    );
  return same.length === 0
    ? t("`{0}` puts nothing on the heap, neither with {1} nor with {2}", name, one, other)
    : t("`{0}` is the same with {1} and with {2}: {3} sites", name, one, other, same.length);
}

function section(page: PageWriter, title: string, words: string, sites: readonly Site[]): void {
  if (sites.length === 0) return;
  page.write("", `# ${title}`, "", words, "");
  for (const site of sites)
    page.writePlace(`${siteMessage(site)} (${costWords(site)})`, site.file, site.range.start);
}

/** What differs: the sentence where that does, else the cost. */
function changedWords(site: Site, other: Site): string {
  return siteMessage(site) === siteMessage(other)
    ? costWords(site)
    : `${siteMessage(site)}. ${costWords(site)}`;
}

function named(builds: readonly string[], words: readonly string[]): string[] {
  return builds.map((build, index) => `  ${build}: ${words[index] ?? ""}`);
}

function isEqual(a: Site, b: Site): boolean {
  return siteMessage(a) === siteMessage(b) && costWords(a) === costWords(b);
}

/** `go1.26.8 linux/amd64` */
export function buildName({ build }: Pick<BuiltFunction, "build">): string {
  return `${build.go} ${build.target}`;
}
