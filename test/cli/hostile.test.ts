/** What the command-line tool prints of a module whose author wants readers' programs to do things. */
import assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import { hostileFiles, steeringCharacters } from "../harness/hostile.js";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens } from "./tool.js";

type Node = DefaultTreeAdapterMap["node"];

const pages = "https://github.com/";

describe("escapelens on hostile text", function () {
  this.timeout(120_000);
  let module: TestModule;

  before(() => {
    module = testModule(hostileFiles());
  });

  after(() => {
    module.dispose();
  });

  const check = (...args: string[]) => {
    const { status, stdout, stderr } = escapelens(args, { cwd: module.dir });
    assert.ok(status === 0 || status === 1, stderr);
    return stdout;
  };

  it("prints nothing that steers a terminal or turns text around, in any form for people", () => {
    for (const format of ["text", "github", "markdown"]) {
      const { stdout, stderr } = escapelens(["check", `--format=${format}`, "--level=hint"], {
        cwd: module.dir,
      });
      assert.match(stdout, /u202e/, format);
      for (const line of [...stdout.split("\n"), ...stderr.split("\n")].filter((each) => !/^::/.test(each)))
        assert.doesNotMatch(line, steeringCharacters, `${format}: ${JSON.stringify(line)}`);
    }
    assert.doesNotMatch(check("report").replaceAll("\n", ""), steeringCharacters);
  });

  it("prints one annotation to a line for GitHub, and no other workflow command", () => {
    const lines = check("check", "--format=github", "--level=hint").split("\n").filter(Boolean);
    assert.ok(lines.length > 20);
    for (const line of lines) {
      assert.match(line, /^::(?:error|warning|notice) file=[^:,]*,/);
      assert.doesNotMatch(line, /[\r\u0085\u2028]/);
    }
  });

  it("writes SARIF whose messages hold no links but its own", () => {
    const log = JSON.parse(check("check", "--format=sarif", "--level=hint")) as object;
    let texts = 0;
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, each] of Object.entries(value)) {
        if (key === "text" && typeof each === "string") {
          texts++;
          // SARIF 2.1.0, §3.11.6: embedded links.
          assert.doesNotMatch(each, /\]\([^)\s]/);
        }
        visit(each);
      }
    };
    // What fixes insert is source, and nobody reads it as words.
    visit(JSON.parse(JSON.stringify(log, (key, value: unknown) => (key === "fixes" ? undefined : value))));
    assert.ok(texts > 50, `${texts} texts`);
  });

  it("writes Markdown with links to its own pages only", () => {
    const markdown = new MarkdownIt({ html: true, linkify: true });
    markdown.validateLink = () => true;
    const tokens = markdown.parse(check("check", "--format=markdown", "--level=hint"), {});
    let links = 0;
    for (const token of tokens.flatMap((block) => [block, ...(block.children ?? [])])) {
      assert.notEqual(token.type, "image");
      if (token.type.startsWith("html"))
        assert.match(token.content.trim(), /^(?:<\/?(?:details|summary)>|Findings: \d+|\s)*$/);
      if (token.type !== "link_open") continue;
      links++;
      assert.ok(String(token.attrGet("href")).startsWith(pages), String(token.attrGet("href")));
    }
    assert.ok(links > 20, `${links} links`);
  });

  it("writes a page with its own elements, links and script only", () => {
    const found = new Map<string, number>();
    const visit = (node: Node): void => {
      if ("tagName" in node) {
        found.set(node.tagName, (found.get(node.tagName) ?? 0) + 1);
        for (const { name, value } of node.attrs) {
          assert.ok(!name.startsWith("on") && name !== "src" && name !== "style", `${node.tagName} ${name}`);
          if (name === "href") assert.ok(value.startsWith(pages), value);
        }
      }
      if ("childNodes" in node) node.childNodes.forEach(visit);
    };
    visit(parse(check("report")));
    assert.equal(found.get("script"), 1);
    assert.equal(found.get("img"), undefined);
    assert.ok((found.get("tr") ?? 0) > 20);
  });
});
