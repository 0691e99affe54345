/** Reserves what is written to a local strings.Builder or bytes.Buffer, where the code shows how much that is. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import { type Declaration, declaringStatement, initialValue, writtenType } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { emptyLiteralType, isSame, isWithin, operands } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { type AppendCount, appendCount, inSequence } from "./appendCount.js";
import { constantValue, isReadable, render, renderAlone } from "./count.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { measuringLoop } from "./measuringLoop.js";
import { firstOf, proposals, refuse } from "./refusal.js";
import { isBuiltin, languageMinor, withSiteFile } from "./sourceFile.js";
import { isStable } from "./stability.js";
import { functionOf, isCaptured, usesOf } from "./variableUses.js";
import { bytesWritten, measuredBytes } from "./writtenBytes.js";

const { t } = l10n;

/** Bytes for which the first growth is enough: bytes.Buffer begins with 64 (smallBufferSize). */
const smallest = 64;

export const growBuffer: Fix = {
  id: "grow-buffer",
  appliesTo: ({ inlinedFrom, loopDepth }) =>
    loopDepth > 0 &&
    inlinedFrom !== null &&
    /^(?:strings\.\(\*Builder\)|bytes\.\(\*Buffer\))\.Write\w+$/.test(inlinedFrom),
  propose: (input) =>
    proposals("grow-buffer", () => [
      withSiteFile(input, (tree, node) => {
        const buffer = writtenBuffer(tree, node);
        return firstOf(
          () => counting(input, buffer),
          () => measuring(input, buffer),
        );
      }),
    ]),
};

interface WrittenBuffer {
  readonly tree: GoTree;
  readonly name: string;
  /** What declares it empty. */
  readonly statement: SyntaxNode;
  readonly definition: SyntaxNode;
  /** The calls that write to it. */
  readonly writes: readonly SyntaxNode[];
  /** The statements of its list that hold them. */
  readonly writing: readonly SyntaxNode[];
}

function writtenBuffer(tree: GoTree, node: SyntaxNode): WrittenBuffer {
  const declaration = bufferOf(node);
  const name = declaration.name.text;
  const statement = emptyDeclaration(tree, declaration);
  const definition = functionOf(declaration);
  if (definition === undefined || statement.parent === null)
    return refuse(t("The syntax around it is broken."));
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isCaptured(use, declaration))) refuse(t("A function literal uses `{0}`.", name));
  const writes = uses.flatMap((use) => writeOf(use) ?? []);
  const writing = operands(statement.parent).filter((each) => writes.some((write) => isWithin(write, each)));
  return { tree, name, statement, definition, writes, writing };
}

/** The lengths differ, and a loop of its own adds them up before. */
function measuring(input: FixInput, buffer: WrittenBuffer): Proposal {
  const { tree, name, statement, definition, writes, writing } = buffer;
  const { size, lines } = measuringLoop({
    statements: writing,
    calls: writes,
    added: measuredBytes,
    from: statement.endIndex,
    definition,
  });
  const edits = new FileEdits(tree);
  edits.insertLineAfter(statement, [...lines, `${name}.Grow(${size})`].join("\n"));
  return {
    fix: "grow-buffer",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: t("Reserve in `{0}` what the loop writes, as a loop before it adds up", name),
    behaviour: null,
    // Going through the elements twice is cheaper than growing, but for very few of them.
    isPreferred: false,
    choice: null,
  };
}

function counting(input: FixInput, buffer: WrittenBuffer): Proposal {
  const { tree, name, statement, definition, writes, writing } = buffer;
  const counted = writing.map((each) => appendCount(each, writes, bytesWritten)).reduce(inSequence);
  refuseUnlessUseful(input, counted);
  if (counted.loops.some((loop) => !isStable(loop, statement.endIndex, definition)))
    refuse(t("What the loop depends on changes before it begins."));
  const size = renderAlone(counted.count);
  const edits = new FileEdits(tree);
  edits.insertLineAfter(statement, `${name}.Grow(${size})`);
  return {
    fix: "grow-buffer",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: counted.isExact
      ? t("Reserve `{0}` bytes in `{1}`", size, name)
      : t("Reserve `{0}` bytes in `{1}`, the most it can need", size, name),
    behaviour: null,
    isPreferred: counted.isExact,
    choice: null,
  };
}

