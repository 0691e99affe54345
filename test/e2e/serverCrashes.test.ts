/** A server that ends again and again: it is left alone in the end, and one button starts it anew. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../harness/until.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

const daily = "internal/report/daily.go";
const givenUp = /The Go Escape Lens server ended five times in three minutes and stays off/;

describe("a server that ends again and again, in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/sample") });
    await workbench().openFile(daily);
    await workbench().squigglesWhen((all) => all.length === 3);
  });

  after(() => session?.close());

  it("stays off after the fifth time, and says so with a button", async () => {
    // Each new one is killed as soon as it is there, before it could answer.
    for (let crash = 0; crash < 5; crash++) await until(() => session!.killServer());
    const message = await workbench().notification(givenUp);
    assert.deepEqual(await message.buttons(), ["Restart", "Show Output"]);
    assert.match(await workbench().languageStatusWhen(/not running/), /the language server is not running/);
    assert.deepEqual(await workbench().squiggles(), []);
    assert.equal(session!.killServer(), false, "a sixth one was started");
    await workbench().screenshot("server-off");
  });

  it("comes back by that button", async () => {
    await (await workbench().notification(givenUp)).answer("Restart");
    await workbench().squigglesWhen((all) => all.length === 3);
  });

  it("says the same of one that cannot even start, until it can", async () => {
    const program = await readFile(session!.serverFile);
    await writeFile(session!.serverFile, "process.exit(1);\n");
    await workbench().runCommand("Go Escape Lens: Restart Language Server");
    const message = await workbench().notification(givenUp);
    await workbench().languageStatusWhen(/not running/);
    await writeFile(session!.serverFile, program);
    await message.answer("Restart");
    await workbench().squigglesWhen((all) => all.length === 3);
  });
});
