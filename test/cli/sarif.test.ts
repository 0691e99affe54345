/** SARIF through the real compiler: valid, with flows, and with fixes that do what they say. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import type { Fix, Log, Result } from "sarif";
import { type TestModule, testModule } from "../harness/module.js";
import { sarifValidator } from "../harness/sarifSchema.js";
import { escapelens } from "./tool.js";

const source = `package m

type Line struct{ Price int }

func Prices(lines []Line) []*int {
	var all []*int
	for i := range lines {
		price := lines[i].Price
		all = append(all, &price)
	}
	return all
}

func Names(lines []Line, name func(Line) string) []string {
	var names []string
	for _, line := range lines {
		names = append(names, name(line))
	}
	return names
}
`;

describe("escapelens check --format=sarif", () => {
  let module: TestModule;
  const validate = sarifValidator();

  before(() => {
    module = testModule({ "tools/m/go.mod": "module example.com/m\n\ngo 1.21\n", "tools/m/m.go": source });
    module.write(".git/HEAD", "ref: refs/heads/main\n");
  });

  after(() => {
    module.dispose();
  });

  const check = (...flags: string[]) => {
    const folder = module.path("tools/m");
    const { stdout, stderr, status } = escapelens(["check", ...flags], { cwd: folder });
    assert.equal(status, 1, stderr);
    return stdout;
  };

  const sarif = (...flags: string[]): readonly Result[] => {
    const log = JSON.parse(check("--format=sarif", ...flags)) as Log;
    assert.ok(validate(log), JSON.stringify(validate.errors));
    return log.runs[0]?.results ?? [];
  };

  it("leads from the variable to where it escapes, at places below the top of the repository", () => {
    const moved = sarif().find(({ message }) => message.text?.includes("`price`"));
    const steps = moved?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    assert.ok(steps.length >= 3, JSON.stringify(steps));
    for (const { location } of steps)
      assert.equal(location?.physicalLocation?.artifactLocation?.uri, "tools/m/m.go");
    const texts = source.split("\n");
    const { startLine = 0, startColumn = 0, endColumn } = steps[0]?.location?.physicalLocation?.region ?? {};
    assert.equal(texts[startLine - 1]?.slice(startColumn - 1, (endColumn ?? 0) - 1), "price");
  });

  it("has fixes that the compiler checked: applied, the finding is gone", () => {
    const results = sarif();
    const grown = results.filter(({ ruleId }) => ruleId === "append-growth");
    assert.equal(grown.length, 2);
    const names = grown.find(({ locations }) => lineOf(locations) > 13);
    const [fix] = names?.fixes ?? [];
    assert.match(fix?.description?.text ?? "", /^Preallocate `names` /);
    writeFileSync(module.path("tools/m/m.go"), applied(source, fix ?? assert.fail("no fix")));
    try {
      const text = readFileSync(module.path("tools/m/m.go"), "utf8");
      assert.match(text, /names := make\(\[\]string, 0, len\(lines\)\)/);
      const left = sarif().filter(({ ruleId }) => ruleId === "append-growth");
      assert.equal(left.length, 1);
    } finally {
      writeFileSync(module.path("tools/m/m.go"), source);
    }
  });

  it("looks for fixes in other formats when it is asked to, and for none when it is asked not to", () => {
    const { sites } = JSON.parse(check("--format=json", "--fixes")) as { sites: { fixes: string[] }[] };
    assert.ok(sites.some(({ fixes }) => fixes.includes("preallocate-slice")));
    assert.ok(!check("--format=json").includes("preallocate-slice"));
    assert.ok(sarif("--fixes=off").every(({ fixes }) => fixes === undefined));
  });
});

function lineOf(locations: Result["locations"]): number {
  return locations?.[0]?.physicalLocation?.region?.startLine ?? 0;
}

/** The text with the replacements of the fix's only file, from the last to the first. */
function applied(text: string, { artifactChanges }: Fix): string {
  assert.equal(artifactChanges.length, 1);
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = (line = 1, column = 1) => (starts[line - 1] ?? 0) + column - 1;
  const edits = artifactChanges[0]!.replacements.map(({ deletedRegion: at, insertedContent }) => ({
    start: offset(at.startLine, at.startColumn),
    end: offset(at.endLine, at.endColumn),
    text: insertedContent?.text ?? "",
  }));
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}
