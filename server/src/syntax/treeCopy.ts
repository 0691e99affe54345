/**
 * A syntax tree as numbers in arrays, one row for each node, in the order of the text. To ask a node in WebAssembly memory
 * costs a microsecond and for its parent a walk from the root: anchoring asks a thousand times for each site.
 */
import type { SyntaxNode } from "./goSyntax.js";
import { perObject } from "./perObject.js";

/** What a language calls its node types and fields, and the parser's numbers of these. */
export interface NodeNames {
  /** By the number. */
  readonly types: readonly (string | null)[];
  /** The numbers, which begin with 1, by name. */
  readonly fields: ReadonlyMap<string, number>;
  /** By the number of a node type. */
  readonly isNamed: readonly boolean[];
}

/** Number that tree-sitter gives nodes that hold text which fits nowhere (tree_sitter/api.h, ts_builtin_sym_error). */
const errorType = 65535;
const errorName = "ERROR";

const isMissing = 1;
const hasError = 2;

/** What a walk over a tree says of a node. */
export interface CopiedRow {
  /** The parser's number of its type. */
  readonly type: number;
  /** UTF-16 offsets; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The parser's number of the field that it is of its parent; 0 where it is none. */
  readonly field: number;
  /** Whether the parser made it up. */
  readonly isMissing: boolean;
}

/** The rows of a tree. A row's number is its node's id; none is -1. */
export class TreeCopy {
  readonly names: NodeNames;
  readonly text: string;
  readonly types: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly fields: Uint16Array;
  readonly parents: Int32Array;
  readonly previous: Int32Array;
  /** First row behind the node and all below it. */
  readonly after: Uint32Array;
  readonly #flags: Uint8Array;
  /** Where nodes without text are. */
  readonly #empty = new Set<number>();
  #count = 0;

  /**
   * @param text What nodes give their texts from.
   * @param size How many nodes will be added.
   */
  constructor(names: NodeNames, text: string, size: number) {
    this.names = names;
    this.text = text;
    this.types = new Uint16Array(size);
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
    this.fields = new Uint16Array(size);
    this.parents = new Int32Array(size);
    this.previous = new Int32Array(size);
    this.after = new Uint32Array(size);
    this.#flags = new Uint8Array(size);
  }

  /** How many nodes there are. */
  get size(): number {
    return this.types.length;
  }

  get rootNode(): SyntaxNode {
    return new CopiedNode(this, 0);
  }

  /** Adds the next node in the order of the text, parents before their children; returns its row. */
  add(row: CopiedRow, parent: number, previous: number): number {
    const index = this.#count++;
    this.types[index] = row.type;
    this.starts[index] = row.start;
    this.ends[index] = row.end;
    this.fields[index] = row.field;
    this.parents[index] = parent;
    this.previous[index] = previous;
    this.after[index] = index + 1;
    this.#flags[index] = row.isMissing ? isMissing : 0;
    if (row.start === row.end) this.#empty.add(row.start);
    if (row.isMissing || row.type === errorType) this.#tellParents(index);
    return index;
  }

  /** All below the node has been added. */
  close(index: number): void {
    this.after[index] = this.#count;
  }

  nameOf(index: number): string {
    // The end of the text within a syntax error has a type without a name, which the library calls an error, too.
    const name = this.names.types[this.types[index] ?? errorType] ?? "";
    return name === "" ? errorName : name;
  }

  isNamed(index: number): boolean {
    const type = this.types[index] ?? errorType;
    return type === errorType || this.names.isNamed[type] === true;
  }

  isError(index: number): boolean {
    return this.types[index] === errorType;
  }

