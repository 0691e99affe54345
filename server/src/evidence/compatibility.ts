/** Whether a call of the allocator can be what a site stands for, judged by what both say of it. */
import type { Site } from "../analysis/site.js";
import { parseApplication } from "../syntax/rendering.js";
import type { ValueShape } from "../syntax/valueShape.js";
import type { AllocationCall } from "./allocationCall.js";

/** What of a site matters: its words, and whose they are. */
export type SiteWords = Pick<Site, "kind" | "form" | "expression" | "package" | "inlinedFrom">;

/** Whether the call may be the site's. Types decide where both name one; what is not known speaks for it. */
export function isCompatible(site: SiteWords, call: AllocationCall): boolean {
  const { expression } = site;
  if (isClosure(site)) return isClosureCall(call);
  if (call.kind === "object" && isClosureType(call.type)) return false;
  if (site.kind === "moved") return call.kind === "object";
  if (call.isShared) return false;
  if (site.form === "append" || expression === "append") return growsSlice(call);
  if (expression.startsWith("append(")) return growsSlice(call) || call.kind === "box";
  if (expression === "... argument") return isArray(call);
  if (/^&.*\}$/s.test(expression)) return isObjectOf(call, literalType(expression.slice(1)));
  if (expression.startsWith("new(")) return isNew(call, expression.slice("new(".length, -1));
  if (expression.startsWith("make(")) return isMake(call, expression.slice("make(".length));
  if (/\{(?:\.\.\.)?\}$/.test(expression)) return isLiteral(call, literalType(expression));
  return isValue(site, call);
}

/**
 * Whether the call can make the interface's copy of a value of this shape (cmd/compile/internal/walk/convert.go,
 * dataWordFuncName). Pointers are held as they are, and of single bytes the runtime has all values ready.
 */
export function canBox(shape: ValueShape, { call }: AllocationCall): boolean {
  return shape === "several" ? !untyped.has(call) : call === boxers[shape];
}

/** Whether the call can make the memory of a variable of this shape, alone or with others. */
export function canHold(shape: ValueShape, { type, bytes, isShared }: AllocationCall): boolean {
  if (shape === "several") return type === null || !basicTypes.has(type);
  const size = shape === "byte" ? 1 : (sizes[shape] ?? shape);
  return isShared ? typeof shape === "number" || shape === "byte" : bytes === null || bytes === size;
}

const sizes: Readonly<Partial<Record<ValueShape, number>>> = { pointer: 8, string: 16, slice: 24 };

const boxers: Readonly<Record<Exclude<ValueShape, "several">, string | null>> = {
  pointer: null,
  byte: null,
  2: "runtime.convT16",
  4: "runtime.convT32",
  8: "runtime.convT64",
  string: "runtime.convTstring",
  slice: "runtime.convTslice",
};
const untyped: ReadonlySet<string | null> = new Set(Object.values(boxers));

function isClosure({ form, expression }: SiteWords): boolean {
  return expression === "func literal" || form === "method-value" || /^(?:go|defer)-wrapper$/.test(form);
}

