/** The documents say what the code knows: tables from package.json, a page for each reason, links that lead somewhere. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readmes, withTables } from "../../scripts/lib/readmeTables.mjs";
import { reasonCodes } from "../../server/src/analysis/reasonCodes.js";
import { serverNodeOptions } from "../../server/src/protocol.js";
import { fixes } from "../../server/src/fixes/proposals.js";
import { reasonTitle } from "../../server/src/explain/reasonTitle.js";
import { root } from "../harness/paths.js";

const reasons = path.join(root, "docs", "reasons");

describe("the documents", () => {
  it("have the tables of package.json", async () => {
    for (const { file, language } of readmes) {
      const text = read(file);
      assert.equal(await withTables(root, text, language), text, `${file}: run node scripts/docs.mjs`);
    }
  });

  it("name each quick fix in the READMEs, and no other", () => {
    const known = fixes.map(({ id }) => id).sort();
    for (const { file } of readmes) {
      // Tables of fixes begin each row with codes; those of settings and commands have dots in theirs.
      const rows = read(file).match(/^\| `[a-z-]+`.*? \|/gm) ?? [];
      const named = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id));
      assert.deepEqual(named.sort(), known, file);
    }
  });

  it("name the options that the server runs with", () => {
    for (const file of ["docs/editors.md", "docs/editors.zh-cn.md"])
      assert.ok(read(file).includes(`\`${serverNodeOptions.join(" ")}\``), file);
  });

  it("have a page for each reason code, and no other", () => {
    const pages = readdirSync(reasons).filter((name) => name !== "README.md");
    assert.deepEqual(pages.sort(), reasonCodes.map((code) => `${code}.md`).sort());
    for (const page of pages) {
      assert.equal(read(`docs/reasons/${page}`).split("\n")[0], `# ${path.basename(page, ".md")}`);
    }
  });

  it("have each page in the index", () => {
    const index = read("docs/reasons/README.md");
    for (const code of reasonCodes) assert.ok(index.includes(`[${code}](${code}.md)`), code);
  });

  it("begin each page with the title that the program has for the reason, in both languages", () => {
    const bundle = JSON.parse(read("l10n/bundle.l10n.zh-cn.json")) as Record<string, string>;
    for (const code of reasonCodes) {
      const title = reasonTitle(code);
      assert.equal(read(`docs/reasons/${code}.md`).split("\n")[2], `${title}.`);
      assert.equal(read(`docs/zh-cn/reasons/${code}.md`).split("\n")[2], `${bundle[title] ?? ""}。`);
    }
  });

  it("have each page in Chinese, with the same programs, compiler's words and figures", () => {
    const names = readdirSync(reasons).sort();
    assert.deepEqual(readdirSync(path.join(root, "docs/zh-cn/reasons")).sort(), names);
    for (const name of names) {
      const [english, chinese] = [read(`docs/reasons/${name}`), read(`docs/zh-cn/reasons/${name}`)];
      assert.deepEqual(blocks(chinese), blocks(english), name);
      assert.deepEqual(figures(chinese), figures(english), name);
      assert.equal(count(chinese, /^#+ /gm), count(english, /^#+ /gm), name);
      assert.equal(count(chinese, /^- /gm), count(english, /^- /gm), name);
      assert.match(chinese, /\p{Script=Han}/u, name);
    }
  });

  it("have no link to a file that does not exist", () => {
    const files = readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => path.join("docs", file));
    const top = readdirSync(root).filter((file) => file.endsWith(".md"));
    assert.ok(top.includes("README.md") && files.length > reasonCodes.length);
    for (const file of [...top, ...files]) {
      for (const target of links(read(file))) {
        assert.ok(existsSync(path.resolve(root, path.dirname(file), target)), `${file}: ${target}`);
      }
    }
  });
});

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** The fenced blocks: programs, and what the compiler says of them. */
function blocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```.*?^```/gms)].map(([block]) => block);
}

/** The numbers in tables, row by row. */
function figures(markdown: string): string[] {
  return [...markdown.matchAll(/^\|.*\|$/gm)].map(([row]) =>
    row.replace(/[^\d|→]/g, "").replace(/\|+/g, "|"),
  );
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

/** Targets of links and pictures that are files of the project; code blocks and code spans are no links. */
function links(markdown: string): string[] {
  const text = markdown.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture ?? "",
  );
  return targets
    .filter((target) => !/^(?:https?:|#)/.test(target))
    .map((target) => target.replace(/#.*/, ""));
}
