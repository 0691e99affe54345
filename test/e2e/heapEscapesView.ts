import type { Locator, Page } from "playwright-core";
import { insist } from "./insist.js";

/** Longest wait for a row to open, milliseconds. */
const patience = 120_000;

/** The Heap Escapes view in the side bar, as a person uses it. */
export class HeapEscapesView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens the view's part of the side bar, which is closed at first. */
  async open(): Promise<void> {
    const header = this.#header();
    await header.waitFor();
    if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
    await this.opened();
  }

  /** Waits until it is open. */
  async opened(): Promise<void> {
    await this.#pane().locator(".tree-explorer-viewlet-tree-view").waitFor();
  }

  /** Closes it. */
  async close(): Promise<void> {
    await this.#header().click();
    await this.#pane().locator(".tree-explorer-viewlet-tree-view").waitFor({ state: "hidden" });
  }

  /** Closes the folder's own part, so that there is room. */
  async makeRoom(): Promise<void> {
    const folder = this.#page.locator(".pane", { has: this.#page.locator(".explorer-folders-view") });
    const header = folder.locator(".pane-header");
    if ((await header.getAttribute("aria-expanded")) === "true") await header.click();
  }

  /** The rows in view, each as it is read out. */
  async rows(): Promise<string[]> {
    const labels = await this.#rows().evaluateAll((rows) =>
      rows.map((row) => row.getAttribute("aria-label") ?? ""),
    );
    return labels;
  }

  /** Waits for a row whose words, as they are read out, match. */
  row(words: RegExp | string): Locator {
    return typeof words === "string"
      ? this.#pane()
          .locator(`.monaco-list-row[aria-label^=${JSON.stringify(words)}]`)
          .first()
      : this.#pane().getByRole("treeitem", { name: words }).first();
  }

  /** The first row, where its words match. */
  top(words: RegExp): Locator {
    const first = this.#pane().locator('.monaco-list-row[data-index="0"]');
    return first.and(this.#pane().getByRole("treeitem", { name: words }));
  }

  /** Opens the children of a row. */
  async expand(words: RegExp | string): Promise<void> {
    const row = this.row(words);
    await row.waitFor();
    const expanded = row.and(this.#pane().locator('[aria-expanded="true"]'));
    const click = async () => {
      if ((await expanded.count()) === 0) await row.locator(".monaco-tl-twistie").click();
    };
    await insist(patience, click, (timeout) => expanded.waitFor({ timeout }));
  }

  /** The text that stands in the view while it has no rows. */
  async welcome(): Promise<string> {
    const box = this.#pane().locator(".welcome-view-content");
    await box.waitFor();
    return box.innerText();
  }

  /** What the view says above its rows. */
  async message(): Promise<string> {
    const box = this.#pane().locator(".message:not(.hide)");
    await box.waitFor();
    return box.innerText();
  }

  #rows(): Locator {
    return this.#pane().locator(".monaco-list-row");
  }

  #header(): Locator {
    return this.#page.locator('.pane-header[aria-label^="Heap Escapes"]');
  }

  #pane(): Locator {
    return this.#page.locator(".pane", { has: this.#header() });
  }
}
