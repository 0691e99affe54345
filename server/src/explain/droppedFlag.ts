import * as l10n from "@vscode/l10n";
import type { DroppedFlag } from "../go/buildFlags.js";

const { t } = l10n;

/** Which build flag was left out, and why, as a sentence. */
export function droppedFlagWords({ flag, reason }: DroppedFlag): string {
  return reasons[reason](flag);
}

const reasons: Readonly<Record<DroppedFlag["reason"], (flag: string) => string>> = {
  messages: (flag) => t("`{0}` is left out: it would change what the compiler says.", flag),
  output: (flag) => t("`{0}` is left out: it would change the form of the output.", flag),
  program: (flag) => t("`{0}` is left out: it would run a program of its own.", flag),
  writes: (flag) => t("`{0}` is run as -mod=readonly: nothing is written into the module.", flag),
  overlay: (flag) => t("`{0}` is left out: its replacements would compete with unsaved files.", flag),
};