/** The local variable whose method is called. */
function bufferOf(node: SyntaxNode): Declaration {
  const receiver = asCall(node)?.callee.childForFieldName("operand");
  const declaration = receiver?.type === "identifier" ? declarationOf(receiver) : undefined;
  if (declaration === undefined || isPackageLevel(declaration) || declaration.kind !== "variable")
    return refuse(t("It is not written to a local variable."));
  return declaration;
}

/** The statement that declares an empty buffer, or a pointer to one, behind whose line another can stand. */
function emptyDeclaration(tree: GoTree, declaration: Declaration): SyntaxNode {
  const statement = declaringStatement(declaration);
  if (statement === undefined || !/^(?:Builder|Buffer)$/.test(emptyBufferType(declaration) ?? ""))
    return refuse(t("`{0}` is not declared as an empty buffer.", declaration.name.text));
  const line = tree.source.lineEnd(tree.source.lineOf(statement.endIndex)) ?? statement.endIndex;
  const rest = tree.source.text.slice(statement.endIndex, line).trim();
  const hasPlace = statement.parent?.type === "statement_list" && startsLine(tree, statement);
  if (!hasPlace || !/^(?:\/\/.*)?$/.test(rest))
    return refuse(t("There is no place for a statement behind the declaration."));
  return statement;
}

/** `Builder` of `var b strings.Builder`, `strings.Builder{}`, `&strings.Builder{}`, `new(strings.Builder)`. */
function emptyBufferType(declaration: Declaration): string | undefined {
  const value = initialValue(declaration);
  if (value === undefined) {
    const isEmpty = declaration.node.childForFieldName("value") === null;
    const type = isEmpty ? writtenType(declaration) : undefined;
    return type?.type === "qualified_type" ? typeName(type) : undefined;
  }
  const pointee = value.type === "unary_expression" ? value.childForFieldName("operand") : value;
  const literalType = pointee === null ? undefined : emptyLiteralType(pointee);
  if (literalType !== undefined) return typeName(literalType);
  const call = asCall(value);
  const [argument] = call?.arguments ?? [];
  if (call === undefined || argument === undefined) return undefined;
  if (isBuiltin(call.callee, "new")) return typeName(argument);
  return call.callee.text === "bytes.NewBuffer" && argument.type === "nil" ? "Buffer" : undefined;
}

function typeName({ text }: SyntaxNode): string | undefined {
  return /\.(\w+)$/.exec(text)?.[1];
}

/** The call of a Write method on the variable; undefined for what only reads. Refuses all else that may write. */
function writeOf(use: SyntaxNode): SyntaxNode | undefined {
  const selector = use.parent;
  const call = selector?.parent ?? null;
  const name =
    selector?.type === "selector_expression" ? selector.childForFieldName("field")?.text : undefined;
  const isCall = call !== null && isSame(asCall(call)?.callee, selector);
  if (name === undefined || !isCall) return refuse(t("`{0}` is also written to by other code.", use.text));
  if (/^Write(?:String|Byte|Rune)?$/.test(name)) return call;
  if (/^(?:String|Len|Bytes|Cap)$/.test(name)) return undefined;
  if (name === "Grow") return refuse(t("`{0}` is given room already.", use.text));
  return refuse(t("`{0}` is also written to by other code.", use.text));
}

function refuseUnlessUseful(input: FixInput, { count, loops }: AppendCount): void {
  const value = constantValue(count);
  if (value !== undefined && value <= smallest) refuse(t("At most {0} bytes are written.", value));
  if (!isReadable(count) || render(count).includes("/"))
    refuse(t("The capacity would be too long an expression: `{0}`.", render(count)));
  const language = languageMinor(input);
  if (loops.some(({ trips }) => trips.needsMax) && language !== null && language < 21)
    refuse(t("The capacity needs `max`, which the module's Go version does not have."));
}
