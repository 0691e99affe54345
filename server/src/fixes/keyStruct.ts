/** The struct that a formatted key becomes: its name, its fields, and the map types and entries that have it. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands } from "../syntax/nodes.js";
import { constantKey } from "./constantKey.js";
import type { FileEdits } from "./edits.js";
import type { FixInput } from "./fix.js";
import type { FormatCall } from "./formatCall.js";
import { formattedType } from "./formattedTypes.js";
import type { FormatPiece } from "./formatVerbs.js";
import { freePackageName } from "./bufferPool.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** Plain data: it outlives the trees. */
export interface KeyStruct {
  /** The type's name, which nothing in the package has. */
  readonly name: string;
  /** Its declaration with an empty line behind. */
  readonly declaration: string;
  /** Source text of the format that it replaces, and that taken apart. */
  readonly format: string;
  readonly pieces: readonly FormatPiece[];
  /** Basic types of the fields. */
  readonly kinds: readonly string[];
}

/** The struct for the keys of a map. `types` are those of the call's operands. Refuses what cannot be compared as its text would. */
export function keyStruct(
  input: FixInput,
  map: string,
  call: FormatCall,
  types: readonly string[],
): KeyStruct {
  const kinds = types.map((type) => keyType(input, type));
  const name = freePackageName(input, `${lowered(map)}Key`);
  const fields = fieldNames(call.operands);
  const lines = fields.map((field, index) => `\t${field} ${types[index] ?? ""}`);
  return {
    name,
    declaration: `type ${name} struct {\n${aligned(lines).join("\n")}\n}\n`,
    format: call.call.arguments[0]?.text ?? "",
    pieces: call.pieces ?? [],
    kinds,
  };
}

/**
 * Gives a map type the struct as its key, and the entries of a literal of it. Refuses types other than `map[string]…`, and
 * keys that are not plainly what the format writes.
 */
export function changeMapType(type: SyntaxNode, key: KeyStruct, edits: FileEdits): boolean {
  const string = type.type === "map_type" ? type.childForFieldName("key") : null;
  if (string?.text !== "string") return false;
  edits.replace(string, key.name);
  const body = type.parent?.type === "composite_literal" ? type.parent.childForFieldName("body") : null;
  for (const pair of body === null ? [] : operands(body)) {
    const entry = operands(pair)[0];
    const value = entry === undefined ? undefined : constantKey(entry.text, key.pieces, key.kinds);
    if (entry === undefined || value === undefined)
      return refuse(t("The key `{0}` cannot be taken apart.", entry?.text ?? pair.text));
    edits.replace(entry, `{${value.join(", ")}}`);
  }
  return true;
}

/** Basic types whose equal values are written alike; numbers with a fraction may be NaN, which no map finds. */
function keyType(input: FixInput, type: string): string {
  const known = formattedType(input, type);
  if (known === undefined || !/^(?:string|bool|u?int(?:8|16|32|64)?)$/.test(known.basic))
    return refuse(t("A struct key with a `{0}` would not compare as its text does.", type));
  if (known.methods.size > 0)
    return refuse(
      t("The operand's type has a method `{0}`, which package fmt calls.", [...known.methods][0] ?? ""),
    );
  return known.basic;
}

/** Names of fields after what is formatted, numbered where two are alike. */
function fieldNames(values: readonly SyntaxNode[]): string[] {
  const names: string[] = [];
  for (const value of values) {
    const last = /(?:^|\.)(\w+)$/.exec(value.text)?.[1];
    const base = last === undefined || /^\d/.test(last) ? "part" : lowered(last);
    let name = base;
    for (let number = 2; names.includes(name); number++) name = `${base}${number}`;
    names.push(name);
  }
  return names;
}

/** `ID` becomes `id`, `Role` `role`. Keywords cannot come out of this, as no identifier is one but in another case. */
function lowered(name: string): string {
  const plain = /^\p{Lu}+$/u.test(name) ? name.toLowerCase() : name.charAt(0).toLowerCase() + name.slice(1);
  return /^(?:type|map|func|range|var|const|package|import|case|go|if|for|chan|return|struct|select|switch|default|interface|else|break|continue|defer|goto|fallthrough)$/.test(
    plain,
  )
    ? `${plain}Value`
    : plain;
}

/** Types in one column, as gofmt wants them. */
function aligned(lines: readonly string[]): string[] {
  const pairs = lines.map((line) => line.trim().split(" "));
  const width = Math.max(...pairs.map(([name]) => name?.length ?? 0));
  return pairs.map(([name = "", type = ""]) => `\t${name.padEnd(width)} ${type}`);
}
