/** One operand of a format, written without package fmt: the same characters, from package strconv or a conversion. */
import * as l10n from "@vscode/l10n";
import type { FormattedType } from "./formattedTypes.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** Go code for an operand. `{}` stands for the operand's own code. */
export interface Conversion {
  readonly code: string;
  /** Import path of the package that the code begins with. */
  readonly package: "strconv" | "encoding/hex" | undefined;
  /** Allocations of the conversion alone, where its value is not small. */
  readonly allocations: 0 | 1;
  /** Whether it is the operand itself, so that a chain of `+` may be taken apart. */
  readonly isBare: boolean;
}

const bases: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, x: 16 };

/**
 * The code that gives what `%verb` gives for the type (fmt, printArg; strconv has the same digits, as fmt calls it or does
 * the same). Refuses verbs that mean something else for the type, and types that write themselves.
 */
export function conversionOf(verb: string, precision: number | undefined, type: FormattedType): Conversion {
  refuseOwnMethods(verb, type);
  const { basic } = type;
  if (/^u?int/.test(basic) && precision === undefined) {
    // Wider ones would lose the bits that make fmt print U+FFFD.
    if (verb === "c" && /^u?int(?:8|16|32)$/.test(basic))
      return plain(basic === "int32" && !type.isNamed ? "string({})" : "string(rune({}))", 1);
    const base = bases[verb];
    if (base !== undefined) return integer(type, base);
  }
  if (basic === "string" && precision === undefined) {
    if (verb === "s" || verb === "v")
      return { ...plain(type.isNamed ? "string({})" : "{}", 0), isBare: !type.isNamed };
    if (verb === "q") return strconv(`Quote(${type.isNamed ? "string({})" : "{}"})`, 1);
    if (verb === "x") return { ...plain("hex.EncodeToString([]byte({}))", 1), package: "encoding/hex" };
  }
  if (basic === "[]byte" && precision === undefined) {
    if (verb === "s") return plain("string({})", 1);
    if (verb === "x") return { ...plain("hex.EncodeToString({})", 1), package: "encoding/hex" };
  }
  if (basic === "bool" && precision === undefined && (verb === "t" || verb === "v"))
    return strconv(`FormatBool(${type.isNamed ? "bool({})" : "{}"})`, 0);
  if (/^float/.test(basic)) {
    const found = float(verb, precision, type);
    if (found !== undefined) return found;
  }
  return refuse(t("`%{0}` of `{1}` has no plain counterpart.", verb, basic));
}

/** Formatter comes first for all verbs; error and Stringer for those that are valid for strings. */
function refuseOwnMethods(verb: string, { methods }: FormattedType): void {
  const asked = /^[svxXq]$/.test(verb) ? ["Format", "Error", "String"] : ["Format"];
  const own = asked.find((method) => methods.has(method));
  if (own !== undefined) refuse(t("The operand's type has a method `{0}`, which package fmt calls.", own));
}

function integer({ basic, isNamed }: FormattedType, base: number): Conversion {
  if (basic === "int" && base === 10) return strconv(`Itoa(${isNamed ? "int({})" : "{}"})`, 1);
  const wide = basic.startsWith("u") ? "uint64" : "int64";
  const operand = basic === wide && !isNamed ? "{}" : `${wide}({})`;
  return strconv(`${wide === "uint64" ? "FormatUint" : "FormatInt"}(${operand}, ${base})`, 1);
}

function float(verb: string, precision: number | undefined, type: FormattedType): Conversion | undefined {
  if (!/^[vgef]$/.test(verb)) return undefined;
  // What %v prints is %g's (fmt, fmtFloat); without a precision both take the fewest digits, and the others six.
  const format = verb === "v" ? "g" : verb;
  const digits = precision ?? (format === "g" ? -1 : 6);
  const operand = type.basic === "float64" && !type.isNamed ? "{}" : "float64({})";
  return strconv(`FormatFloat(${operand}, '${format}', ${digits}, ${type.basic.slice("float".length)})`, 1);
}

function strconv(code: string, allocations: 0 | 1): Conversion {
  return { code: `strconv.${code}`, package: "strconv", allocations, isBare: false };
}

function plain(code: string, allocations: 0 | 1): Conversion {
  return { code, package: undefined, allocations, isBare: false };
}
