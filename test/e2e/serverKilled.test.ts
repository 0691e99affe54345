import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { serverNodeOptions } from "../../server/src/protocol.js";
import { processIds } from "../harness/processes.js";
import { openSession, type Session } from "./session.js";
import type { Squiggle } from "./squiggles.js";
import type { Workbench } from "./workbench.js";

const daily = "internal/report/daily.go";

/** Without the hints, which are still coming when the others are there. */
function placesOf(all: readonly Squiggle[]): string[] {
  return all.flatMap(({ line, text, severity }) => (severity === "hint" ? [] : [`${line} ${text}`]));
}

/** A function that lets a slice grow in a loop. */
function growing(name: string, variable: string): string {
  const append = `\t\t${variable} := i\n\t\tall = append(all, &${variable})`;
  return `func ${name}(n int) (all []*int) {\n\tfor i := 0; i < n; i++ {\n${append}\n\t}\n\treturn all\n}\n\n`;
}

describe("the process of the server, in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;
  let shown: readonly string[];

  before(async () => {
    session = await openSession({
      folder: path.resolve("test/sample"),
      settings: { "goEscapeLens.diagnostics.severity": { body: "information" } },
    });
    await workbench().openFile(daily);
    await workbench().squigglesWhen((all) => all.length > 0);
    // What was not saved is known to the editor alone, which tells a new server of it.
    const lines = (await readFile(path.join(session.folder, daily), "utf8")).split("\n");
    await workbench().goTo(lines.findIndex((line) => line.startsWith("func ")) + 1);
    await workbench().page.keyboard.insertText(growing("fresh", "count"));
    const found = await workbench().squigglesWhen((all) =>
      all.some(({ text }) => text === "append(all, &count)"),
    );
    shown = placesOf(found);
  });

  after(() => session?.close());

  it("runs with the options of Node that bound its memory", () => {
    assert.equal(processIds(session!.serverFile, ...serverNodeOptions).length, 1);
  });

  it("is started again when it is killed, and shows the same of the unsaved text", async () => {
    assert.ok(session!.killServer(), "no server is running");
    await workbench().squigglesWhen((all) => isDeepStrictEqual(placesOf(all), shown));
    // Only a new server can know of this.
    await workbench().page.keyboard.insertText(growing("later", "added"));
    await workbench().squigglesWhen((all) => all.some(({ text }) => text === "append(all, &added)"));
  });
});
