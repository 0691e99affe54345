/** `node scripts/pictures.mjs`: takes the pictures of the README in a real VS Code, on a copy of the sample workspace. */
import path from "node:path";
import { openSession } from "./session.js";
import type { Squiggle } from "./squiggles.js";
import type { Workbench } from "./workbench.js";

/** Nothing but the editor, at a size at which its text can be read in a page. */
const plain = {
  "breadcrumbs.enabled": false,
  "editor.folding": false,
  "editor.glyphMargin": true,
  "editor.matchBrackets": "never",
  "workbench.activityBar.location": "hidden",
};

/** CSS pixels, which are the pictures' own. */
const size = { width: 1000, height: 540 };

/** The parameter `lines` of `Price`. */
const askedPlace = [25, 23] as const;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: pictures.mjs FOLDER");

const session = await openSession({ folder: path.resolve("test/sample"), settings: plain });
try {
  const { workbench } = session;
  await workbench.page.setViewportSize(size);
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  await workbench.page.locator(".part.sidebar").waitFor({ state: "hidden" });
  await takeHover(workbench, path.join(folder, "hover.png"));
  await takeFixes(workbench, path.join(folder, "fixes.png"));
  await takeAnswer(workbench, path.join(folder, "ask.png"));
} finally {
  await session.close();
}

/** Why an append is on the heap. */
async function takeHover(workbench: Workbench, file: string): Promise<void> {
  await workbench.hoverOver(await firstSquiggle(workbench));
  await picture(workbench, file);
  await workbench.page.keyboard.press("Escape");
}

/** What the light bulb offers there. */
async function takeFixes(workbench: Workbench, file: string): Promise<void> {
  await workbench.openQuickFixes(await firstSquiggle(workbench));
  await picture(workbench, file);
}

/** What the compiler knows of a variable that stays on the stack. */
async function takeAnswer(workbench: Workbench, file: string): Promise<void> {
  await workbench.closeQuickFixes();
  await workbench.openFile("internal/pricing/pricing.go");
  await workbench.goTo(...askedPlace);
  await workbench.runCommand("Go Escape Lens: Ask About the Variable or Expression");
  await workbench.documentWhen(/# (?:Uses|Flow)/);
  await picture(workbench, file);
}

async function firstSquiggle(workbench: Workbench): Promise<Squiggle> {
  await workbench.openFile("internal/report/daily.go");
  await workbench.goTo(24);
  const [first] = await workbench.squigglesWhen((all) => all.length > 0);
  if (first === undefined) throw new Error("The sample has no squiggle.");
  return first;
}

/** The editors alone: the bars around them are there for the test, which asks them when the analysis is over. */
async function picture(workbench: Workbench, file: string): Promise<void> {
  const clip = await workbench.page.locator(".part.editor").boundingBox();
  if (clip === null) throw new Error("The editor is not in view.");
  await workbench.page.screenshot({ path: file, scale: "css", clip });
  console.log(file);
}
