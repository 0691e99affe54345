import MarkdownIt from "markdown-it";
import assert from "node:assert/strict";
import { codeBlock, codeSpan, escapeMarkdown, link, sentence } from "../../../server/src/explain/markdown.js";

/** Text that a hostile file name, package path or constant could carry. */
const hostile = [
  "[click](command:workbench.action.terminal.new)",
  "![x](https://example.com/a.png)",
  "<img src=x onerror=alert(1)>",
  "<https://example.com>",
  "`code` ``more`` ```fence",
  "line\nbreak\r\n# heading",
  "&lt;b&gt; &#x3c;",
  "$(flame) ~~x~~ **y** __z__",
  "https://example.com www.example.com a@example.com",
  "1. one",
  " 12) twelve",
  "- item",
  "+ item",
  "# heading",
  "> quote",
  "a | b",
];

/** Shows markdown as editors do: with HTML, and with links made of addresses. */
const renderer = new MarkdownIt({ html: true, linkify: true });
renderer.linkify.set({ fuzzyLink: false });

describe("markdown from untrusted text", () => {
  for (const text of hostile) {
    it(`escapes ${JSON.stringify(text)}`, () => {
      const escaped = escapeMarkdown(text);
      assert.doesNotMatch(escaped, /(?<!\\)[[\]<`*_$]|www\.|[\r\n]/);
      const shown = renderer.utils.escapeHtml(text.replace(/[\r\n]+/g, " ").trim());
      assert.equal(renderer.render(escaped), `<p>${shown}</p>\n`);
      const inCell = renderer.render(`| a |\n| --- |\n| ${escaped} |\n`);
      assert.equal(inCell.match(/<td>/g)?.length, 1, inCell);
    });

    it(`fences ${JSON.stringify(text)}`, () => {
      const span = codeSpan(text);
      const fence = /^`+/.exec(span)?.[0] ?? "";
      assert.equal(
        span.split(new RegExp(`(?<!\`)${fence}(?!\`)`)).length,
        3,
        "the fence stands at both ends only",
      );
      assert.doesNotMatch(span, /[\r\n]/);
      const block = codeBlock(text, "").split("\n");
      const inner = block.slice(1, -1).join("\n");
      assert.ok(!inner.includes(block[0] ?? ""), "the block does not end early");
    });
  }

  it("keeps links from ending early", () => {
    assert.equal(link("a](x)", "file:///p (1)/a.go#L1"), "[a\\](x)](file:///p%20%281%29/a.go#L1)");
  });

  it("keeps code spans of a sentence, and escapes the rest, but for what is no markup there", () => {
    assert.equal(sentence("`a*b` moves: *it* is"), "`a*b` moves: \\*it\\* is");
    const plain = "It allocates (16 bytes, in main.go:10) - 2 + 2 > 3: {x}, a/b!";
    assert.equal(sentence(plain), plain);
  });
});
