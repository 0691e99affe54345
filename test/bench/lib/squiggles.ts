/** What a person sees of a publication: which text is underlined, and what is said of it. */
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import type { DiagnosticData } from "../../../server/src/features/diagnostics.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";

/** The underlined texts by the sites' ids. */
export function squiggles(diagnostics: readonly Diagnostic[], text: string): Map<string, string> {
  const source = new SourceText(text);
  return new Map(
    diagnostics.map((diagnostic) => {
      const { id } = diagnostic.data as DiagnosticData;
      const { start, end } = diagnostic.range;
      return [id, source.text.slice(source.offsetOf(start), source.offsetOf(end))];
    }),
  );
}

/** Diagnostics that only one of both has, everything about them compared. */
export function differences(shown: readonly Diagnostic[], fresh: readonly Diagnostic[]): string[] {
  const [ours, theirs] = [new Set(shown.map(textOf)), new Set(fresh.map(textOf))];
  return [
    ...[...ours].filter((each) => !theirs.has(each)).map((each) => `too much ${each}`),
    ...[...theirs].filter((each) => !ours.has(each)).map((each) => `too little ${each}`),
  ];
}

function textOf(diagnostic: Diagnostic): string {
  return JSON.stringify(diagnostic);
}

export interface Faults {
  /** Sites of untouched code that a publication did not have, or had in another place. */
  readonly missing: string[];
  /** Sites that were published and withdrawn though the document had not changed. */
  readonly withdrawn: string[];
  /** All sites that were published, each once. */
  readonly shown: number;
}

/**
 * Goes through the publications of a document in their order.
 *
 * @param untouched What was shown of the code that no edit touched once all was known of it (`squiggles`).
 * @param known From which publication on that was shown.
 * @param textOf The document's text by its version.
 */
export function findFaults(
  publications: readonly PublishDiagnosticsParams[],
  untouched: ReadonlyMap<string, string>,
  known: number,
  textOf: ReadonlyMap<number, string>,
): Faults {
  const [missing, withdrawn]: [string[], string[]] = [[], []];
  const shown = new Set<string>();
  let last: { readonly version: number; readonly ids: ReadonlySet<string> } | undefined;
  for (const [index, { version, diagnostics }] of publications.entries()) {
    const text = textOf.get(version ?? -1);
    if (version === undefined || text === undefined) throw new Error("A publication has no known version.");
    const seen = squiggles(diagnostics, text);
    for (const [id, underlined] of index < known ? [] : untouched) {
      if (seen.get(id) !== underlined) missing.push(`version ${version}: ${underlined} (${id})`);
    }
    if (last?.version === version) {
      for (const id of last.ids) if (!seen.has(id)) withdrawn.push(`version ${version}: ${id}`);
    }
    for (const id of seen.keys()) shown.add(id);
    last = { version, ids: new Set(seen.keys()) };
  }
  return { missing, withdrawn, shown: shown.size };
}
