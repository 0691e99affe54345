import type { Connection, InlayHint, InlayHintParams } from "vscode-languageserver/node";
import { isSameCall } from "../analysis/markers.js";
import { compare } from "../analysis/remap.js";
import type { Results } from "../analysis/results.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import { goFilePath } from "../documents.js";
import { inlayHintWords } from "../explain/inlayHint.js";
import { siteMessage } from "../explain/message.js";
import type { Range } from "../syntax/sourceText.js";

interface InlayHintOptions {
  readonly results: Pick<Results, "of">;
  /** Whether the client can be asked to ask again (LSP 3.17, workspace/inlayHint/refresh). */
  readonly canRefresh: boolean;
  isEnabled(uri: string): Promise<boolean>;
  rulesOf(uri: string): Promise<SeverityRules>;
}

/** Answers `textDocument/inlayHint`. The returned function asks the client to ask again: after results and settings changed. */
export function registerInlayHints(connection: Connection, options: InlayHintOptions): () => void {
  connection.languages.inlayHint.on(
    async ({ textDocument, range }: InlayHintParams): Promise<InlayHint[]> => {
      const file = goFilePath(textDocument.uri);
      const result = file === undefined ? undefined : options.results.of(file);
      if (result === undefined || !(await options.isEnabled(textDocument.uri))) return [];
      return inlayHintsOf(result.sites, range, await options.rulesOf(textDocument.uri));
    },
  );
  return () => {
    if (options.canRefresh) connection.languages.inlayHint.refresh().catch(() => undefined);
  };
}

/** One hint behind each expression within `range` that is shown and may allocate; what was inlined at one call has one. */
export function inlayHintsOf(sites: readonly Site[], range: Range, rules: SeverityRules): InlayHint[] {
  const shown = sites.filter(
    (site) =>
      site.allocates !== "no" &&
      severityOf(site, rules) !== "off" &&
      compare(range.start, site.range.end) <= 0 &&
      compare(site.range.end, range.end) <= 0,
  );
  return grouped(shown).map(([first, ...others]) => ({
    position: first.range.end,
    label: inlayHintWords([first, ...others]),
    paddingLeft: true,
    tooltip: [first, ...others].map((site) => siteMessage(site)).join("\n"),
  }));
}

/** Sites that end at one place would have their hints side by side. */
function grouped(sites: readonly Site[]): [Site, ...Site[]][] {
  const groups: [Site, ...Site[]][] = [];
  for (const site of sites) {
    const group = groups.find(
      ([first]) => isSameCall(first, site) || compare(first.range.end, site.range.end) === 0,
    );
    if (group === undefined) groups.push([site]);
    else group.push(site);
  }
  return groups;
}
