/** Reserves room for what a loop appends to a field, whatever the field holds by then: nil stays nil where there are no turns. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { innermostFunction } from "../syntax/functions.js";
import {
  ancestor,
  isWithin,
  onlyOperand,
  operands,
  present,
  withoutParentheses,
  withParentheses,
} from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { type AppendCount, appendCount } from "./appendCount.js";
import { constantValue, isReadable, render } from "./count.js";
import { FileEdits } from "./edits.js";
import type { FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { insertBeforeLoop } from "./labeledLoop.js";
import { isPath, pathRoot } from "./quantities.js";
import { refuse, unlessRefused } from "./refusal.js";
import { isBuiltin, languageMinor } from "./sourceFile.js";
import { isStable } from "./stability.js";

const { t } = l10n;

/** Package slices has Grow since then (go.dev/doc/go1.21). */
const growMinor = 21;

/** Whether the call is one of append to a field: `x.f = append(x.f, …)`. */
export function isFieldAppend(append: SyntaxNode): boolean {
  return appendedField(append) !== undefined;
}

/**
 * `x.f = slices.Grow(x.f, n)` before the outermost loop whose appends can be counted when it begins. Refuses where the loop
 * sets the field or what leads to it to something else.
 */
export function growField(input: FixInput, tree: GoTree, append: SyntaxNode): Proposal {
  const field = appendedField(append);
  const definition = innermostFunction(append);
  if (field === undefined || definition === undefined) return refuse(t("The syntax around it is broken."));
  if ((languageMinor(input) ?? 0) < growMinor)
    refuse(t("The module's Go version does not have `{0}`.", "slices.Grow"));
  if (present(definition.descendantsOfType("goto_statement")).length > 0)
    refuse(t("The function uses goto."));
  const { loop, counted } = countedLoop(append, field, definition);
  const count = render(counted.count);
  const value = constantValue(counted.count);
  if (value !== undefined && value <= 1) refuse(t("At most one element is appended."));
  if (!isReadable(counted.count)) refuse(t("The capacity would be too long an expression: `{0}`.", count));
  const edits = new FileEdits(tree);
  const imports = new FileImports(input, tree);
  const slices = imports.qualifier("slices", append);
  insertBeforeLoop(edits, tree, loop, [`${field} = ${slices}.Grow(${field}, ${count})`]);
  imports.write(edits);
  return {
    fix: "preallocate-slice",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: counted.isExact
      ? t("Reserve room for `{0}` elements in `{1}`", count, field)
      : t("Reserve room for `{0}` elements in `{1}`, the most it can need", count, field),
    // Room for what then does not come is there all the same.
    behaviour: counted.isExact ? null : t("`{0}` is empty instead of nil when nothing is appended.", field),
    isPreferred: counted.isExact,
    choice: null,
  };
}

interface Counted {
  readonly loop: SyntaxNode;
  readonly counted: AppendCount;
}

function countedLoop(append: SyntaxNode, field: string, definition: SyntaxNode): Counted {
  const loops = loopsAround(append);
  if (loops.length === 0) return refuse(t("The append is in no loop."));
  for (const loop of loops.slice(0, -1)) {
    const counted = unlessRefused(() => countIn(loop, field, definition));
    if (counted !== undefined) return { loop, counted };
  }
  // The innermost loop's reason is the one that a person can do something about.
  const loop = loops.at(-1) ?? append;
  return { loop, counted: countIn(loop, field, definition) };
}

/** From the outermost to the innermost, within the function. */
function loopsAround(append: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (
    let node = ancestor(append, new Set(["for_statement", "func_literal"]));
    node?.type === "for_statement";
    node = ancestor(node, new Set(["for_statement", "func_literal"]))
  )
    found.unshift(node);
  return found;
}

function countIn(loop: SyntaxNode, field: string, definition: SyntaxNode): AppendCount {
  const appends = present(loop.descendantsOfType("call_expression")).filter(
    (call) => appendedField(call) === field,
  );
  refuseChanged(loop, field, appends);
  const counted = appendCount(loop, appends);
  if (counted.loops.some((each) => !isStable(each, loop.startIndex, definition)))
    return refuse(t("What the loop depends on changes before it begins."));
  return counted;
}

/** Neither the field nor what leads to it may be declared or assigned in the loop, but by the appends. */
function refuseChanged(loop: SyntaxNode, field: string, appends: readonly SyntaxNode[]): void {
  const [path] = appends.flatMap((append) => asCall(append)?.arguments[0] ?? []);
  const declaration = path === undefined ? undefined : declarationOf(pathRoot(path));
  if (declaration !== undefined && isWithin(declaration.name, loop))
    refuse(t("`{0}` is declared in the loop.", declaration.name.text));
  for (const statement of present(loop.descendantsOfType(["assignment_statement", "range_clause"]))) {
    if (appends.some((append) => isWithin(append, statement) && statement.type === "assignment_statement"))
      continue;
    const left = statement.childForFieldName("left");
    for (const target of left === null ? [] : operands(left))
      if (target.text === field || field.startsWith(`${target.text}.`))
        refuse(t("`{0}` is set to something else before it has grown.", target.text));
  }
}

/** Source text of `x.f` in `x.f = append(x.f, …)`. */
function appendedField(append: SyntaxNode): string | undefined {
  const call = asCall(append);
  const appendee = call?.arguments[0];
  if (call === undefined || appendee?.type !== "selector_expression") return undefined;
  if (!isBuiltin(withoutParentheses(call.callee), "append") || !isPath(appendee)) return undefined;
  const list = withParentheses(append).parent;
  const statement = list?.type === "expression_list" ? list.parent : null;
  if (statement?.type !== "assignment_statement") return undefined;
  if (statement.childForFieldName("operator")?.text !== "=") return undefined;
  const target = onlyOperand(statement.childForFieldName("left"));
  return target?.text === appendee.text ? appendee.text : undefined;
}
