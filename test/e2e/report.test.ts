/** The page of `escapelens report` in a real browser: light, dark and on paper, with nothing loaded from anywhere. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { Browser, Page } from "playwright-core";
import { escapelens } from "../cli/tool.js";
import { type TestModule, testModule } from "../harness/module.js";
import { provisions } from "./provisions.js";
import { launchBrowser } from "./session.js";

const looks = [
  { name: "light", media: "screen", colorScheme: "light" },
  { name: "dark", media: "screen", colorScheme: "dark" },
  { name: "print", media: "print", colorScheme: "dark" },
] as const;

describe("the HTML report in a browser", () => {
  let module: TestModule;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];

  before(async () => {
    module = testModule({
      "order/order.go": `package order

import "fmt"

type Line struct{ Price int }

func Totals(lines []Line) []string {
	var all []string
	for _, line := range lines {
		all = append(all, fmt.Sprintf("%d", line.Price))
	}
	return all
}

func New(price int) *Line {
	line := Line{price}
	return &line
}
`,
    });
    const { stdout, stderr } = escapelens(["report"], { cwd: module.dir });
    assert.ok(stdout.length > 0, stderr);
    const file = module.path("report.html");
    writeFileSync(file, stdout);
    browser = await launchBrowser(provisions().browser);
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
  });

  after(async () => {
    await browser.close();
    module.dispose();
  });

  for (const { name, media, colorScheme } of looks) {
    it(`can be read in ${name}`, async () => {
      await page.emulateMedia({ media, colorScheme });
      const folder = process.env["ESCAPE_LENS_PICTURES"] ?? "test/pictures";
      await page.screenshot({ path: path.join(folder, `report-${name}.png`), fullPage: true });
      const [text, back] = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return [color, backgroundColor];
      });
      assert.ok(contrast(text, back) >= 7, `${text} on ${back}`);
      assert.equal(luminance(back) < 0.2, name === "dark");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels are cut off`);
      assert.equal(await page.locator("form").isVisible(), media === "screen");
      assert.equal(await page.locator("svg").first().isVisible(), true);
    });
  }

  it("filters by what is typed, and sorts by what is clicked", async () => {
    await page.emulateMedia({ media: "screen" });
    const rows = page.locator("#sites tbody tr:visible");
    const all = await rows.count();
    await page.locator("form input").first().fill("New");
    const found = await rows.count();
    assert.ok(found > 0 && found < all, `${found} of ${all}`);
    await page.locator("form input").first().fill("");
    await page.locator("#sites th button").first().click();
    assert.equal(await page.locator("#sites th[aria-sort]").count(), 1);
  });

  it("asked for nothing but itself", () => {
    assert.deepEqual(requests, [pathToFileURL(module.path("report.html")).href]);
  });
});

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of `rgb(…)` (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((text) => {
    const share = Number(text) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