  isMissing(index: number): boolean {
    return ((this.#flags[index] ?? 0) & isMissing) !== 0;
  }

  hasError(index: number): boolean {
    return ((this.#flags[index] ?? 0) & hasError) !== 0;
  }

  /** The last of the node's rows that begins at the offset or before it. */
  lastFrom(offset: number, node: number): number {
    let [low, high] = [node, (this.after[node] ?? 0) - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Whether there is a node without text at the offset. */
  hasEmptyAt(offset: number): boolean {
    return this.#empty.has(offset);
  }

  /** Whether the node lies over the range and the character behind its start; one without text lies over its own place. */
  isOver(index: number, start: number, end: number): boolean {
    const [from = 0, to = 0] = [this.starts[index], this.ends[index]];
    return from <= start && to >= end && (to > start || from === to);
  }

  /** Row of the first child, and of the sibling behind a node. */
  firstChild(index: number): number {
    return (this.after[index] ?? 0) > index + 1 ? index + 1 : -1;
  }

  nextSibling(index: number): number {
    const next = this.after[index] ?? 0;
    const parent = this.parents[index] ?? -1;
    return parent >= 0 && next < (this.after[parent] ?? 0) ? next : -1;
  }

  #tellParents(index: number): void {
    for (let row = index; row >= 0 && !this.hasError(row); row = this.parents[row] ?? -1)
      this.#flags[row] = (this.#flags[row] ?? 0) | hasError;
  }
}

const typeSets = perObject<NodeNames, Map<string, Uint8Array>>(() => new Map());

/** By the number of a node type, 1 for those of the names: readers ask for few sets of names, each of which is made once. */
function wantedTypes(names: NodeNames, wanted: readonly string[]): Uint8Array {
  const sets = typeSets(names);
  const key = wanted.join(" ");
  let set = sets.get(key);
  if (set === undefined) {
    set = new Uint8Array(errorType + 1);
    for (const [number, name] of names.types.entries())
      if (name !== null && wanted.includes(name)) set[number] = 1;
    if (wanted.includes(errorName)) set[errorType] = 1;
    sets.set(key, set);
  }
  return set;
}

/** A handle of a row. */
class CopiedNode implements SyntaxNode {
  readonly tree: TreeCopy;
  readonly id: number;

  constructor(tree: TreeCopy, id: number) {
    this.tree = tree;
    this.id = id;
  }

  get type(): string {
    return this.tree.nameOf(this.id);
  }

  get isNamed(): boolean {
    return this.tree.isNamed(this.id);
  }

  get isError(): boolean {
    return this.tree.isError(this.id);
  }

  get isMissing(): boolean {
    return this.tree.isMissing(this.id);
  }

  get hasError(): boolean {
    return this.tree.hasError(this.id);
  }

  get text(): string {
    return this.tree.text.slice(this.startIndex, this.endIndex);
  }

  get startIndex(): number {
    return this.tree.starts[this.id] ?? 0;
  }

  get endIndex(): number {
    return this.tree.ends[this.id] ?? 0;
  }

  get parent(): SyntaxNode | null {
    return this.#node(this.tree.parents[this.id] ?? -1);
  }

  get children(): SyntaxNode[] {
    return this.#children(() => true);
  }

  get namedChildren(): SyntaxNode[] {
    return this.#children((row) => this.tree.isNamed(row));
  }

  get firstNamedChild(): SyntaxNode | null {
    return this.#node(this.#namedFrom(this.tree.firstChild(this.id)));
  }

  get lastNamedChild(): SyntaxNode | null {
    return this.namedChildren.at(-1) ?? null;
  }

  get nextSibling(): SyntaxNode | null {
    return this.#node(this.tree.nextSibling(this.id));
  }

  get previousSibling(): SyntaxNode | null {
    return this.#node(this.tree.previous[this.id] ?? -1);
  }

  get nextNamedSibling(): SyntaxNode | null {
    return this.#node(this.#namedFrom(this.tree.nextSibling(this.id)));
  }

  get previousNamedSibling(): SyntaxNode | null {
    let row = this.tree.previous[this.id] ?? -1;
    while (row >= 0 && !this.tree.isNamed(row)) row = this.tree.previous[row] ?? -1;
    return this.#node(row);
  }

  childForFieldName(field: string): SyntaxNode | null {
    const number = this.tree.names.fields.get(field);
    if (number === undefined) return null;
    let row = this.tree.firstChild(this.id);
    while (row >= 0 && this.tree.fields[row] !== number) row = this.tree.nextSibling(row);
    return this.#node(row);
  }

  childrenForFieldName(field: string): SyntaxNode[] {
    const number = this.tree.names.fields.get(field);
    return number === undefined ? [] : this.#children((row) => this.tree.fields[row] === number);
  }

  descendantForIndex(start: number, end: number = start): SyntaxNode | null {
    return this.#descendant(start, end, () => true);
  }

  namedDescendantForIndex(start: number, end: number = start): SyntaxNode | null {
    return this.#descendant(start, end, (row) => this.tree.isNamed(row));
  }

  descendantsOfType(types: string | string[]): SyntaxNode[] {
    const { tree } = this;
    const isWanted = wantedTypes(tree.names, typeof types === "string" ? [types] : types);
    const found: SyntaxNode[] = [];
    for (let row = this.id; row < (tree.after[this.id] ?? 0); row++)
      if (isWanted[tree.types[row] ?? errorType] === 1) found.push(new CopiedNode(tree, row));
    return found;
  }

  #node(row: number): SyntaxNode | null {
    return row < 0 ? null : new CopiedNode(this.tree, row);
  }

  #children(isWanted: (row: number) => boolean): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    for (let row = this.tree.firstChild(this.id); row >= 0; row = this.tree.nextSibling(row))
      if (isWanted(row)) found.push(new CopiedNode(this.tree, row));
    return found;
  }

  #namedFrom(first: number): number {
    let row = first;
    while (row >= 0 && !this.tree.isNamed(row)) row = this.tree.nextSibling(row);
    return row;
  }

  /**
   * The smallest node over the range, or this one. As ts_node__descendant_for_byte_range finds it (tree-sitter,
   * lib/src/node.c), which goes down from here, child by child: only where nodes have no text does their order matter.
   */
  #descendant(start: number, end: number, isWanted: (row: number) => boolean): SyntaxNode | null {
    if (start > end) return null;
    const { tree, id } = this;
    if (start === end && tree.hasEmptyAt(start)) return this.#descended(start, isWanted);
    let row = tree.lastFrom(start, id);
    while (row > id && !(tree.isOver(row, start, end) && isWanted(row))) row = tree.parents[row] ?? id;
    return new CopiedNode(tree, row);
  }

  #descended(offset: number, isWanted: (row: number) => boolean): SyntaxNode {
    const { tree } = this;
    let found = this.id;
    let row = tree.firstChild(found);
    while (row >= 0) {
      const isOver = tree.isOver(row, offset, offset);
      if (isOver && isWanted(row)) found = row;
      row = isOver ? tree.firstChild(row) : tree.nextSibling(row);
    }
    return new CopiedNode(tree, found);
  }
}
