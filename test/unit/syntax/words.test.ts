import assert from "node:assert/strict";
import { wordsOf } from "../../../server/src/syntax/words.js";

describe("wordsOf", () => {
  const check = (text: string, expected: Partial<Record<keyof ReturnType<typeof wordsOf>, string>>) => {
    it(`reads ${JSON.stringify(text)}`, () => {
      const words = wordsOf(text);
      for (const [kind, list] of Object.entries(expected))
        assert.equal([...words[kind as keyof typeof words]].join(" "), list, kind);
    });
  };

  check("a.b.c(d)", { free: "a d", selected: "b c", qualifying: "a", alone: "d" });
  check("f(x...)", { free: "f x", selected: "", qualifying: "", alone: "f x" });
  check("func(args ...fmt.Stringer)", { free: "func args fmt", selected: "Stringer", qualifying: "fmt" });
  check("b.\n\tString().\n\tLen()", { free: "b", selected: "String Len" });
  check("url := url.Parse", { qualifying: "url", alone: "url" });
  check(`"fmt.Print" + 'x' + \`a.b\` // c.d\n/* e.f\n*/ g`, { free: "g", selected: "" });
  check(`"\\"fmt.x\\"" + '\\'' + y`, { free: "y" });
  check("größe.Länge", { free: "größe", selected: "Länge" });
});
