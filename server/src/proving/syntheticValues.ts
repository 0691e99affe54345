/** Values to call a function with, from the types of its parameters as they are written. */

export interface Value {
  readonly expression: string;
  /** Import paths that the expression needs. */
  readonly imports: readonly string[];
}

/** What a type name in a file stands for. */
export interface TypeNames {
  /** Import path by the name that the file has for it. */
  readonly imports: ReadonlyMap<string, string>;
  /** Whether the package declares the type. */
  isDeclared(name: string): boolean;
}

/** Elements of slices, and the value of integers: enough to grow, too few to take long. */
const count = 16;

/** Longer than the 32 bytes that the runtime keeps on the stack (runtime/string.go, tmpStringBufSize). */
const text = JSON.stringify("made up by Go Escape Lens to call the function");

const basic: Readonly<Record<string, string>> = {
  bool: "true",
  string: text,
  error: `errors.New(${text})`,
  any: "any(1000)",
  "interface{}": "any(1000)",
};

const wellKnown: Readonly<Record<string, Value>> = {
  "context.Context": { expression: "context.Background()", imports: ["context"] },
  "io.Writer": { expression: "io.Discard", imports: ["io"] },
  "io.Reader": { expression: `strings.NewReader(${text})`, imports: ["strings"] },
  error: { expression: basic["error"] ?? "", imports: ["errors"] },
};

/** A value of the type (source text, white space folded); undefined where none can be made up. */
export function syntheticValue(type: string, names: TypeNames): Value | undefined {
  const known = wellKnown[type];
  if (known !== undefined) return known;
  const simple = basic[type];
  if (simple !== undefined) return { expression: simple, imports: [] };
  if (/^(?:u?int(?:8|16|32|64)?|uintptr|byte|rune|float(?:32|64)|complex(?:64|128))$/.test(type))
    return { expression: `${type}(${count})`, imports: [] };
  if (type.startsWith("[]")) return sliceOf(type, names);
  const map = /^map\[([\w.]+)\](.+)$/.exec(type);
  if (map !== null) return mapOf(type, map[1] ?? "", map[2] ?? "", names);
  const pointed = /^\*(?=[\w.]+$)/.test(type) ? type.slice(1) : undefined;
  if (pointed !== undefined) return named(pointed, names, (name) => `new(${name})`);
  return named(type, names, (name) => `*new(${name})`);
}

function sliceOf(type: string, names: TypeNames): Value | undefined {
  const element = syntheticValue(type.slice(2), names);
  if (element === undefined) return undefined;
  const elements = new Array<string>(count).fill(element.expression).join(", ");
  return { expression: `${type}{${elements}}`, imports: [...element.imports, ...importsOf(type, names)] };
}

function mapOf(type: string, key: string, value: string, names: TypeNames): Value | undefined {
  const [from, to] = [syntheticValue(key, names), syntheticValue(value, names)];
  if (from === undefined || to === undefined) return undefined;
  return {
    expression: `${type}{${from.expression}: ${to.expression}}`,
    imports: [...from.imports, ...to.imports, ...importsOf(type, names)],
  };
}

/** The zero value of a type that the package declares or imports. */
function named(type: string, names: TypeNames, write: (name: string) => string): Value | undefined {
  const match = /^(?:([\p{L}_][\p{L}\p{N}_]*)\.)?[\p{L}_][\p{L}\p{N}_]*$/u.exec(type);
  if (match === null) return undefined;
  const isKnown = match[1] === undefined ? names.isDeclared(type) : names.imports.has(match[1]);
  return isKnown ? { expression: write(type), imports: importsOf(type, names) } : undefined;
}

function importsOf(type: string, { imports }: TypeNames): string[] {
  return [...type.matchAll(/([\p{L}_][\p{L}\p{N}_]*)\./gu)].flatMap(
    ([, name = ""]) => imports.get(name) ?? [],
  );
}
