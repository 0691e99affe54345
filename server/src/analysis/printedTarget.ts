/**
 * What an assignment assigns to, in the compiler's words. For statements of inlined functions these are all there is: the
 * position is that of the call (cmd/compile/internal/ir/fmt.go prints the statement; inline/inl.go renames nothing, but
 * names of other packages get their package before them: `bytes.b.buf`, of `b.buf` in package bytes).
 */
import type { AssignmentTarget } from "../syntax/flowPlaces.js";
import { splitList } from "./printedList.js";

export interface PrintedAssignment {
  /** The step's text: `b.buf = append(b.buf, c)`, `h[k] = []string{...}`. */
  readonly text: string;
  /** Where the flow goes: `{heap}`, or the name of a variable. */
  readonly to: string;
  /** Names of the packages whose functions are inlined here. */
  readonly packages: ReadonlySet<string>;
}

/** The kind of target; null for several targets at once and for what is no assignment. */
export function printedTarget({ text, to, packages }: PrintedAssignment): AssignmentTarget | null {
  const left = leftSide(text);
  if (left === undefined || splitList(left)?.length !== 1) return null;
  if (isStaticTemporary(left)) return "package-variable";
  if (left.startsWith("*")) return "dereference";
  if (left.endsWith("]")) return "element";
  if (!/^[\w.~#]+$/.test(left)) return left.includes(".") ? "field" : null;
  if (to !== "{heap}") return left === to ? "variable" : "field";
  const [first = "", ...rest] = left.split(".");
  // A package and its variable look like a variable and its field.
  const isQualified = rest.length === 1 && packages.has(first);
  return rest.length === 0 || isQualified ? "package-variable" : "field";
}

/** The left side of an assignment as printed; undefined for other statements and expressions. */
export function leftSide(text: string): string | undefined {
  return /^([^"`]*?) (?::|[-+*/%&|^]|<<|>>|&\^)?= /s.exec(text)?.[1];
}

/**
 * Of an assignment of several values the pair that assigns one of these: `sink = a` of `sink, n = a, 1`. The text as it is
 * where it assigns one value, or the values of one call, or none of these.
 */
export function pairOf(text: string, values: ReadonlySet<string>): string {
  const left = leftSide(text);
  const targets = left === undefined ? undefined : splitList(left);
  if (left === undefined || targets === undefined || targets.length < 2) return text;
  const operator = /^ \S+ /.exec(text.slice(left.length))?.[0] ?? "";
  const sources = splitList(text.slice(left.length + operator.length)) ?? [];
  const found = sources.flatMap((each, index) => (values.has(each) ? [index] : []));
  const [index] = found;
  // Two of the same words are not told apart.
  if (index === undefined || found.length > 1 || sources.length !== targets.length) return text;
  return `${targets[index] ?? ""}${operator}${sources[index] ?? ""}`;
}

/** The compiler's own package variables for the contents of literals (cmd/compile/internal/staticinit, StaticName). */
export function isStaticTemporary(expression: string): boolean {
  return expression.includes("..stmp_");
}

/** Whether an append's result goes back to the slice that it grew: `b.buf = append(b.buf, c)`. */
export function isSelfAppend(text: string): boolean {
  const left = leftSide(text);
  if (left === undefined) return false;
  const right = text.slice(text.indexOf("= ", left.length) + 2);
  return right.startsWith(`append(${left}, `) || right.startsWith(`append(${left}...`);
}

/**
 * Whether the expression, as printed, is memory by itself: a pointer's target, a slice, map, channel, function or string
 * that is made here. All else that escapes is a value which an interface holds.
 */
export function hasOwnMemory(expression: string): boolean {
  return ownMemory.test(expression);
}

const ownMemory =
  /^(?:&|(?:go\.shape\.)?(?:\[\]|map\[)|chan |func literal$|new\(|make\(|append$|append\(|string\(|\(\[\](?:byte|rune|uint8|int32)\)\(|\.\.\. argument$)/;

/** Packages of `fmt.Errorf`, `cryptobyte.(*Builder).AddUint16`, `slices.Clone[go.shape.…]`. */
export function packagesOf(inlinedCalls: readonly string[]): ReadonlySet<string> {
  return new Set(
    inlinedCalls.flatMap((callee) => {
      const name = /^([\w-]+)\.(?:\(\*?|\w)/.exec(callee)?.[1];
      return name === undefined ? [] : [name];
    }),
  );
}