/** Closures are structs that begin with the address of their code (cmd/compile/internal/typecheck/func.go, ClosureType). */
function isClosureType(type: string | null): boolean {
  return type !== null && /^(?:noalg\.)?struct \{ F uintptr/.test(type);
}

function isClosureCall({ kind, type }: AllocationCall): boolean {
  return kind === "object" && (type === null || isClosureType(type));
}

function growsSlice({ kind }: AllocationCall): boolean {
  return kind === "growth" || kind === "move";
}

/** The array behind a slice literal, or behind a make whose size is known. */
function isArray({ kind, type }: AllocationCall): boolean {
  return kind === "object" && (type === null || /^(?:noalg\.)?\[\d+\]/.test(type));
}

function isObjectOf(call: AllocationCall, type: string): boolean {
  return call.kind === "object" && agree(type, call.type);
}

/** Since Go 1.26 `new` takes values as well, whose text is no type. */
function isNew(call: AllocationCall, operand: string): boolean {
  const isType = /^(?:\*|\[|map\[|chan |func\()/.test(operand) || /^[\w.]+(?:\[.*\])?$/s.test(operand);
  return call.kind === "object" && (!isType || agree(operand, call.type) || isPlainName(operand));
}

/** It may be a variable as well. */
function isPlainName(text: string): boolean {
  return /^[a-z]\w*$/.test(text) && !basicTypes.has(text);
}

const basicTypes: ReadonlySet<string> = new Set([
  ...[
    "bool",
    "string",
    "byte",
    "rune",
    "uintptr",
    "error",
    "any",
    "float32",
    "float64",
    "complex64",
    "complex128",
  ],
  ...["int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64"],
]);

function isMake(call: AllocationCall, operands: string): boolean {
  if (operands.startsWith("map[")) return call.kind === "map";
  if (/^(?:<-)?chan\b/.test(operands)) return call.kind === "channel";
  // A boxed make has its header in memory of its own, too.
  const isSlice = call.kind === "slice" || isArray(call) || isSliceBox(call);
  return isSlice || (!operands.startsWith("[]") && (call.kind === "map" || call.kind === "channel"));
}

function isSliceBox({ call }: AllocationCall): boolean {
  return call === "runtime.convTslice";
}

function isLiteral(call: AllocationCall, type: string): boolean {
  if (type.startsWith("[]")) return isArray(call) || isSliceBox(call);
  if (type.startsWith("map[")) return call.kind === "map";
  switch (call.kind) {
    case "object":
    case "box":
      return call.type === null || agree(type, call.type) || isArray(call);
    case "map":
      // A type's name tells not what it is.
      return !/^(?:struct\b|\[)/.test(type);
    default:
      return false;
  }
}

/** A value in an interface, a conversion or a concatenation: their texts can look alike. */
function isValue(site: SiteWords, call: AllocationCall): boolean {
  switch (call.kind) {
    case "box":
    case "conversion":
    case "concatenation":
      return true;
    case "object":
      return isBoxedObject(site, call);
    case "slice":
      return isBytes(site.expression);
    default:
      return false;
  }
}

/** Of a constant string the bytes are an array of their own (walk/convert.go, walkStringToBytes). */
function isBoxedObject(site: SiteWords, { type }: AllocationCall): boolean {
  const { expression } = site;
  if (type !== null && isForeign(site, type)) return false;
  if (isBytes(expression)) return type === null || /^\[\d+\](?:uint8|byte|int32|rune)$/.test(type);
  return type === null || !/^\[\d+\]/.test(type) || !/^(?:"|\d)/.test(expression);
}

/** A type that another package keeps to itself is not that of a value of the person's own. */
function isForeign({ inlinedFrom, package: importPath }: SiteWords, type: string): boolean {
  const [, owner, name] = /^([\w./~-]+)\.(\w+)$/.exec(type) ?? [];
  if (inlinedFrom !== null || owner === undefined || name === undefined) return false;
  return /^\p{Ll}/u.test(name) && owner !== "main" && owner !== importPath.replace(/_test$/, "");
}

function isBytes(expression: string): boolean {
  return /^\[\](?:byte|rune|uint8|int32)$/.test(parseApplication(expression)?.head ?? "");
}

/** `T` of `T{...}`. */
function literalType(text: string): string {
  return text.replace(/\s*\{(?:\.\.\.)?\}$/, "");
}

/** Whether a type in the message's words can be the one in the linker's; the one has package names, the other paths. */
function agree(rendered: string, linked: string | null): boolean {
  if (linked === null || /^struct\b/.test(rendered)) return true;
  const [a, b] = [simplified(rendered), simplified(linked)];
  if (a === b) return true;
  // Of instances, type arguments can be written in more than one way; those of basic types cannot.
  const [shapeA, shapeB] = [basicShape(a), basicShape(b)];
  if (shapeA !== undefined && shapeB !== undefined) return false;
  return withoutArguments(a) === withoutArguments(b) || a.includes(shape) || b.includes(shape);
}

const shape = "go·shape·";

function simplified(type: string): string {
  return type
    .replace(/^noalg\./, "")
    .replace(/\bgo\.shape\./g, shape)
    .replace(/(?<=\w)·\d+/g, "")
    .replace(/(?:[\p{L}\p{N}_.~%-]+\/)*[\p{L}\p{N}_~%-]+\.(?=[\p{L}_])/gu, "")
    .replace(/interface \{\s*\}/g, "any")
    .replace(/\bbyte\b/g, "uint8")
    .replace(/\brune\b/g, "int32")
    .replace(/\s+/g, "");
}

/** `node[go·shape·int]`: an instance that has one basic type as its argument. */
function basicShape(type: string): string | undefined {
  return /^\w+\[go·shape·(\w+)\]$/.exec(type)?.[1];
}

function withoutArguments(type: string): string {
  return type.replace(/(?<=[\p{L}\p{N}_])\[.*\]$/su, "");
}
