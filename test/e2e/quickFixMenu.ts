import type { Locator, Page } from "playwright-core";

/** Longest wait for the compiler's verdict, milliseconds. */
const patience = 60_000;

/** Longest wait for one answer to the keys, milliseconds: then they are pressed again. */
const answerPatience = 5000;

/** The entries of the open menu. */
export function quickFixRows(page: Page): Locator {
  return page.locator(".action-widget .monaco-list-row.action");
}

/** Takes an entry of the open menu, and waits until it is closed. */
export async function takeRow(page: Page, row: Locator): Promise<void> {
  await row.click();
  await quickFixRows(page).first().waitFor({ state: "detached" });
}

/** The menu of quick fixes at the cursor, by the keyboard alone: as long as it lacks what is wanted, it is asked again. */
export class QuickFixMenu {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Takes the first entry that begins with a text and is checked by the compiler; the menu is closed then. */
  async take(title: string): Promise<void> {
    await this.#take(
      title,
      quickFixRows(this.#page).filter({
        hasNotText: /not compiled yet|^Prove this fix|^Fix all of this kind/,
      }),
    );
  }

  /** Takes the first entry that begins with a text and is about a fix: those that prove it, or make it everywhere. */
  async takeAboutFix(title: string): Promise<void> {
    await this.#take(title, quickFixRows(this.#page));
  }

  async #take(title: string, rows: Locator): Promise<void> {
    const chosen = rows.filter({ hasText: title }).first();
    const deadline = Date.now() + patience;
    while (!(await this.#opensWith(chosen)))
      if (Date.now() > deadline) throw new Error(`The menu never had "${title}".`);
    await takeRow(this.#page, chosen);
  }

  /** Opens the menu and says whether the entry is in it; else the menu is closed again. */
  async #opensWith(entry: Locator): Promise<boolean> {
    await this.#page.keyboard.press("Control+Period");
    // VS Code says where it has nothing to offer, beside the cursor.
    const nothing = this.#page.locator(".monaco-editor-overlaymessage");
    // An answer that comes when the editor has moved on opens nothing, and VS Code says nothing then.
    const shown = quickFixRows(this.#page).or(nothing).first();
    await shown.waitFor({ timeout: answerPatience }).catch(() => undefined);
    if ((await entry.count()) > 0) return true;
    await this.#page.keyboard.press("Escape");
    await shown.waitFor({ state: "detached", timeout: answerPatience }).catch(() => undefined);
    return false;
  }
}
