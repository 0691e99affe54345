import * as l10n from "@vscode/l10n";

/** What stands in the place of a flow that is being looked for, as a sentence. */
export function cutFlowWords(): string {
  return l10n.t(
    "The compiler explains more in this package than is read at each edit. The way of this value to the heap is being looked for: ask again in a moment.",
  );
}
