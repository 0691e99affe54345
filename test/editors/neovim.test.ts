/** The npm package in a real Neovim without a screen: what neovim.lua plays, held against what a person should see. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type TestModule, testModule } from "../harness/module.js";
import { testData } from "../harness/paths.js";
import { installTarball } from "../harness/products.js";

// Characters of two, three and four bytes stand before what is underlined.
const source = `package main

type user struct{ name string }

var last *user

//go:noinline
func double(in []string) []string {
	out := []string{}
	for _, v := range in {
		/* é名😀 */ out = append(out, v+"😀")
	}
	return out
}

func main() { println(len(double(nil))) }
`;

interface Seen {
  readonly what: string;
  readonly value: unknown;
}

interface Underlined {
  readonly line: number;
  readonly text: string;
  readonly message: string;
  readonly source: string;
}

describe("Neovim with the npm package", () => {
  let module: TestModule;
  let seen: readonly Seen[];
  const of = (what: string): unknown => seen.find((each) => each.what === what)?.value;

  before(() => {
    module = testModule({ "main.go": source });
    installTarball(module.dir);
    seen = play();
  });

  after(() => {
    module.dispose();
  });

  function play(): Seen[] {
    const command = process.env["ESCAPE_LENS_NEOVIM"];
    if (command === undefined) throw new Error("Run these tests by `npm test`: it finds a Neovim.");
    const script = path.join(testData, "editors", "neovim.lua");
    const file = module.path("main.go");
    const served = [module.path("node_modules/.bin/go-escape-lens"), "--stdio"];
    const parts = {
      command: served,
      file,
      opened: 'append(out, v+"😀")',
      typed: '/* 😀 */ u := user{"é"}; last = &u',
      typedSite: "u",
      savedSite: "make([]string, 0, len(in))",
      hovered: "append(",
      fixed: "append(",
      fix: "out := make([]string, 0, len(in))",
    };
    // Neither the person's configuration nor its traces; Go's cache stays where it is.
    const own = Object.fromEntries(
      ["CONFIG", "DATA", "STATE"].map((kind) => [`XDG_${kind}_HOME`, module.path(`nvim/${kind}`)]),
    );
    const env = {
      ...process.env,
      ...own,
      PLAY: JSON.stringify(parts),
      ESCAPELENS_CACHE: module.path("cache"),
    };
    const flags = ["--headless", "--clean", "-n", "-i", "NONE", "-S", script];
    const { stdout, stderr, status } = spawnSync(command, flags, { encoding: "utf8", env, timeout: 240_000 });
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    return stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Seen);
  }

  const texts = (found: readonly Underlined[]) => found.map(({ text }) => text);

  it("underlines the expression after opening, with characters of several bytes before it", () => {
    const opened = of("opened") as Underlined[];
    assert.deepEqual(texts(opened), ['append(out, v+"😀")', 'v+"😀"']);
    assert.equal(opened[0]?.line, 10);
    assert.match(opened[0].message, /grow/);
    assert.equal(opened[0].source, "escape");
  });

  it("follows what is typed, before it is saved", () => {
    const { found, isSaved } = of("typed") as { found: Underlined[]; isSaved: boolean };
    assert.equal(isSaved, false);
    assert.deepEqual(texts(found), ['append(out, v+"😀")', 'v+"😀"', "u"]);
    assert.match(found.find(({ text }) => text === "u")!.message, /`u` moves to the heap/);
  });

  it("explains in its hover", () => {
    const hover = (of("hover") as string[]).join("\n");
    assert.match(hover, /append\(out/);
    assert.match(hover, /capacity/i);
    // It shows the markdown as it is written, so a backslash would be seen.
    assert.doesNotMatch(hover.split("```")[0] ?? "", /\\/);
  });

  it("applies a fix from its menu", () => {
    const { titles, lines } = of("fixed") as { titles: string[]; lines: string[] };
    assert.match(titles[0] ?? "", /out/);
    const expected = source
      .replace("[]string{}", "make([]string, 0, len(in))")
      .replace("\treturn out", '\t/* 😀 */ u := user{"é"}; last = &u\n\treturn out');
    assert.equal(`${lines.join("\n")}\n`, expected);
  });

  it("has diagnostics of the new text after saving", () => {
    assert.deepEqual(texts(of("saved") as Underlined[]), ["make([]string, 0, len(in))", 'v+"😀"', "u"]);
    assert.match(readFileSync(module.path("main.go"), "utf8"), /make\(\[\]string, 0, len\(in\)\)/);
  });
});
