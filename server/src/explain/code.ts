/** The compiler's rendering of code in the words of a person's own source. */
import * as l10n from "@vscode/l10n";
import { visible } from "./visible.js";

const { t } = l10n;

/**
 * Names of the compiler's own making in words that a person knows: `~r0` is a result, `.autotmp_3` a copy, `go.shape.int`
 * any type of that shape (cmd/compile/internal/typecheck, LookupNum; noder/reader.go, shapify).
 */
export function readableCode(text: string): string {
  return visible(text)
    .replace(/\{storage for (.*?)\}$/s, "$1")
    .replace(/(?:~r|#rv)\d+/g, t("the result"))
    .replace(/\.autotmp_\d+/g, t("a copy"))
    .replace(/(?:\([^=]*?\))?\([^\s()]*\.\.stmp_[\d@]+\)|[^\s()]*\.\.stmp_[\d@]+/g, t("a package variable"))
    .replace(/\((\*?[\w.]+)\)\.(\w+)\(([\w.]+)(?:, |(?=\)))/g, methodCall)
    .replaceAll("go.shape.", "")
    .replace(/&?[\w/]*\.\.?dict(?:\.\S+?)?, /g, "")
    .replaceAll("... argument...", "…")
    .replaceAll("... argument", "…")
    .replaceAll("...", "…")
    .replaceAll("interface {}", "any")
    .replaceAll("`", "'");
}

/** `w.Write(` of `(*T).Write(w, `. */
function methodCall(_call: string, _type: string, method: string, receiver: string): string {
  return `${receiver}.${method}(`;
}
