/** Closures that the compiler makes around the call of a go or defer statement. */
import type { Site } from "./site.js";

/**
 * Whether a site is such a closure (cmd/compile/internal/typecheck, normalizeGoDeferCall). The compiler gives no verdict on
 * it, only an explanation, of which it gives as many as the time and the bytes of a run allow: two runs of the same texts
 * need not agree on these sites.
 */
export function isCallWrapper({ form }: Pick<Site, "form">): boolean {
  return form === "go-wrapper" || form === "defer-wrapper";
}
