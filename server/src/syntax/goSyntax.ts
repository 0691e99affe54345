/**
 * What the rest of the server sees of a syntax tree: plain interfaces that hold only inside `withTree`. Node types and
 * fields are tree-sitter-go's (its node-types.json). No node may be kept: it holds its whole tree.
 */
import type { SourceText } from "./sourceText.js";

export interface SyntaxNode {
  readonly id: number;
  /** The node's tree: one object for all of its nodes; `size` is how many there are. */
  readonly tree: { readonly rootNode: SyntaxNode; readonly size: number };
  readonly type: string;
  readonly isNamed: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly hasError: boolean;
  readonly text: string;
  /** UTF-16 offsets into the source text; the end is exclusive. */
  readonly startIndex: number;
  readonly endIndex: number;
  readonly parent: SyntaxNode | null;
  readonly children: readonly (SyntaxNode | null)[];
  readonly namedChildren: readonly (SyntaxNode | null)[];
  readonly firstNamedChild: SyntaxNode | null;
  readonly lastNamedChild: SyntaxNode | null;
  readonly nextNamedSibling: SyntaxNode | null;
  readonly previousNamedSibling: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
  readonly previousSibling: SyntaxNode | null;
  childForFieldName(field: string): SyntaxNode | null;
  childrenForFieldName(field: string): readonly (SyntaxNode | null)[];
  descendantForIndex(start: number, end?: number): SyntaxNode | null;
  namedDescendantForIndex(start: number, end?: number): SyntaxNode | null;
  descendantsOfType(types: string | string[]): readonly (SyntaxNode | null)[];
}

/** A parsed Go file. */
export interface GoTree {
  readonly source: SourceText;
  readonly root: SyntaxNode;
}
