/** Each quick fix once, as a person takes it: at its place in a file, from the menu, with the question where it asks one. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fixes } from "../../server/src/fixes/proposals.js";
import { type FixCase, fixCases } from "../compiler/fixes/cases.js";
import { testModule, type TestModule } from "../harness/module.js";
import { fixPlaces } from "./fixPlaces.js";
import { QuickFixMenu } from "./quickFixMenu.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

const places = fixes.map(({ id }) => ({ fix: id, ...fixPlaces[id], file: `${id}/${id}.go` }));

describe("each quick fix in VS Code", () => {
  let module: TestModule | undefined;
  let session: Session | undefined;
  const cases = new Map<string, FixCase>();
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    for (const each of fixCases()) cases.set(`${each.fix}/${each.name}`, each);
    module = testModule({ "go.mod": "module example.com/m\n\ngo 1.23\n" });
    for (const { fix, name, file } of places) module.write(file, caseOf(fix, name).before["p.go"] ?? "");
    session = await openSession({
      folder: module.dir,
      inPlace: true,
      // What stands in an error's return is quiet, and has fixes none the less: it gets its squiggle here.
      settings: {
        "goEscapeLens.diagnostics.severity": { body: "information", "error-return": "information" },
      },
    });
  });

  after(async () => {
    await session?.close();
    module?.dispose();
  });

  const caseOf = (fix: string, name: string): FixCase => {
    const found = cases.get(`${fix}/${name}`);
    assert.ok(found?.after, `${fix}/${name} is no case with a result`);
    return found;
  };

  for (const { fix, name, file, at, title } of places)
    it(`${fix}: ${title}`, async () => {
      const { before, after, expected } = caseOf(fix, name);
      await workbench().openFile(file);
      await workbench().goTo(...placeOf(before["p.go"] ?? "", at));
      await workbench().squigglesWhen((all) => all.length > 0);
      await new QuickFixMenu(workbench().page).take(title);
      if (expected.behaviour !== undefined) {
        assert.ok((await workbench().dialog()).includes(expected.behaviour), await workbench().dialog());
        await workbench().answerDialog("Apply");
      }
      await workbench().edited();
      await workbench().save();
      assert.equal(await readFile(module!.path(file), "utf8"), after?.["p.go"]);
    });
});

/** Line and column of a text, both from 1; VS Code counts a tab as the columns that it takes. */
function placeOf(source: string, text: string): [number, number] {
  const index = source.indexOf(text);
  assert.ok(index >= 0, `no ${text} in\n${source}`);
  const lines = source.slice(0, index).replaceAll("\t", "    ").split("\n");
  return [lines.length, (lines.at(-1) ?? "").length + 1];
}
