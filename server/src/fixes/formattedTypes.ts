/** What package fmt sees of a type: its basic kind, and whether methods of its own write it. */
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import type { FixInput } from "./fix.js";
import { inspectPackage } from "./packageFiles.js";

export interface FormattedType {
  /** One of Go's basic types with aliases resolved, or `[]byte`. */
  readonly basic: string;
  /** Whether the type has a name of its own, so that a conversion is needed. */
  readonly isNamed: boolean;
  /** Methods that package fmt looks for (fmt, handleMethods). */
  readonly methods: ReadonlySet<string>;
}

const basicTypes =
  /^(?:bool|string|int|int8|int16|int32|int64|uint|uint8|uint16|uint32|uint64|uintptr|float32|float64|\[\]uint8)$/;

const none: ReadonlySet<string> = new Set();

/**
 * Reads a type as the compiler wrote it. Named types are looked up in the package, where all their methods are declared
 * (go.dev/ref/spec#Method_declarations); undefined for those of other packages, and for all that is not basic.
 */
export function formattedType(input: FixInput, type: string): FormattedType | undefined {
  if (redeclaresBasics(input)) return undefined;
  const plain = type.replace(/\bbyte$/, "uint8").replace(/^rune$/, "int32");
  if (basicTypes.test(plain))
    return { basic: plain.replace("[]uint8", "[]byte"), isNamed: false, methods: none };
  // External tests have types of their own, which are not read here.
  const isOwn = input.site.package === input.snapshot.package.importPath;
  return isOwn && /^\w+$/.test(type) ? namedType(input, type) : undefined;
}

function namedType(input: FixInput, name: string): FormattedType | undefined {
  const kinds: string[] = [];
  const methods = new Set<string>();
  inspectPackage(input, (tree) => {
    for (const spec of present(tree.root.descendantsOfType(["type_spec", "type_alias"]))) {
      if (spec.childForFieldName("name")?.text !== name) continue;
      const isPlain = spec.type === "type_spec" && spec.childForFieldName("type_parameters") === null;
      kinds.push(isPlain ? (spec.childForFieldName("type")?.text ?? "") : "");
    }
    for (const method of present(tree.root.descendantsOfType("method_declaration")))
      if (receiverName(method) === name) methods.add(method.childForFieldName("name")?.text ?? "");
  });
  for (const text of input.filesBeside.values()) {
    const declared = text.matchAll(new RegExp(String.raw`^func \([^)]*\b${name}\) (\w+)\(`, "gm"));
    for (const [, method = ""] of declared) methods.add(method);
  }
  const [kind, ...others] = kinds;
  const plain = kind?.replace(/^byte$/, "uint8").replace(/^rune$/, "int32");
  if (plain === undefined || others.length > 0 || !basicTypes.test(plain)) return undefined;
  return { basic: plain, isNamed: true, methods };
}

function receiverName(method: SyntaxNode): string | undefined {
  const list = method.childForFieldName("receiver");
  const [parameter] = list === null ? [] : operands(list);
  let type = parameter?.childForFieldName("type") ?? undefined;
  type = type === undefined ? undefined : withoutParentheses(type);
  return type?.type === "pointer_type" ? operands(type)[0]?.text : type?.text;
}

/** A package may declare an `int` of its own, which the compiler prints like Go's. */
function redeclaresBasics(input: FixInput): boolean {
  const names = "bool|string|u?int(?:8|16|32|64)?|uintptr|byte|rune|float(?:32|64)";
  const declared = new RegExp(String.raw`\btype\s+(?:${names})\b`);
  return [...input.snapshot.texts.values()].some(({ text }) => declared.test(text));
}

/** Whether an operand is a constant, which the compiler puts into an interface without an allocation. */
export function isConstantOperand(node: SyntaxNode): boolean {
  if (/_literal$|^(?:true|false)$/.test(node.type)) return !/^(?:func|composite)_/.test(node.type);
  return node.type === "identifier" && declarationOf(node)?.kind === "constant";
}
