import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import { Workbench } from "./workbench.js";

describe("the walkthrough in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/sample") });
  });

  after(() => session?.close());

  it("has four steps, each with its picture", async () => {
    const { page } = workbench();
    await workbench().commandAppears("Go Escape Lens: Get Started");
    await workbench().runCommand("Go Escape Lens: Get Started");
    const steps = page.locator(".gettingStartedContainer .getting-started-step");
    await steps.first().waitFor();
    assert.deepEqual(
      (await steps.locator(".step-title").allInnerTexts()).map((title) => title.trim()),
      ["See what goes to the heap", "Read why", "Apply a fix that is verified", "Let nothing new in"],
    );
    for (let index = 0; index < 4; index++) {
      await steps.nth(index).click();
      const picture = page.locator(".getting-started-media img");
      await picture.waitFor({ state: "attached" });
      await page.waitForFunction(() => {
        const image = document.querySelector<HTMLImageElement>(".getting-started-media img");
        return image !== null && image.complete && image.naturalWidth > 0;
      });
      await workbench().screenshot(`walkthrough-${index + 1}`);
    }
  });

  it("opens a copy of the sample, with the file to look at and the walkthrough beside it", async () => {
    const { page } = workbench();
    const opened = page.context().waitForEvent("page");
    await workbench().runCommand("Go Escape Lens: Open the Sample");
    const sample = new Workbench(await opened);
    const tab = sample.page.locator(".tab", { hasText: "daily.go" }).first();
    await tab.waitFor();
    await sample.page.locator(".gettingStartedContainer .getting-started-step").first().waitFor();
    await tab.click();
    await sample.squigglesWhen((all) => all.some(({ text }) => text === "append(large, row)"));
    await sample.screenshot("walkthrough-sample");
  });

  it("opens the pairs at their benchmark", async () => {
    const { page } = workbench();
    const opened = page.context().waitForEvent("page");
    await workbench().runCommand("Go Escape Lens: Open Eight Pairs to Benchmark");
    const pairs = new Workbench(await opened);
    await pairs.page.locator(".tab.active", { hasText: "pairs_test.go" }).waitFor();
    await pairs.documentWhen(/func BenchmarkPairs\(b \*testing\.B\)/);
    await pairs.commandAppears("Go Escape Lens: Profile Memory of the Test at the Cursor");
  });
});
