/** Completes comments that assert or allow allocations. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  type Connection,
  InsertTextFormat,
} from "vscode-languageserver/node";
import type { Results } from "../analysis/results.js";
import { type Continuation, continuationOf, directiveForms } from "../assertions/directiveForms.js";
import { type Documents, goFilePath } from "../documents.js";
import { directiveTitle } from "../explain/directive.js";
import { reasonTitle } from "../explain/reasonTitle.js";
import { isInComment } from "../syntax/comments.js";
import { type Position, type Range, SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";

/** Behind the colon of `//escape:`, in a list, and in front of gVisor's names. A slash would come up in every comment. */
export const completionProvider = { triggerCharacters: [":", ",", "+"] };

interface CompletionOptions {
  readonly documents: Pick<Documents, "get">;
  readonly results: Pick<Results, "of">;
  /** Whether the client takes snippets (LSP 3.17, CompletionItem.insertTextFormat). */
  readonly snippets: boolean;
}

/** Answers `textDocument/completion` in line comments that begin as a directive does, and with nothing anywhere else. */
export function registerDirectiveCompletion(connection: Connection, options: CompletionOptions): void {
  connection.onCompletion(({ textDocument, position }: CompletionParams): CompletionItem[] => {
    const file = goFilePath(textDocument.uri);
    const document = options.documents.get(textDocument.uri);
    if (file === undefined || document === undefined) return [];
    const start = { line: position.line, character: 0 };
    const before = document.getText({ start, end: position });
    const comment = /\/\/(?!.*\/\/).*$/.exec(before)?.[0];
    const continuation = comment === undefined ? undefined : continuationOf(comment);
    if (comment === undefined || continuation === undefined) return [];
    // What looks like a comment may be within a string.
    const source = new SourceText(document.getText());
    const offset = source.offsetOf(position);
    if (!withTree(source, (tree) => isInComment(tree, offset - comment.length, offset))) return [];
    const range = {
      start: { ...position, character: position.character - continuation.typed },
      end: position,
    };
    const near = options.results.of(file)?.sites.filter((site) => isNear(site.range, position)) ?? [];
    const here = new Set<string>(near.map(({ reason }) => reason));
    return itemsOf(continuation, options.snippets, here).map((item) => within(item, range));
  });
}

interface Item {
  /** What is inserted, in its plain form. */
  readonly text: string;
  /** What is left for the person to write behind it. */
  readonly hole?: string;
  readonly detail?: string;
  /** Goes before the others. */
  readonly isFirst?: boolean;
  readonly snippets: boolean;
}

function itemsOf(continuation: Continuation, snippets: boolean, here: ReadonlySet<string>): Item[] {
  switch (continuation.kind) {
    case "directive":
      return continuation.names.map((name) => {
        const form = directiveForms[name];
        return { ...form, detail: directiveTitle(name), snippets };
      });
    case "gcassert":
      return continuation.words.map((text) => ({ text, detail: directiveTitle(text), snippets }));
    case "class":
      return continuation.words.map((text) => ({ text, snippets }));
    case "reason":
      return continuation.words.map((text) => ({
        text,
        detail: reasonTitle(text),
        isFirst: here.has(text),
        snippets,
      }));
  }
}

function within({ text, hole, detail, isFirst, snippets }: Item, range: Range): CompletionItem {
  const isSnippet = hole !== undefined && snippets;
  return {
    label: text.trimEnd(),
    kind: CompletionItemKind.Keyword,
    filterText: text,
    sortText: `${isFirst === true ? 0 : 1}${text}`,
    ...(detail !== undefined && { detail }),
    textEdit: { range, newText: isSnippet ? `${text}\${1:${hole}}` : text },
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
  };
}

/** On the line, or the next one, which a comment that stands alone speaks of. */
function isNear({ start }: Range, { line }: Position): boolean {
  return start.line === line || start.line === line + 1;
}
