/** The functions and methods that a file declares. */
import { functionName } from "./functions.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { foldWhiteSpace, operands, present, spanOf, type TextSpan } from "./nodes.js";

export interface ListedFunction {
  /** As the compiler writes it: `F`, `T.M`, `(*T).M`. */
  readonly name: string;
  readonly nameSpan: TextSpan;
  /** From `func` to the closing brace. */
  readonly span: TextSpan;
  /**
   * Where the compiler's messages about the function stand: at what follows `func`, which is the receiver of a method
   * (cmd/compile/internal/noder, funcDecl).
   */
  readonly start: number;
  /** That of a method, where it has a name. */
  readonly receiver: ListedParameter | null;
  /** The receiver is none of them; those without a name are left out. */
  readonly parameters: readonly ListedParameter[];
}

export interface ListedParameter {
  readonly name: string;
  readonly span: TextSpan;
  /** Source text of the type, without the dots of a variadic one. */
  readonly type: string;
  readonly isVariadic: boolean;
  /** Its place among all parameters, from 0. */
  readonly index: number;
}

/** All top-level functions and methods with a body, in source order. */
export function functionsOf(tree: GoTree): ListedFunction[] {
  return operands(tree.root)
    .filter(({ type }) => type === "function_declaration" || type === "method_declaration")
    .flatMap((declaration) => listed(declaration));
}

function listed(declaration: SyntaxNode): ListedFunction[] {
  const name = declaration.childForFieldName("name");
  if (name === null || declaration.childForFieldName("body") === null) return [];
  const receiver = declaration.childForFieldName("receiver");
  return [
    {
      name: functionName(declaration),
      nameSpan: spanOf(name),
      span: spanOf(declaration),
      start: (receiver ?? name).startIndex,
      receiver: parametersOf(receiver)[0] ?? null,
      parameters: parametersOf(declaration.childForFieldName("parameters")),
    },
  ];
}

function parametersOf(list: SyntaxNode | null): ListedParameter[] {
  const parameters: ListedParameter[] = [];
  let index = 0;
  for (const declaration of list === null ? [] : operands(list)) {
    const type = foldWhiteSpace(declaration.childForFieldName("type")?.text ?? "");
    const isVariadic = declaration.type === "variadic_parameter_declaration";
    const names = present(declaration.childrenForFieldName("name")).filter(({ isNamed }) => isNamed);
    for (const name of names) {
      parameters.push({ name: name.text, span: spanOf(name), type, isVariadic, index });
      index++;
    }
    if (names.length === 0) index++;
  }
  return parameters;
}
