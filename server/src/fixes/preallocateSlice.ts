/** Gives a slice that grows in a loop its capacity before the loop. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode, GoTree } from "../syntax/goSyntax.js";
import { isSame, isWithin, operands, present } from "../syntax/nodes.js";
import { type AppendCount, appendCount, elementsAdded, inSequence } from "./appendCount.js";
import { constantValue, isReadable, render } from "./count.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { growField, isFieldAppend } from "./growField.js";
import { type GrowingSlice, growingSlice, outermostLoop } from "./growingSlice.js";
import { insertBeforeLoop, loopOf } from "./labeledLoop.js";
import { observesNil } from "./nilness.js";
import { unlessBuiltinTaken } from "./localBuiltins.js";
import { measuringLoop } from "./measuringLoop.js";
import { firstOf, proposals, refuse } from "./refusal.js";
import { languageMinor, withSiteFile } from "./sourceFile.js";
import { isStable } from "./stability.js";

const { t } = l10n;

export const preallocateSlice: Fix = {
  id: "preallocate-slice",
  appliesTo: (site) => site.form === "append",
  propose: (input) =>
    proposals("preallocate-slice", () =>
      // Since Go 1.26 a site may also be the return that moves a grown slice from the stack to the heap.
      withSiteFile(input, (tree, node) => (asCall(node) === undefined ? [] : [proposal(input, tree, node)])),
    ),
};

function proposal(input: FixInput, tree: GoTree, append: SyntaxNode): Proposal {
  if (isFieldAppend(append)) return growField(input, tree, append);
  return firstOf(
    () => {
      const limited = unlessBuiltinTaken(makeProposal(input, tree, append, true), input.snapshot);
      return "edit" in limited ? limited : refuse(limited.refusal);
    },
    // A limit that changes, or cannot be written here, is no reason to reserve nothing.
    () => makeProposal(input, tree, append, false),
  );
}

function makeProposal(input: FixInput, tree: GoTree, append: SyntaxNode, limits: boolean): Proposal {
  const slice = growingSlice(append);
  const name = slice.declaration.name.text;
  const isInLoop = slice.appends.some((each) => outermostLoop(each, slice.declaration) !== undefined);
  if (!isInLoop && slice.appends.length < 2) refuse(t("The append is in no loop."));
  if (present(slice.definition.descendantsOfType("goto_statement")).length > 0)
    refuse(t("The function uses goto."));
  const place = placeOf(slice);
  const counted = firstOf<AppendCount | Proposal>(
    () =>
      place.statements
        .map((statement) => appendCount(statement, slice.appends, undefined, limits))
        .reduce(inSequence),
    () => measuring(input, tree, slice, place),
  );
  if ("fix" in counted) return counted;
  refuseUnlessUseful(input, counted);
  const capacity = render(counted.count);
  const isAtDeclaration = place.declaration !== undefined && fits(counted, place.declaration, slice);
  const edits = new FileEdits(tree);
  if (isAtDeclaration) writeAtDeclaration(edits, slice, capacity);
  else writeBefore(edits, tree, slice, capacity, counted);
  const behaviour = becomesNonNil(slice, counted)
    ? t("`{0}` is empty instead of nil when nothing is appended.", name)
    : null;
  return {
    fix: "preallocate-slice",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: counted.isExact
      ? t("Preallocate `{0}` with capacity `{1}`", name, capacity)
      : t("Preallocate `{0}` with capacity `{1}`, the most it can need", name, capacity),
    behaviour,
    isPreferred: counted.isExact,
    choice: null,
  };
}

/** The lengths differ, and a loop of its own adds them up before. */
function measuring(input: FixInput, tree: GoTree, slice: GrowingSlice, place: Place): Proposal {
  const { declaration, definition, appends } = slice;
  const name = declaration.name.text;
  if (place.declaration === undefined)
    return refuse(t("The function may return or leave the turn between the declaration and the loop."));
  const { size, lines } = measuringLoop({
    statements: place.statements,
    calls: appends,
    added: elementsAdded,
    from: place.declaration.startIndex,
    definition,
  });
  const edits = new FileEdits(tree);
  edits.insertLineBefore(place.declaration, lines.join("\n"));
  writeAtDeclaration(edits, slice, size);
  const isSeen = slice.isNil && (declaration.kind === "result" || slice.otherUses.some(observesNil));
  return {
    fix: "preallocate-slice",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: t("Preallocate `{0}` with the length that a loop before it adds up", name),
    behaviour: isSeen ? t("`{0}` is empty instead of nil when nothing is appended.", name) : null,
    // Going through the elements twice is cheaper than growing, but for very few of them.
    isPreferred: false,
    choice: null,
  };
}

interface Place {
  /** The statements of one list that hold all appends, in source order. */
  readonly statements: readonly SyntaxNode[];
  /** The declaring statement, where nothing between it and the first append ends the function or the turn. */
  readonly declaration: SyntaxNode | undefined;
}

