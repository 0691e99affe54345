import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { anchorOf, type AnchorResult, type PlacedMessage } from "../../../server/src/syntax/anchors.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

const source = `package p

import "fmt"

func f(n int) (err error) {
	u := User{n}
	switch t := any(u).(type) {
	case string, *User:
		go fmt.Println(t, g[int](n), [...]any{n, {1}}...)
	}
	for i := range seq(n) { defer func() { err = errors.New("x" + s[i]) }() }
	return fmt.Errorf("%w: %d", err, new(n + 1))
}
`;

function anchorsAt(contents: string, message: PlacedMessage): AnchorResult {
  return withTree(new SourceText(contents), (tree) => anchorOf(tree, message));
}

describe("anchors in sources that are not what was compiled", () => {
  before(() => initializeSyntax(serverOut));

  it("never throws, whatever was cut out and whatever is asked", () => {
    const texts = [
      "n",
      "u",
      "func literal",
      "... argument",
      "&User{...}",
      "append",
      "string(n)",
      "new(int)",
      ".autotmp_1",
    ];
    let asked = 0;
    for (let cut = 0; cut < source.length; cut += 3) {
      const damaged = new SourceText(source.slice(0, cut) + source.slice(cut + 5));
      withTree(damaged, (tree) => {
        for (let line = 1; line <= damaged.lineCount + 1; line++) {
          for (const column of [undefined, 1, 2, 8, 15, 22, 300]) {
            const text = texts[asked % texts.length]!;
            const form = (["moved", "escapes", "wrapper"] as const)[asked % 3]!;
            const inlinedCalls = asked % 2 === 0 ? [] : ["g"];
            const anchor = anchorOf(tree, { form, line, column, text, inlinedCalls });
            if (anchor.quality !== "missing") assert.ok(anchor.range.start <= anchor.range.end);
            asked++;
          }
        }
      });
    }
    assert.ok(asked > 5000);
  });

  it("is missing where there is no such place, no token, or another name", () => {
    const message = { form: "escapes", text: "n", inlinedCalls: [] } as const;
    assert.equal(anchorsAt(source, { ...message, line: 99, column: 1 }).quality, "missing");
    assert.equal(anchorsAt(source, { ...message, line: 6, column: 99 }).quality, "missing");
    assert.equal(anchorsAt(source, { ...message, line: 6, column: 1 }).quality, "missing");
    assert.equal(anchorsAt(source, { ...message, form: "moved", line: 6, column: 2 }).quality, "missing");
    assert.equal(anchorsAt(source, { ...message, text: "other", line: 6, column: 2 }).quality, "missing");
    assert.equal(
      anchorsAt(source, { ...message, form: "moved", text: "u", line: 6, column: 2 }).quality,
      "exact",
    );
  });

  it("reads new of a value, which the grammar does not know", () => {
    const contents = "package p\n\nfunc f(x int) any { return [2]any{new(x + 1), new([]int)} }\n";
    const message = { form: "moved", line: 3, text: ".autotmp_2", inlinedCalls: [] } as const;
    for (const [argument, text] of [
      ["x + 1", ".autotmp_2"],
      ["[]int", ".autotmp_3"],
    ] as const) {
      const column = contents.split("\n")[2]!.indexOf(`(${argument})`) + 1;
      const anchor = anchorsAt(contents, { ...message, text, column });
      assert.ok(anchor.quality === "exact");
      assert.deepEqual([anchor.nodeForm, anchor.sourceText], ["new", `new(${argument})`]);
    }
  });

  it("gives copies that the compiler made of a method to the method's name", () => {
    const contents = "package p\n\nfunc (t *T[K]) M(x K) *K { return &x }\n";
    const anchor = anchorsAt(contents, { form: "escapes", line: 3, column: 6, text: "x", inlinedCalls: [] });
    assert.ok(anchor.quality === "declaration");
    assert.deepEqual(
      [anchor.nodeForm, contents.slice(anchor.range.start, anchor.range.end), anchor.enclosing.function],
      ["declaration", "M", "(*T).M"],
    );
  });
});
