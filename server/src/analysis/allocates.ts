/** A first verdict from the rules that are certain; all else stays unknown until the machine code is read. */
import type { ReasonCode } from "./reasonCodes.js";
import type { Allocates, SiteForm } from "./site.js";

/** Conditions in the words of the contract, not of a language: explain/ has them for people. */
export type Condition =
  | "constant"
  | "captures nothing"
  | "zero size"
  | "size > 32 bytes"
  | "len > cap"
  /** An append for which the capacity that was reserved is enough, as syntax shows. */
  | "reserved"
  /** An append to a slice whose capacity is used up. */
  | "grows"
  /** What is kept for later is not there yet. */
  | "missing"
  /** What is kept, or a buffer, does not hold as much. */
  | "too small";

export interface AllocationVerdict {
  readonly allocates: Allocates;
  readonly when: Condition | null;
}

export interface AllocationInput {
  readonly form: SiteForm;
  readonly reason: ReasonCode;
  /** As the compiler wrote it. */
  readonly expression: string;
  readonly isConstant: boolean;
  /** A function literal that uses no variable of the functions around it. */
  readonly capturesNothing: boolean;
  /** As what the file declares the type of a literal (source text); undefined where it does not. */
  readonly declaredAs: () => string | undefined;
  /** An append to a slice that was made with a capacity; `enough`: with one that all appends together do not fill. */
  readonly reserved: "enough" | "perhaps" | undefined;
  /** An append in a loop to a slice that begins without capacity. */
  readonly growsFromEmpty: boolean;
}

const unknown: AllocationVerdict = { allocates: "unknown", when: null };

/** Decides what message and syntax decide alone: constants, values without a size, closures without variables. */
export function certainVerdict(input: AllocationInput): AllocationVerdict {
  if (input.isConstant) {
    return no("constant");
  }
  if (input.form === "func-literal" && input.capturesNothing) {
    return no("captures nothing");
  }
  if (input.reason === "zero-size" || isZeroSize(input)) return no("zero size");
  if (input.reserved === "enough") return no("reserved");
  if (input.reserved === "perhaps") return { allocates: "sometimes", when: "len > cap" };
  if (input.reason === "append-growth" && !input.growsFromEmpty)
    return { allocates: "sometimes", when: "grows" };
  if (input.reason === "too-large") return { allocates: "yes", when: null };
  return unknown;
}

const quoted = String.raw`"(?:[^"\\]|\\.)*(?:"|\.\.\.)`;
const character = String.raw`'(?:[^'\\]|\\.)+'`;
const number = String.raw`-?\.?\d[\w.]*(?:[ep][-+]?\d+)?`;
const literal = `(?:${quoted}|${character}|${number}|\\(${number} [-+] ${number}\\)|true|false|nil)`;
const bareLiteral = new RegExp(`^${literal}$`, "s");
/** Of a type argument: the compiler writes it so for constants alone. */
const shapedLiteral = new RegExp(String.raw`^go\.shape\.\w+\(${literal}\)$`, "s");
const convertedLiteral = new RegExp(String.raw`^[\w.]+\(${literal}\)$`, "s");
const convertedNumber = new RegExp(String.raw`^[\w.]+\((?:${character}|${number}|true|false)\)$`);
const predeclared = /^(?:string|bool|byte|rune|u?int(?:8|16|32|64|ptr)?|float(?:32|64)|complex(?:64|128))\(/;

/**
 * Whether a boxed operand is a constant. `text` is the compiler's rendering, in which constants are folded and keep
 * their type (`time.Duration(1000000000)`), and long strings end in `...` without a closing quote (go/constant, String).
 * A call of one literal looks like a typed constant, so the source of what is boxed must be known, and must not end like
 * a call, unless it converts to a predeclared type, or to one that the file declares (`declaredAs` says as what). Strings
 * may become slices of bytes there; numbers stay constants, whatever the type is called.
 */
export function isConstant(
  text: string,
  source: string | undefined,
  declaredAs: () => string | undefined = () => undefined,
): boolean {
  if (bareLiteral.test(text) || shapedLiteral.test(text)) return true;
  if (source === undefined || !convertedLiteral.test(text)) return false;
  if (!source.endsWith(")") || predeclared.test(source)) return true;
  const type = declaredAs();
  return type === "string" || (type !== undefined && convertedNumber.test(text));
}

/** The type's name where the text is a literal of it, or a call with one literal, which looks alike: `ID(3)`. */
export function convertedTo(text: string): string | undefined {
  return convertedLiteral.test(text) ? text.slice(0, text.indexOf("(")) : undefined;
}

/** Values of the standard library without fields that are boxed in everyday code, as the compiler writes them. */
const emptyValues: ReadonlySet<string> = new Set([
  "context.backgroundCtx{}",
  "context.todoCtx{}",
  "http.noBody{}",
  "http.NoBody",
  "binary.BigEndian",
  "binary.LittleEndian",
  "binary.NativeEndian",
]);

/** A slice literal without elements has an array of no size behind it (runtime.zerobase); others end in `{...}`. */
function isZeroSize({ form, expression, declaredAs }: AllocationInput): boolean {
  if (emptyValues.has(expression)) return true;
  const written = /^&?(.+)\{\}$/s.exec(expression)?.[1];
  if (written === undefined) return false;
  const type = /^\w+$/.test(written) ? (declaredAs() ?? "") : written;
  // Behind an address stands the slice itself, which has a size.
  if (form === "composite-literal" && type.startsWith("[]")) return !expression.startsWith("&");
  return /^(?:struct\s*\{\s*\}|\[0\][\w.*]+)$/.test(type);
}

function no(when: Condition): AllocationVerdict {
  return { allocates: "no", when };
}
