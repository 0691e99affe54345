/** Writing a string to an io.Writer without a copy of it as bytes. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { withoutParentheses } from "../syntax/nodes.js";
import type { FileImports } from "./imports.js";
import { refuse } from "./refusal.js";
import { depthOf } from "./spacing.js";

const { t } = l10n;

/** Types of the standard library whose WriteString does what their Write does with the same bytes. */
const stringWriters: ReadonlySet<string> = new Set([
  "*bytes.Buffer",
  "*strings.Builder",
  "*bufio.Writer",
  "*os.File",
  "bytes.Buffer",
  "strings.Builder",
  "bufio.Writer",
]);

/** Interfaces whose values often have a WriteString as well. */
const openWriters: ReadonlySet<string> = new Set([
  "io.Writer",
  "io.WriteCloser",
  "io.ReadWriter",
  "io.ReadWriteCloser",
  "io.StringWriter",
  "http.ResponseWriter",
]);

export interface WriteCall {
  readonly code: string;
  /** The function that is called, for a menu. */
  readonly name: string;
  /** What may behave differently; null where the writer's type is known. */
  readonly behaviour: string | null;
}

/**
 * The call that writes the string expression, which is asked for as it is spelled at a depth (spacing.ts). A writer of unknown kind goes through io.WriteString, which calls the
 * writer's WriteString method if it has one (pkg.go.dev/io#WriteString): one that is promoted from an embedded writer goes
 * past a Write of its own. Refuses types that are not known to have one, for which io.WriteString would copy the string.
 */
export function writeCall(
  writer: SyntaxNode,
  type: string | undefined,
  expression: (depth: number) => string,
  at: SyntaxNode,
  imports: FileImports,
): WriteCall {
  const node = withoutParentheses(writer);
  const isAddress = node.type === "unary_expression" && node.text.startsWith("&");
  const target = isAddress ? (node.childForFieldName("operand")?.text ?? node.text) : node.text;
  if (type !== undefined && stringWriters.has(type) && /^[\w.[\]()]+$/.test(target)) {
    return {
      code: `${target}.WriteString(${expression(depthOf(at))})`,
      name: `${target}.WriteString`,
      behaviour: null,
    };
  }
  if (type === undefined || !openWriters.has(type))
    return refuse(t("The writer is not known to have a `WriteString` method."));
  const name = `${imports.qualifier("io", at)}.WriteString`;
  return {
    code: `${name}(${writer.text}, ${expression(depthOf(at) + 1)})`,
    name,
    behaviour: t("A writer that has a `WriteString` method gets that call instead of `Write`."),
  };
}
