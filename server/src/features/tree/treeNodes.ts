/** What a person reads at the nodes of the Heap Escapes view. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { ReasonCode } from "../../analysis/reasonCodes.js";
import type { Site } from "../../analysis/site.js";
import { fileUri } from "../../documents.js";
import { readableCode } from "../../explain/code.js";
import { bytesWords } from "../../explain/amounts.js";
import { siteProfileWords } from "../../explain/siteProfile.js";
import { costWords } from "../../explain/cost.js";
import { siteMessage } from "../../explain/message.js";
import { reasonTitle } from "../../explain/reasonTitle.js";
import type { TreeGrouping, TreeNode } from "../../protocol.js";
import { mayAllocate } from "../../assertions/mayAllocate.js";
import { isInLoop } from "./siteFilter.js";
import { bytesOf, profiledBytes, totalBytes } from "./siteRank.js";
import type { SiteGroup } from "./siteTree.js";

const { t } = l10n;

/** Longest code that a label shows, in UTF-16 code units; the view cuts it further where it is narrow. */
const labelLimit = 80;

/** Bytes up to which people like to read the number itself. */
const smallBytes = 10_000;

/** A path as a person in the workspace writes it. */
export type RelativePath = (file: string) => string;

/** The node of a group of sites. */
export function groupNode(group: SiteGroup, relative: RelativePath): TreeNode {
  const { kind, key, sites } = group;
  const name = groupName(group);
  const counts = countWords(sites);
  return {
    key,
    kind,
    label: kind === "package" ? packageLabel(relative(key), name) : name,
    description: counts.join(" · "),
    tooltip: [name, ...(kind === "package" || kind === "file" ? [key] : []), counts.join(", ")].join("\n"),
    accessibleLabel: [name, ...counts].join(", "),
    text: kind === "file" ? relative(key) : kind === "reason" ? key : name,
    uri: kind === "file" || kind === "function" ? uriOf(sites) : null,
    id: null,
    weight: null,
  };
}

/** The node of a site. Below its file the file is not named again. */
export function siteNode(site: Site, grouping: TreeGrouping, relative: RelativePath): TreeNode {
  const line = site.range.start.line + 1;
  const message = siteMessage(site);
  const name = `${path.basename(site.file)}:${line}`;
  const loop = loopWords(site);
  const bytes = bytesOf(site);
  const place = grouping === "package" ? t("line {0}", line) : name;
  const size = [...(bytes === undefined ? [] : [byteWords(bytes)]), ...runWords(site.profile?.bytes)];
  const reason = grouping === "reason" ? [] : [site.reason];
  return {
    key: `${site.id} ${site.file}`,
    kind: "site",
    label: shortened(siteLabel(site)),
    description: [place, ...reason, ...loop, ...size].join(" · "),
    tooltip:
      `${message}\n${costWords(site)}${site.profile === undefined ? "" : ` ${siteProfileWords(site.profile)}`}\n${relative(site.file)}:${line}`.replaceAll(
        "`",
        "",
      ),
    accessibleLabel: [message.replaceAll("`", ""), place, ...loop, ...size].join(", "),
    text: `${relative(site.file)}:${line}:${site.column}: ${message}`,
    uri: fileUri(site.file),
    id: site.id,
    weight: weightOf(site),
  };
}

/** The code of the site; behind a call, what allocates in it where that is another function than the one called. */
function siteLabel({ source, inlinedFrom }: Site): string {
  if (inlinedFrom === null) return source;
  const called = /^([\p{L}\p{N}_.]+)\(/u.exec(source)?.[1]?.split(".").at(-1);
  return called === inlinedFrom.split(".").at(-1) ? source : `${source} → ${inlinedFrom}`;
}

/** `24 B`, `64 KiB`: what is asked of the allocator. */
export function byteWords(bytes: number): string {
  if (bytes < smallBytes) return t("{0} B", bytes);
  const kibibytes = bytes / 1024;
  return kibibytes < smallBytes ? t("{0} KiB", rounded(kibibytes)) : t("{0} MiB", rounded(kibibytes / 1024));
}

function groupName({ kind, key, sites }: SiteGroup): string {
  switch (kind) {
    case "package":
      return packageName(sites) ?? key;
    case "file":
      return path.basename(key);
    case "function":
      return readableCode(key);
    case "reason":
      return reasonTitle(key as ReasonCode);
  }
}

/** Most of an import path is the same for all packages of a module: below the workspace's folder the rest will do. */
function packageLabel(folder: string, importPath: string): string {
  return path.isAbsolute(folder) ? importPath : folder;
}

/** Of a package and its external tests, the package. */
function packageName(sites: readonly Site[]): string | undefined {
  const names = [...new Set(sites.map((site) => site.package))];
  return names.sort((a, b) => a.length - b.length)[0];
}

function countWords(sites: readonly Site[]): string[] {
  const inLoops = sites.filter(isInLoop).length;
  const bytes = totalBytes(sites);
  return [
    sites.length === 1 ? t("1 site") : t("{0} sites", sites.length),
    ...(inLoops === 0 ? [] : [inLoops === 1 ? t("1 in a loop") : t("{0} in loops", inLoops)]),
    ...(bytes === undefined ? [] : [byteWords(bytes)]),
    ...runWords(profiledBytes(sites)),
  ];
}

/** What a run allocated, as the loaded profile has it. */
function runWords(bytes: number | undefined): string[] {
  return bytes === undefined || bytes === 0 ? [] : [t("{0} in the profile", bytesWords(bytes))];
}

function loopWords({ loopDepth }: Site): string[] {
  if (loopDepth === 0) return [];
  return [loopDepth === 1 ? t("in a loop") : t("in {0} nested loops", loopDepth)];
}

function weightOf(site: Site): TreeNode["weight"] {
  if (!mayAllocate(site)) return "none";
  return isInLoop(site) ? "loop" : "some";
}

function uriOf([first]: readonly Site[]): string | null {
  return first === undefined ? null : fileUri(first.file);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function shortened(code: string): string {
  return code.length <= labelLimit ? code : `${code.slice(0, labelLimit - 1)}…`;
}
