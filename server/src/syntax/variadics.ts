/** How many parameters a variadic function has before its last one, as far as this file and custom tell. */
import { calleeName, type CallSyntax } from "./calls.js";
import type { SyntaxNode } from "./goSyntax.js";
import { operands, present, withoutParentheses } from "./nodes.js";
import { declarationOf } from "./scopes.js";

const stringLiterals: ReadonlySet<string> = new Set(["interpreted_string_literal", "raw_string_literal"]);

/**
 * Number of arguments before the variadic ones; "none" when the callee is declared in this file and is not variadic.
 * For functions of other files, those named like `Printf` have fixed arguments up to their format; of others all
 * arguments count as variadic.
 */
export function fixedParameters(call: CallSyntax): number | "none" {
  const signature = signatureOf(call);
  if (signature !== undefined) return fixedOf(signature);
  const name = calleeName(call.callee)?.text ?? "";
  if (!/f$/i.test(name)) return 0;
  const format = call.arguments.findIndex((argument) => stringLiterals.has(argument.type));
  return format + 1;
}

/** The parameter list of the callee, where this file declares it without doubt. */
function signatureOf(call: CallSyntax): SyntaxNode | undefined {
  const callee = withoutParentheses(call.callee);
  if (callee.type === "func_literal") return callee.childForFieldName("parameters") ?? undefined;
  if (callee.type !== "identifier") return undefined;
  const declaration = declarationOf(callee);
  if (declaration?.kind !== "function") return undefined;
  return declaration.node.childForFieldName("parameters") ?? undefined;
}

function fixedOf(parameters: SyntaxNode): number | "none" {
  const list = operands(parameters);
  if (list.at(-1)?.type !== "variadic_parameter_declaration") return "none";
  return list.slice(0, -1).reduce((count, parameter) => {
    const names = present(parameter.childrenForFieldName("name")).filter((name) => name.isNamed);
    return count + Math.max(names.length, 1);
  }, 0);
}
