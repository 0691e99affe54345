/// <reference lib="dom" />
import type { Page } from "playwright-core";

/** An underline as a person sees it. */
export interface Squiggle {
  /** From 1. */
  readonly line: number;
  /** The text above the underline. VS Code draws a hint as three dots under its beginning, whatever its length. */
  readonly text: string;
  readonly severity: "error" | "warning" | "info" | "hint";
}

/** The underlines in view in the active editor, top to bottom; the place of each is taken from the pixels it covers. */
export async function visibleSquiggles(page: Page): Promise<Squiggle[]> {
  return page.evaluate(readSquiggles);
}

/** Runs in the page, so it uses nothing from outside. */
function readSquiggles(): Squiggle[] {
  const editor = document.querySelector(".editor-group-container.active .editor-instance .monaco-editor");
  if (editor === null) return [];
  const rows = [...editor.querySelectorAll(".view-lines .view-line")];
  const numbers = [...editor.querySelectorAll(".margin .line-numbers")];

  function middle(box: DOMRect): number {
    return (box.top + box.bottom) / 2;
  }

  function inRow(elements: readonly Element[], y: number): Element | undefined {
    return elements.find((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top <= y && y < bottom;
    });
  }

  /** The characters of a row whose middle lies between two x coordinates. */
  function textBetween(row: Element, left: number, right: number): string {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let text = "";
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const content = node.textContent ?? "";
      for (let index = 0; index < content.length; index++) {
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const box = range.getBoundingClientRect();
        const x = (box.left + box.right) / 2;
        if (left <= x && x <= right) text += content[index] ?? "";
      }
    }
    // The editor draws spaces as no-break spaces.
    return text.replaceAll("\u00a0", " ");
  }

  const squiggles = (["error", "warning", "info", "hint"] as const).flatMap((severity) =>
    [...editor.querySelectorAll(`.squiggly-${severity}`)].map((element) => {
      const box = element.getBoundingClientRect();
      const row = inRow(rows, middle(box));
      const line = Number(inRow(numbers, middle(box))?.textContent);
      return {
        line,
        text: row === undefined ? "" : textBetween(row, box.left, box.right),
        severity,
        left: box.left,
      };
    }),
  );
  return squiggles
    .sort((a, b) => a.line - b.line || a.left - b.left)
    .map(({ line, text, severity }) => ({ line, text, severity }));
}
