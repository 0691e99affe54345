import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Locator, Page } from "playwright-core";
import { quickFixRows, takeRow } from "./quickFixMenu.js";
import { insist } from "./insist.js";
import { type Squiggle, visibleSquiggles } from "./squiggles.js";

/** Longest wait for anything that VS Code or the Go compiler does, milliseconds: a cold build cache is slow. */
const patience = 120_000;

/** The sign that a line has quick fixes: before its text, or in the margin where there is no room. */
const lightBulb = ".editor-instance .lightBulbWidget, .editor-instance .codicon-gutter-lightbulb";

/** A message in the corner of the window. */
export interface Notification {
  text(): Promise<string>;
  buttons(): Promise<string[]>;
  /** Presses a button and waits until the message is gone. */
  answer(button: string): Promise<void>;
}

/** What a decoration puts behind a line. */
interface LineEnd {
  readonly text: string;
  /** `#rrggbb`. */
  readonly color: string;
}

/** VS Code as a person uses it: by keyboard and mouse, in the browser. Every wait is for something to appear. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(patience);
  }

  /** Waits until the workbench and its extension host are there. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench").waitFor();
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  }

  /** Opens a file by its path inside the folder, as Control+P does. */
  async openFile(file: string): Promise<void> {
    const name = file.split("/").at(-1) ?? file;
    await this.#pick("Control+P", file, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
    await this.page.locator(".editor-group-container.active .view-lines .view-line").first().waitFor();
  }

  /** Runs a command by its title, as F1 does. */
  async runCommand(title: string): Promise<void> {
    await this.#pick("F1", `>${title}`, title);
  }

  /** Runs a command that asks something in the place of the palette, and waits for its question. */
  async runAskingCommand(title: string, question: string): Promise<void> {
    await this.#take("F1", `>${title}`, title);
    await this.#quickInput.locator(".quick-input-title", { hasText: question }).waitFor();
  }

  /** The entries of an open question of which several can be ticked, as far as they are in view. */
  async choices(question: string): Promise<{ readonly label: string; readonly isTicked: boolean }[]> {
    const widget = this.#quickInput;
    await widget.locator(".quick-input-title", { hasText: question }).waitFor();
    const rows = widget.locator(".quick-input-list .monaco-list-row", {
      has: this.page.locator("input, [role=checkbox]"),
    });
    await rows.first().waitFor();
    return await rows.evaluateAll((all) =>
      all.map((row) => ({
        label: row.querySelector(".label-name")?.textContent ?? "",
        isTicked:
          row.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked ??
          row.querySelector("[role=checkbox]")?.getAttribute("aria-checked") === "true",
      })),
    );
  }

  /** The titles that the command palette offers for what was typed. */
  async commandsFor(text: string): Promise<string[]> {
    const widget = await this.#openQuickInput("F1");
    await widget.locator("input[type=text]").fill(`>${text}`);
    const rows = widget.locator(".quick-input-list .monaco-list-row");
    await rows.first().waitFor();
    const titles = await rows.locator(".quick-input-list-row .monaco-highlighted-label").allInnerTexts();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Waits until the palette has a command: those of an extension come some time after the workbench. */
  async commandAppears(title: string): Promise<void> {
    const deadline = Date.now() + patience;
    while (!(await this.commandsFor(title)).includes(title))
      if (Date.now() > deadline) throw new Error(`The command palette never had "${title}".`);
  }

  /** Puts the cursor at a place (both from 1), which also brings it into view. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#pick("Control+G", `:${line},${column}`, undefined);
  }

  async squiggles(): Promise<Squiggle[]> {
    return visibleSquiggles(this.page);
  }

  /** Waits until the underlines in view satisfy a condition, and returns them. */
  async squigglesWhen(condition: (squiggles: readonly Squiggle[]) => boolean): Promise<Squiggle[]> {
    const deadline = Date.now() + patience;
    for (;;) {
      const squiggles = await this.squiggles();
      if (condition(squiggles)) return squiggles;
      if (Date.now() > deadline) {
        throw new Error(`The squiggles never were as expected; last seen: ${JSON.stringify(squiggles)}`);
      }
      await this.#nextFrame();
    }
  }

  /** Waits until the texts that decorations put behind lines in view satisfy a condition, and returns them. */
  async lineEndsWhen(condition: (texts: readonly string[]) => boolean): Promise<string[]> {
    return (await this.#lineEndsWhen((ends) => condition(ends.map(({ text }) => text)))).map(
      ({ text }) => text,
    );
  }

  /** The same of the colors of these texts (`#rrggbb`), each once. */
  async lineEndColorsWhen(condition: (colors: readonly string[]) => boolean): Promise<void> {
    await this.#lineEndsWhen((ends) => condition([...new Set(ends.map(({ color }) => color))]));
  }

  async #lineEndsWhen(condition: (ends: readonly LineEnd[]) => boolean): Promise<LineEnd[]> {
    const spans = this.page.locator(".editor-group-container.active .view-line span");
    const deadline = Date.now() + patience;
    for (;;) {
      const styles = await spans.evaluateAll((all) =>
        all
          .map((span) => getComputedStyle(span, "::after"))
          .map(({ content, color }) => ({ content, color })),
      );
      // `"text"`, or `none`.
      const ends = styles
        .filter(({ content }) => content.startsWith('"'))
        .map(({ content, color }) => ({ text: content.slice(1, -1).trim(), color: hexOf(color) }));
      if (condition(ends)) return ends;
      if (Date.now() > deadline)
        throw new Error(`The ends of the lines never were as expected; last seen: ${JSON.stringify(ends)}`);
      await this.#nextFrame();
    }
  }

  /** What the hover says over the text of a squiggle, our part and VS Code's; the mouse is where it then stays. */
  async hoverOver(squiggle: Squiggle): Promise<string> {
    const hover = this.page.locator(".monaco-hover:not(.hidden)").first();
    const point = async () => {
      await this.leaveHover();
      const box = await this.#squiggleBox(squiggle);
      await this.page.mouse.move(box.x + Math.min(box.width / 2, 12), box.y - 8);
    };
    // VS Code shows the diagnostic at once, and adds what the server answers: its last part are the compiler's lines.
    const lines = hover.locator(".monaco-tokenized-source");
    await insist(patience, point, (timeout) => lines.waitFor({ timeout }));
    return hover.innerText();
  }

  /** Puts the cursor at a squiggle, clicks the light bulb that appears, and returns the menu's titles; it stays open. */
  async openQuickFixes(squiggle: Squiggle): Promise<string[]> {
    // Before the fixes are verified there may be no light bulb, and VS Code does not ask again by itself.
    while (await this.isAnalyzing()) await this.#nextFrame();
    await this.goTo(squiggle.line);
    await this.squigglesWhen((all) => all.some((each) => isDeepStrictEqual(each, squiggle)));
    const box = await this.#squiggleBox(squiggle);
    await this.page.mouse.click(box.x + 3, box.y - 8);
    await this.#lightBulbAtCursor();
    const click = () => this.page.locator(lightBulb).first().click();
    const first = quickFixRows(this.page).first();
    await insist(patience, click, (timeout) => first.waitFor({ timeout }));
    return (await quickFixRows(this.page).locator(".title").allInnerTexts()).map((title) => title.trim());
  }

  /** Closes the open menu. */
  async closeQuickFixes(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await quickFixRows(this.page).first().waitFor({ state: "detached" });
  }

  /** Takes the first entry of the open menu that has this in its title. */
  async takeQuickFix(title: string): Promise<void> {
    await takeRow(this.page, quickFixRows(this.page).filter({ hasText: title }).first());
  }

  /** Takes an entry of the open menu that edits the active file at once, and waits until it has. */
  async applyQuickFix(title: string): Promise<void> {
    await this.takeQuickFix(title);
    await this.edited();
  }

  /** Waits until the active file has unsaved changes. */
  async edited(): Promise<void> {
    await this.page.locator(".tab.active.dirty").waitFor();
  }

  /** What the question in the middle of the window says; it stays open. */
  async dialog(): Promise<string> {
    const box = this.page.locator(".monaco-dialog-box");
    await box.waitFor();
    return box.locator(".dialog-message-container").innerText();
  }

  /** Answers the question by one of its buttons. */
  async answerDialog(button: string): Promise<void> {
    const box = this.page.locator(".monaco-dialog-box");
    await box.locator(".monaco-button", { hasText: new RegExp(`^${button}$`) }).click();
    await box.waitFor({ state: "detached" });
  }

  /** Saves the active file and waits until VS Code has. */
  async save(): Promise<void> {
    const saved = this.page.locator(".tab.active:not(.dirty)");
    const press = () => this.page.keyboard.press("Control+S");
    await insist(patience, press, (timeout) => saved.waitFor({ timeout }));
  }

  /** The entries of the language status (`{}` in the status bar), as its hover shows them. */
  async languageStatus(): Promise<string[]> {
    await this.showLanguageStatus();
    const texts = await this.page.locator(".hover-language-status .element").allInnerTexts();
    await this.leaveHover();
    return texts.map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** Opens the hover of the language status; it stays as long as the mouse does. */
  async showLanguageStatus(): Promise<void> {
    const item = this.page.locator("[id='status.languageStatus']");
    const shown = this.page.locator(".hover-language-status .element").first();
    // Another hover may lie on the entry.
    const point = async () => {
      await this.leaveHover();
      await item.hover({ timeout: 5000 }).catch(() => undefined);
    };
    await insist(patience, point, (timeout) => shown.waitFor({ timeout }));
  }

  /** Whether the language status says that work is going on (a spinning sign in its hover). */
  async isAnalyzing(): Promise<boolean> {
    await this.showLanguageStatus();
    const busy = await this.page.locator(".hover-language-status .codicon-modifier-spin").count();
    await this.leaveHover();
    return busy > 0;
  }

  /** Waits until an entry of the language status matches, and returns it. */
  async languageStatusWhen(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + patience;
    for (;;) {
      const entries = await this.languageStatus();
      const entry = entries.find((text) => pattern.test(text));
      if (entry !== undefined) return entry;
      if (Date.now() > deadline)
        throw new Error(`No status matched ${String(pattern)}: ${entries.join(" | ")}`);
      await this.#nextFrame();
    }
  }

  /** Trusts the open folder, by VS Code's own page for it. */
  async trustFolder(): Promise<void> {
    await this.runCommand("Workspaces: Manage Workspace Trust");
    await this.page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).click();
    await this.page.locator(".workspace-trust-editor.trusted").waitFor();
  }

  /** Waits for a notification; its text and its buttons. */
  async notification(pattern: RegExp): Promise<Notification> {
    const toast = this.page.locator(".notification-toast", { hasText: pattern });
    await toast.waitFor();
    const buttons = toast.locator(".notification-list-item-buttons-container .monaco-button");
    return {
      text: () => toast.locator(".notification-list-item-message").innerText(),
      buttons: async () => (await buttons.allInnerTexts()).map((text) => text.trim()),
      answer: async (button) => {
        await buttons.filter({ hasText: button }).first().click();
        await toast.waitFor({ state: "detached" });
      },
    };
  }

  /** Asks until what comes satisfies a condition, and returns it. */
  async fileWhen(read: () => Promise<string>, condition: (text: string) => boolean): Promise<string> {
    const deadline = Date.now() + patience;
    for (;;) {
      const text = await read();
      if (condition(text)) return text;
      if (Date.now() > deadline) throw new Error(`It was never as expected: ${text}`);
      await this.#nextFrame();
    }
  }

  /** The text in view of the active editor, once it matches; blanks for ends of lines, which may be wrapped anywhere. */
  async documentWhen(pattern: RegExp): Promise<string> {
    const lines = this.page.locator(".editor-group-container.active .editor-instance .view-line");
    return await this.fileWhen(
      async () => {
        const rows = await lines.evaluateAll((all) =>
          all
            .map((row) => ({ top: row.getBoundingClientRect().top, text: row.textContent }))
            .sort((a, b) => a.top - b.top),
        );
        return rows.map(({ text }) => text.trim().replaceAll("\u00a0", " ")).join(" ");
      },
      (text) => pattern.test(text),
    );
  }

  /** Puts a text in the place of the person's settings.json, in the editor, and saves it. */
  async writeSettings(text: string): Promise<void> {
    await this.runCommand("Preferences: Open User Settings (JSON)");
    await this.page
      .locator(".editor-group-container.active .tab.active", { hasText: "settings.json" })
      .waitFor();
    await this.page.locator(".editor-group-container.active .view-lines").click();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(text);
    await this.edited();
    await this.save();
  }

  /** Goes back to a file that is open beside the active one, by its tab. */
  async backTo(name: string): Promise<void> {
    await this.page.locator(".tab", { hasText: name }).first().click();
    await this.page.locator(".editor-group-container.active .tab.active", { hasText: name }).waitFor();
  }

  /** Milliseconds that an extension took to activate, as "Developer: Show Running Extensions" has it. */
  async activationTime(extension: string): Promise<number> {
    // The list has the slowest first, and only what is in view is there to be read.
    const size = this.page.viewportSize();
    await this.page.setViewportSize({ width: 1280, height: 4000 });
    await this.runCommand("Developer: Show Running Extensions");
    const row = this.page.locator(".runtime-extensions-editor .extension", { hasText: extension });
    const text = await row.locator(".activation-time").innerText();
    const time = /(\d+)\s*ms/.exec(text)?.[1];
    if (size !== null) await this.page.setViewportSize(size);
    if (time === undefined) throw new Error(`No activation time in "${text}".`);
    return Number(time);
  }

  /** A picture of the whole window, as NAME.png in test/pictures or in the folder that ESCAPE_LENS_PICTURES names. */
  async screenshot(name: string): Promise<void> {
    const folder = process.env["ESCAPE_LENS_PICTURES"] ?? "test/pictures";
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  /** What is in the window when a test fails: a picture, and the words of its messages, tabs and status bar. */
  async tellFailure(title: string): Promise<void> {
    await this.screenshot(`failed-${title.replaceAll(/\W+/g, "-").slice(0, 100)}`);
    const words = this.page.locator(".notification-list-item-message, .tab, .statusbar-item");
    console.log((await words.allInnerTexts()).map((each) => each.trim()).join(" | "));
  }

  get #quickInput(): Locator {
    return this.page.locator(".quick-input-widget:not(.hidden)");
  }

  /** Opens the palette, or what else takes its place, by keys. */
  async #openQuickInput(keys: string): Promise<Locator> {
    const widget = this.#quickInput;
    const press = () => this.page.keyboard.press(keys);
    await insist(patience, press, (timeout) => widget.waitFor({ timeout }));
    return widget;
  }

  /** As `#take`, of what asks nothing more. */
  async #pick(keys: string, text: string, label: string | undefined): Promise<void> {
    await this.#take(keys, text, label);
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Types into a quick pick; with `label`, waits for that entry to be offered before it is taken. */
  async #take(keys: string, text: string, label: string | undefined): Promise<void> {
    const widget = this.#quickInput;
    // What is offered is found out once: a command that the extension brings while it starts is there the next time.
    const ask = async (): Promise<void> => {
      if (await widget.isVisible()) await this.page.keyboard.press("Escape");
      await this.#openQuickInput(keys);
      await widget.locator("input[type=text]").fill(text);
    };
    if (label === undefined) await ask();
    else {
      const row = widget.locator(".monaco-list-row.focused", { hasText: label });
      await insist(patience, ask, (timeout) => row.waitFor({ timeout }));
    }
    await this.page.keyboard.press("Enter");
  }

  /** Waits for the light bulb on the line of the cursor: one of an earlier place may still be there. */
  async #lightBulbAtCursor(): Promise<void> {
    await this.page.waitForFunction((selector) => {
      const [bulb, cursor] = [
        document.querySelector(selector),
        document.querySelector(".cursors-layer .cursor"),
      ];
      if (bulb === null || cursor === null) return false;
      const { top, bottom, width } = bulb.getBoundingClientRect();
      const line = cursor.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      return width > 0 && line.top <= middle && middle <= line.bottom;
    }, lightBulb);
  }

  /** Takes the mouse to where nothing has a hover. */
  async leaveHover(): Promise<void> {
    const hover = this.page.locator(".workbench-hover-container");
    let x = 0;
    const leave = async () => {
      // A hover whose item was renewed under the mouse does not hear that the mouse has left: any key closes it, or the
      // mouse, when it comes to it and goes.
      const box =
        x === 0
          ? null
          : await hover
              .first()
              .boundingBox({ timeout: 1000 })
              .catch(() => null);
      if (box !== null) await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await this.page.locator(".part.titlebar").hover({ position: { x: (x % 5) + 5, y: 5 } });
      x += 1;
      await this.page.keyboard.press("Shift");
    };
    await insist(patience, leave, (timeout) => hover.waitFor({ state: "hidden", timeout }));
  }

  async #squiggleBox({ line, text }: Squiggle): Promise<{ x: number; y: number; width: number }> {
    const all = await this.squiggles();
    const index = all.findIndex((squiggle) => squiggle.line === line && squiggle.text === text);
    const boxes = await Promise.all(
      (await this.#squiggleElements().all()).map((element) => element.boundingBox()),
    );
    const sorted = boxes.filter((box) => box !== null).sort((a, b) => a.y - b.y || a.x - b.x);
    const box = sorted[index];
    if (box === undefined) throw new Error(`No squiggle in view under "${text}" on line ${line}`);
    return { ...box, y: box.y + box.height };
  }

  #squiggleElements(): Locator {
    const kinds = ["error", "warning", "info", "hint"].map((kind) => `.editor-instance .squiggly-${kind}`);
    return this.page.locator(kinds.join(", "));
  }

  async #nextFrame(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** `#rrggbb` of a computed `rgb(r, g, b)`. */
function hexOf(color: string): string {
  const parts = [...color.matchAll(/\d+/g)].slice(0, 3);
  return `#${parts.map(([part]) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}
