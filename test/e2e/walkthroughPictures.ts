/** `node scripts/pictures.mjs`: takes the pictures of the walkthrough in a real VS Code, on a copy of the sample. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { openSession } from "./session.js";
import type { Workbench } from "./workbench.js";

/** The editor alone. */
const plain = {
  "breadcrumbs.enabled": false,
  "editor.folding": false,
  "editor.fontSize": 15,
  "editor.glyphMargin": true,
  "editor.matchBrackets": "never",
  "workbench.activityBar.location": "hidden",
};

/** CSS pixels of the window; the pictures have the editor only, in about the width in which the walkthrough shows them. */
const size = { width: 760, height: 500 };

const daily = "internal/report/daily.go";

/** As docs/ci.md has it. */
const workflow = `on: pull_request
jobs:
  escapes:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-go@v5
        with:
          go-version-file: go.mod
      - run: go mod download
      - uses: go-escape-lens/go-escape-lens@v0
        with:
          new-since: origin/\${{ github.base_ref }}
`;

/** VS Code shows the picture that fits its theme (package.json, walkthroughs): those of the dark one have a name of their own. */
const themes = [
  { theme: "Default Light Modern", suffix: "" },
  { theme: "Default Dark Modern", suffix: "-dark" },
] as const;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: walkthroughPictures.mjs FOLDER");
await mkdir(folder, { recursive: true });
for (const { theme, suffix } of themes) await takePictures(folder, theme, suffix);

async function takePictures(into: string, theme: string, suffix: string): Promise<void> {
  const settings = { ...plain, "workbench.colorTheme": theme };
  const session = await openSession({ folder: path.resolve("test/sample"), settings });
  const { workbench } = session;
  const take = (name: string) => picture(workbench, path.join(into, `${name}${suffix}.png`));
  try {
    await workbench.page.setViewportSize(size);
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.page.locator(".part.sidebar").waitFor({ state: "hidden" });
    await takeSite(workbench, take);
    await mkdir(path.join(session.folder, "workflows"));
    await writeFile(path.join(session.folder, "workflows", "escapes.yml"), workflow);
    await workbench.openFile("workflows/escapes.yml");
    // Colors come once the grammar is loaded; pairs of brackets have theirs before.
    await workbench.page.waitForFunction(() => {
      const words = document.querySelectorAll(".editor-group-container.active .view-line span span");
      return new Set(Array.from(words, (word) => getComputedStyle(word).color)).size > 3;
    });
    await take("gate");
  } finally {
    await session.close();
  }
}

/** The squiggle, why it is there, and what can be done. */
async function takeSite(workbench: Workbench, take: (name: string) => Promise<void>): Promise<void> {
  await workbench.openFile(daily);
  await workbench.goTo(17);
  await workbench.squigglesWhen((all) => all.length > 0);
  await take("squiggle");
  const [squiggle] = await workbench.squiggles();
  if (squiggle === undefined) throw new Error("The sample has no squiggle.");
  // What it costs is known last.
  while (await workbench.isAnalyzing());
  await workbench.hoverOver(squiggle);
  await take("why");
  await workbench.page.keyboard.press("Escape");
  await workbench.openQuickFixes(squiggle);
  await take("fix");
  await workbench.closeQuickFixes();
}

async function picture(workbench: Workbench, file: string): Promise<void> {
  // The part of the page, not the element: hovers and menus lie over it.
  const clip = await workbench.page.locator(".part.editor").boundingBox();
  if (clip === null) throw new Error("The editor is not in view.");
  await workbench.page.screenshot({ path: file, scale: "css", clip });
  console.log(file);
}
