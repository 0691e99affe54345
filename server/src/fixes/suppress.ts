/** Writes down that an allocation is meant to be: `//escape:allow REASON` on the site's line, or on one above it. */
import * as l10n from "@vscode/l10n";
import { isGenerated } from "../syntax/generated.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import type { TextEdit } from "../analysis/verify.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { proposals, refuse } from "./refusal.js";

const { t } = l10n;

/** The directive without its reason; the gate reads it (syntax/directives.ts). */
const directive = "//escape:allow";

/** What is written where the person's own words belong. */
const placeholder = "TODO: say why";

export const suppress: Fix = {
  id: "suppress",
  appliesTo: (site) => site.allocates !== "no",
  propose: (input) => proposals("suppress", () => [proposal(input)]),
};

function proposal(input: FixInput): Proposal {
  const { site } = input;
  const source = input.snapshot.texts.get(site.file);
  if (source === undefined) return refuse(t("The file is not part of the package."));
  if (isGenerated(source)) refuse(t("The file is generated."));
  const line = source.lineOf(source.offsetOf(site.range.start));
  if (isAllowed(source, line)) refuse(t("The line already has `{0}`.", directive));
  return {
    fix: "suppress",
    edit: new Map([[site.file, edits(source, line)]]),
    proof: "none",
    title: t("Allow this allocation, with a reason (`{0}`)", directive),
    behaviour: null,
    isPreferred: false,
    choice: null,
  };
}

function isAllowed(source: SourceText, line: number): boolean {
  return (
    lineText(source, line).includes(directive) ||
    lineText(source, line - 1)
      .trim()
      .startsWith(directive)
  );
}

/**
 * Behind the line's code where that is all that the line has: no comment, and no text of several lines that begins or
 * ends there. Else on a line of its own.
 */
function edits(source: SourceText, line: number): TextEdit[] {
  const text = lineText(source, line);
  const start = source.lineStart(line) ?? 0;
  const end = source.lineEnd(line) ?? start;
  return withTree(source, (tree) => {
    const edit = new FileEdits(tree);
    // gofmt lines up the comments of neighboring lines, which one more comment would change.
    const isBesideComment = [line - 1, line + 1].some((each) => lineText(source, each).includes("//"));
    const isPlain = !isBesideComment && !/\/\/|\/\*|\*\/|`/.test(text);
    const comment = `${directive} ${placeholder}`;
    if (isPlain) edit.replaceSpan(start + text.trimEnd().length, end, ` ${comment}`);
    else {
      const first = start + (/^[ \t]*/.exec(text)?.[0].length ?? 0);
      const around = tree.root.descendantForIndex(first, first);
      const isInText = around !== null && /literal|comment/.test(around.type) && around.startIndex < first;
      if (isInText) return refuse(t("The line begins within a text of several lines."));
      edit.replaceSpan(first, first, `${comment}\n`);
    }
    return edit.toTextEdits();
  });
}

/** A line's text without its end; empty for lines that the source does not have. */
function lineText(source: SourceText, line: number): string {
  const start = source.lineStart(line);
  return start === undefined ? "" : source.text.slice(start, source.lineEnd(line));
}
