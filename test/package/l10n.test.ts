/** Every text of the program has a translation that fits it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { programTexts, textsOf } from "../../scripts/lib/l10nTexts.mjs";
import { root } from "../harness/paths.js";

const folder = path.join(root, "l10n");
const bundles = readdirSync(folder).map((name) => ({
  name,
  texts: JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Record<string, string>,
}));

describe("the localized texts", () => {
  it("are those of the program, none missing and none stale", async () => {
    const expected = await programTexts(root);
    assert.ok(bundles.length > 0 && expected.length > 0);
    for (const { name, texts } of bundles) {
      assert.deepEqual(Object.keys(texts).sort(), expected, `${name}: run node scripts/l10n.mjs --write`);
    }
  });

  it("have the placeholders and the code of the English ones, and are not empty", () => {
    for (const { name, texts } of bundles) {
      for (const [english, text] of Object.entries(texts)) {
        assert.notEqual(text.trim(), "", `${name}: ${english}`);
        assert.deepEqual(placeholders(text), placeholders(english), `${name}: ${english}`);
        assert.equal(count(text, "`") % 2, 0, `${name}: ${english}`);
      }
    }
  });

  it("are found wherever they are asked for, and must be plain literals", () => {
    const source = 'const a = t("one", x); l10n.t("two"); other("three"); other.t("four"); `${t("five")}`;';
    assert.deepEqual(textsOf("a.ts", source), ["one", "two", "five"]);
    assert.throws(() => textsOf("a.ts", "\nt(words)"), /a\.ts:2: the text is not a plain string literal/);
  });
});

/** `{0}` and code spans around one; a translation may name one of them twice. */
function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/`?\{\d+\}`?/g)].map(([found]) => found))].sort();
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
