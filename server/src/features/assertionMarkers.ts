/** Assertions in comments that do not hold, as errors at their places; they follow their text until the next analysis. */
import type { Diagnostic } from "vscode-languageserver/node";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import type { AnalyzedFile } from "../analysis/functionTable.js";
import { remapRange, type TextChange } from "../analysis/remap.js";
import type { Results } from "../analysis/results.js";
import type { AssertionFailure, BoundsCheck } from "../assertions/assertion.js";
import { checkAssertions } from "../assertions/checkAssertions.js";
import type { Capabilities } from "../capabilities.js";
import { fileUri } from "../documents.js";
import { assertionMessage } from "../explain/assertion.js";
import { siteMessage } from "../explain/message.js";

/** Most sites that are named with a failed assertion. */
const relatedLimit = 8;

export class AssertionMarkers {
  readonly #results: Results;
  readonly #failures = new Map<string, readonly AssertionFailure[]>();

  constructor(results: Results) {
    this.#results = results;
  }

  /**
   * Checks the assertions of a package whose sites are known. Where its bounds checks are not known yet, what failed for
   * them stays.
   */
  take(
    { sites, snapshot }: AnalyzedPackage,
    files: readonly AnalyzedFile[],
    boundsChecks?: readonly BoundsCheck[],
  ): void {
    const facts = {
      inlinedCalls: files.flatMap((each) => each.inlinedCalls),
      inlining: files.flatMap((each) => each.facts.inlining),
      boundsChecks: boundsChecks ?? [],
    };
    const byFile = new Map<string, AssertionFailure[]>(files.map(({ file }) => [file, []]));
    for (const failure of checkAssertions(sites, facts, files, snapshot.texts)) {
      byFile.get(failure.file)?.push(failure);
    }
    for (const [file, failures] of byFile) {
      const changes = this.#results.changesSince(file, snapshot.files.get(file)?.version ?? null);
      const before = boundsChecks === undefined ? (this.#failures.get(file) ?? []) : [];
      const kept = before.filter(({ code }) => code === "gcassert-bce");
      this.#failures.set(file, [...remapped(failures, changes), ...kept]);
    }
  }

  /** The document was edited: failures whose text is touched go, the others follow theirs. */
  edit(file: string, changes: readonly TextChange[]): void {
    const known = this.#failures.get(file);
    if (known !== undefined) this.#failures.set(file, remapped(known, changes));
  }

  close(file: string): void {
    this.#failures.delete(file);
  }

  /** The failures of a file (absolute path) at their present places. */
  of(file: string, capabilities: Capabilities): Diagnostic[] {
    return (this.#failures.get(file) ?? []).map((failure) => ({
      range: failure.range,
      severity: DiagnosticSeverity.Error,
      source: "escape",
      code: failure.code,
      message: assertionMessage(failure),
      ...(capabilities.relatedInformation &&
        failure.sites.length > 0 && {
          relatedInformation: failure.sites.slice(0, relatedLimit).map((site) => ({
            location: { uri: fileUri(site.file), range: site.range },
            message: siteMessage(site),
          })),
        }),
    }));
  }
}

function remapped(
  failures: readonly AssertionFailure[],
  changes: readonly TextChange[],
): readonly AssertionFailure[] {
  return changes.reduce(
    (kept, change) =>
      kept.flatMap((failure) => {
        const range = remapRange(failure.range, change);
        return range === undefined ? [] : [{ ...failure, range }];
      }),
    failures,
  );
}
