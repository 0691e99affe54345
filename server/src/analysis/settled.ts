/** Which sites can be shown before the machine code is read: what that says of them hardly ever changes anything. */
import type { SiteDraft } from "./fileSites.js";
import type { Site } from "./site.js";

/** What such an expression makes is memory of its own: a machine code that makes it elsewhere is hardly ever seen. */
const ownMemory: ReadonlySet<Site["form"]> = new Set([
  "address-of-literal",
  "composite-literal",
  "new",
  "make",
  "go-wrapper",
  "defer-wrapper",
  "range-func-body",
]);

/** Made on the way into a call, where nothing tells whether the callee ends in a panic: known for these even so. */
const settledForms: ReadonlySet<Site["form"]> = new Set([
  "variable",
  "parameter",
  "result",
  "func-literal",
  "variadic-slice",
]);

/** What syntax tells of what is reserved, and of guards. */
const conditions: ReadonlySet<Site["when"]> = new Set(["len > cap", "missing", "too small"]);

/**
 * Whether message and syntax alone decide how a site is shown. Values in interfaces, growing slices, strings and what is
 * inlined often turn out to allocate nothing, or only on a condition that the sentence has to name.
 */
export function isSettled(site: SiteDraft): boolean {
  if (site.allocates === "yes" || site.allocates === "no" || conditions.has(site.when)) return true;
  if (site.inlinedFrom !== null) return false;
  if (settledForms.has(site.form)) return true;
  // A slice that is made of variable size may lie on the stack, one without elements in no memory at all.
  if (site.form === "make" && mayMakeSlice(site.expression)) return false;
  if (site.form === "composite-literal" && mayBeEmptySlice(site.expression)) return false;
  return ownMemory.has(site.form) && site.callee === null;
}

/** A literal without elements, as the compiler writes it: others end in `{...}`. */
function mayBeEmptySlice(expression: string): boolean {
  return expression.endsWith("{}") && !expression.startsWith("map[");
}

/** A type that is named may be a slice, which has a length. */
function mayMakeSlice(expression: string): boolean {
  return expression.includes(",") && !/^make\((?:map\[|(?:<-)?chan\b)/.test(expression);
}
