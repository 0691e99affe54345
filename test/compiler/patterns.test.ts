import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Site } from "../../server/src/analysis/site.js";
import type { SourceText } from "../../server/src/syntax/sourceText.js";
import { analyze, load, textOf } from "../harness/packages.js";
import { testData } from "../harness/paths.js";
import { type RawMessage, rawMessages } from "../harness/rawMessages.js";

/** A copy, so that an older Go can have its own version in go.mod. */
let root: string;

before(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-patterns-")));
  cpSync(path.join(testData, "cases/patterns"), root, { recursive: true });
  const minor = Number(
    /go1\.(\d+)/.exec(execFileSync("go", ["version"], { cwd: tmpdir(), encoding: "utf8" }))?.[1],
  );
  if (minor < 22) writeFileSync(path.join(root, "go.mod"), `module escpat\n\ngo 1.${minor}\n`);
});

after(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What must be underlined for a message, from the message alone; the text is the compiler's rendering. */
function fits(message: RawMessage, site: Site, underlined: string): boolean {
  const { text } = message;
  if (message.kind === "moved")
    return site.inlinedFrom === null ? underlined === text : /^\w+$/.test(underlined);
  if (site.inlinedFrom !== null) return /^\w+$/.test(underlined) && site.inlinedFrom.includes(underlined);
  if (text.startsWith("&")) return /^[&{]/.test(underlined);
  if (text.startsWith("new(")) return underlined.startsWith("new(");
  if (text.startsWith("make(")) return underlined.startsWith("make(");
  if (text.startsWith("append")) return underlined.startsWith("append(");
  if (text === "func literal") return /^(?:func|go|defer|for)\b/.test(underlined);
  if (/^(?:\(\[\](?:byte|rune)\)|string)\(/.test(text))
    return /^(?:\[\](?:byte|rune)|string)\(/.test(underlined);
  if (/^[\w.[\]*]+(?: \{\})?\{(?:\.\.\.)?\}$/.test(text))
    return /[{]$|^\w+\{\}$|\{\}$/.test(underlined) || underlined.includes("{");
  if (/^[A-Za-z_]\w*$/.test(text) && !/^(?:true|false|nil)$/.test(text)) return underlined === text;
  return underlined !== "";
}

for (const tags of ["", "good"]) {
  describe(`the ${tags === "" ? "bad" : "good"} programs of the patterns`, () => {
    let sites: readonly Site[] = [];
    let messages: RawMessage[] = [];
    const texts = new Map<string, SourceText>();

    before(async function () {
      this.timeout(300_000);
      const build = spawnSync("go", ["build", "-gcflags=-m=2", `-tags=${tags}`, "./..."], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      });
      messages = rawMessages(build.stderr).filter(
        (message) => !path.isAbsolute(message.file) && !message.file.startsWith(".."),
      );
      const analysis = await analyze(await load(root, ["./..."], { tests: false, tags }));
      assert.deepEqual(
        analysis.packages.filter((entry) => entry.error !== null),
        [],
      );
      assert.deepEqual(analysis.unknownLines, []);
      sites = analysis.packages.flatMap((entry) => entry.sites);
      for (const { file } of sites) texts.set(file, await textOf(file));
    });

    it("become one site for each message, at the node that the message is about", () => {
      assert.ok(
        messages.length > (tags === "" ? 60 : 25),
        `the compiler printed ${messages.length} messages only`,
      );
      const left = sites.filter((site) => site.kind !== "hidden");
      for (const message of messages) {
        const name = `${message.file}:${message.line}:${message.column ?? ""} ${message.text}`;
        const file = path.join(root, message.file);
        const index = left.findIndex((site) => {
          const source = texts.get(site.file);
          const lines = [site.nodeRange.start.line + 1, site.nodeRange.end.line + 1] as const;
          return (
            site.file === file &&
            site.kind === message.kind &&
            site.expression === message.text &&
            source !== undefined &&
            lines[0] <= message.line &&
            message.line <= lines[1] &&
            fits(
              message,
              site,
              source.text.slice(source.offsetOf(site.range.start), source.offsetOf(site.range.end)),
            )
          );
        });
        assert.notEqual(index, -1, name);
        left.splice(index, 1);
      }
      assert.deepEqual(
        left.map((site) => `${site.file}: ${site.expression}`),
        [],
      );
    });

    it("have ids of their own", () => {
      assert.equal(new Set(sites.map((site) => site.id)).size, sites.length);
    });

    it("have a reason each", () => {
      const unexplained = sites
        .filter((site) => site.reason === "other")
        .map((site) => `${site.file}: ${site.expression}`);
      assert.deepEqual(unexplained, []);
    });
  });
}
