/** A map that is made empty, where it is kept, and where entries are stored into it: a local variable, or a field. */
import * as l10n from "@vscode/l10n";
import { innermostFunction } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, onlyOperand, operands, present, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { assignedVariable } from "./allocatedSlice.js";
import { isPath } from "./quantities.js";
import { refuse } from "./refusal.js";
import { isCaptured, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export interface FilledMap {
  /** Its variable or field, as it is written. */
  readonly name: string;
  /** The statement that makes it. */
  readonly statement: SyntaxNode;
  /** `m[k]` wherever something is stored there. */
  readonly entries: readonly SyntaxNode[];
  /** The function or literal around. */
  readonly definition: SyntaxNode;
}

/** Refuses maps that are kept nowhere, or set to others as well. */
export function filledMap(made: SyntaxNode): FilledMap {
  const definition = innermostFunction(made);
  if (definition === undefined) return refuse(t("The map is not kept in a local variable."));
  return localMap(made, definition) ?? fieldMap(made, definition);
}

function localMap(made: SyntaxNode, definition: SyntaxNode): FilledMap | undefined {
  const assigned = assignedVariable(made);
  const declaration = assigned === undefined ? undefined : declarationOf(assigned.name);
  if (assigned === undefined || declaration === undefined || isPackageLevel(declaration)) return undefined;
  const name = declaration.name.text;
  const uses = usesOf(declaration, definition).filter((use) => !isSame(use, assigned.name));
  if (uses.some((use) => ["assigned", "address"].includes(useKind(use))))
    refuse(t("`{0}` is set to other maps, too.", name));
  const entries = uses.flatMap((use) => {
    const entry = withIndex(use);
    return entry !== undefined && useKind(entry) === "assigned" ? [entry] : [];
  });
  if (uses.some((use) => isCaptured(use, declaration) && entries.some((entry) => isWithin(use, entry))))
    refuse(t("A function literal fills `{0}`.", name));
  return { name, statement: assigned.statement, entries, definition };
}

/** `m[k]` around a use of `m`. */
function withIndex(use: SyntaxNode): SyntaxNode | undefined {
  const { parent } = withParentheses(use);
  return useKind(use) === "index" && parent !== null ? parent : undefined;
}

/** The field is known by how it is written: that it may be another one by then only makes the room a guess. */
function fieldMap(made: SyntaxNode, definition: SyntaxNode): FilledMap {
  const { name, statement } =
    assignedField(made) ?? literalField(made) ?? refuse(t("The map is not kept in a local variable."));
  for (const each of present(definition.descendantsOfType("assignment_statement"))) {
    const left = each.childForFieldName("left");
    const isOther = !isSame(each, statement) && each.startIndex > statement.endIndex;
    for (const target of isOther && left !== null ? operands(left) : [])
      if (target.text === name || name.startsWith(`${target.text}.`))
        refuse(t("`{0}` is set to other maps, too.", target.text));
  }
  const entries = present(definition.descendantsOfType("index_expression")).filter(
    (entry) => entry.childForFieldName("operand")?.text === name && useKind(entry) === "assigned",
  );
  return { name, statement, entries, definition };
}

type Kept = Pick<FilledMap, "name" | "statement">;

/** `x.f = make(map[K]V)` */
function assignedField(made: SyntaxNode): Kept | undefined {
  const statement = withParentheses(made).parent?.parent;
  if (statement?.type !== "assignment_statement" || statement.childForFieldName("operator")?.text !== "=")
    return undefined;
  const target = onlyOperand(statement.childForFieldName("left"));
  const isField = target?.type === "selector_expression" && isPath(target);
  return isField && onlyOperand(statement.childForFieldName("right")) !== undefined
    ? { name: target.text, statement }
    : undefined;
}

/** `x := T{f: make(map[K]V)}` and `x := &T{…}`. */
function literalField(made: SyntaxNode): Kept | undefined {
  const pair = withParentheses(made).parent?.parent;
  const key = pair?.type === "keyed_element" ? operands(pair)[0] : undefined;
  const literal = pair?.parent?.parent;
  if (
    pair === null ||
    pair === undefined ||
    key === undefined ||
    isWithin(made, key) ||
    literal?.type !== "composite_literal"
  )
    return undefined;
  const address = literal.parent?.type === "unary_expression" ? literal.parent : literal;
  const variable = assignedVariable(address);
  return variable?.isDeclaration === true
    ? { name: `${variable.name.text}.${key.text}`, statement: variable.statement }
    : undefined;
}