/** The statement list of the declaration; for a named result the function's body. */
function placeOf(slice: GrowingSlice): Place {
  const statement = slice.declaration.kind === "result" ? undefined : declaringStatement(slice);
  const body = slice.definition.childForFieldName("body");
  const list = statement?.parent ?? (body === null ? undefined : operands(body)[0]);
  if (list?.type !== "statement_list") return refuse(t("It is declared in the header of a statement."));
  const statements = operands(list).filter((each) => slice.appends.some((append) => isWithin(append, each)));
  const [first, ...others] = statements;
  const loop = onlyLoop(slice);
  if (loop !== undefined && loopOf(first) === undefined && others.length === 0)
    return { statements: [loop], declaration: undefined };
  const isSure = loopOf(first) !== undefined || first?.type === "assignment_statement";
  if (first === undefined || !isSure || statement === undefined)
    return { statements, declaration: undefined };
  const between = operands(list).filter(
    (each) => each.startIndex >= statement.endIndex && each.startIndex < first.startIndex,
  );
  return { statements, declaration: between.some(mayLeave) ? undefined : statement };
}

/** The outermost loop around all appends. */
function onlyLoop({ appends, declaration }: GrowingSlice): SyntaxNode | undefined {
  const [first] = appends;
  const loop = first === undefined ? undefined : outermostLoop(first, declaration);
  return loop !== undefined && appends.every((append) => isWithin(append, loop)) ? loop : undefined;
}

function declaringStatement(slice: GrowingSlice): SyntaxNode {
  let node = slice.declaration.node;
  while (node.parent !== null && node.parent.type.startsWith("var_")) node = node.parent;
  return node;
}

/** Memory reserved before such a statement may never be used. */
function mayLeave(statement: SyntaxNode): boolean {
  const types = ["return_statement", "break_statement", "continue_statement", "labeled_statement"];
  return types.includes(statement.type) || present(statement.descendantsOfType(types)).length > 0;
}

/** Whether the capacity means the same at the declaration as at the loops. */
function fits(counted: AppendCount, declaration: SyntaxNode, slice: GrowingSlice): boolean {
  return counted.loops.every((loop) => isStable(loop, declaration.startIndex, slice.definition));
}

function refuseUnlessUseful(input: FixInput, { count, loops }: AppendCount): void {
  const value = constantValue(count);
  if (value !== undefined && value <= 1) refuse(t("At most one element is appended."));
  if (!isReadable(count)) refuse(t("The capacity would be too long an expression: `{0}`.", render(count)));
  const language = languageMinor(input);
  if (loops.some(({ trips }) => trips.needsMax) && language !== null && language < 21)
    refuse(t("The capacity needs `max`, which the module's Go version does not have."));
}

function writeAtDeclaration(edits: FileEdits, slice: GrowingSlice, capacity: string): void {
  const { declaration, value, type } = slice;
  const made = `make(${type}, 0, ${capacity})`;
  if (value !== undefined) {
    edits.replace(value, made);
    return;
  }
  const spec = declaration.node;
  if (present(spec.childrenForFieldName("name")).filter((name) => name.isNamed).length > 1)
    refuse(t("It is declared together with other variables."));
  const { parent } = spec;
  if (parent?.type === "var_declaration") edits.replace(parent, `${declaration.name.text} := ${made}`);
  else edits.replace(spec, `${declaration.name.text} = ${made}`);
}

/** An assignment of its own before the loop, where the declaration comes too early. */
function writeBefore(
  edits: FileEdits,
  tree: GoTree,
  slice: GrowingSlice,
  capacity: string,
  counted: AppendCount,
): void {
  const target = loopToPrecede(slice);
  const name = slice.declaration.name.text;
  if (counted.loops.some((loop) => !isStable(loop, target.startIndex, slice.definition)))
    refuse(t("What the loop depends on changes before it begins."));
  insertBeforeLoop(edits, tree, target, [`${name} = make(${slice.type}, 0, ${capacity})`]);
}

/** The loop that all appends stand in, or the first of several beside each other in the declaration's own list. */
function loopToPrecede(slice: GrowingSlice): SyntaxNode {
  const [first] = slice.appends;
  const loop = first === undefined ? undefined : outermostLoop(first, slice.declaration);
  if (loop === undefined && !slice.appends.some((each) => outermostLoop(each, slice.declaration)))
    return refuse(t("A slice that is appended changes before the append."));
  if (loop === undefined) return refuse(t("Something is appended before the loop."));
  const isInOwnList = isSame(loop, loopOf(placeOf(slice).statements[0]));
  if (!isInOwnList) refuse(t("It grows in several places."));
  return loop;
}

/** Whether code can tell that the slice is no longer nil where nothing was appended. */
function becomesNonNil(slice: GrowingSlice, counted: AppendCount): boolean {
  if (!slice.isNil) return false;
  const isNeverEmpty =
    counted.isExact && constantValue(counted.count) !== undefined && !returnsWithin(counted);
  if (isNeverEmpty) return false;
  return slice.declaration.kind === "result" || slice.otherUses.some(observesNil);
}

function returnsWithin({ loops }: AppendCount): boolean {
  return loops.some(({ loop }) => present(loop.descendantsOfType("return_statement")).length > 0);
}
