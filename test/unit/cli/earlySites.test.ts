/** What is anchored while compilers are at other packages, and when that does not count. */
import assert from "node:assert/strict";
import { EarlySites } from "../../../server/src/cli/earlySites.js";
import type { EvidenceFor } from "../../../server/src/cli/evidence.js";
import { FileOwners } from "../../../server/src/cli/foreignFacts.js";
import type { Fact } from "../../../server/src/compiler/facts.js";
import type { GoPackage, PackageVariant } from "../../../server/src/go/packages.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

const variantOf = (id: string, name: string): PackageVariant => ({
  ...{ id, name, importPath: name, forTest: id === name ? null : name, dir: `/m/${name}`, root: "/m" },
  ...{ files: [`/m/${name}/${name}.go`], goVersion: "1.24", actionId: null, error: null },
});
const packageOf = (name: string, variants: readonly PackageVariant[]): GoPackage => ({
  ...{ importPath: name, dir: `/m/${name}`, root: "/m", variants, ignoredFiles: [] },
});

/** Of the only variable in a file of `text`. */
const moved = (name: string): Fact => ({
  ...{ kind: "heap", form: "moved", text: "x" },
  position: { file: `/m/${name}/${name}.go`, line: 4, column: 2 },
});
const text = "package p\n\nfunc F() *int {\n\tx := 1\n\treturn &x\n}\n";

describe("sites that are found while others compile", () => {
  before(() => initializeSyntax(serverOut));

  const a = variantOf("a", "a");
  const b = variantOf("b", "b");
  const tested = variantOf("b [b.test]", "b");
  const [first, second] = [packageOf("a", [a]), packageOf("b", [b, tested])];

  /** `read`: takes the files that are read. */
  const early = (read: string[] = [], evidence?: EvidenceFor) => {
    const { signal } = new AbortController();
    const textOf = (file: string) => {
      read.push(file);
      return Promise.resolve(new SourceText(text));
    };
    return new EarlySites(new FileOwners([first, second]), textOf, evidence, signal);
  };
  const expressions = async (found: EarlySites, goPackage: GoPackage) =>
    (await found.of(goPackage))?.sites.map(({ expression }) => expression);

  it("are those of a package whose variants have all been compiled", async () => {
    const found = early();
    found.add(a, [moved("a")], true);
    found.add(b, [moved("b")], false);
    assert.equal(await found.of(second), undefined);
    found.add(tested, [moved("b")], true);
    assert.deepEqual(await expressions(found, first), ["x"]);
    assert.deepEqual(await expressions(found, second), ["x"]);
  });

  it("are not looked for where an earlier run knows them, or where something does not compile", async () => {
    const found = early();
    found.add(a, [moved("a")], false);
    found.add(b, [moved("b")], true);
    found.add(
      tested,
      [{ kind: "error", variant: tested.id, message: "undefined: y", position: undefined }],
      true,
    );
    assert.deepEqual([await found.of(first), await found.of(second)], [undefined, undefined]);
  });

  it("do not count where the compile of another package says something of the same files", async () => {
    const read: string[] = [];
    const found = early(read);
    const facts = new Map([
      [a, [moved("a")]],
      [b, [moved("b"), moved("a")]],
      [tested, [moved("b")]],
    ]);
    for (const [variant, said] of facts) found.add(variant, said, true);
    found.forget(first);
    assert.equal(await found.of(first), undefined);
    assert.deepEqual(await expressions(found, second), ["x"]);
    // Nor are they looked for any longer.
    assert.deepEqual(read, second.variants[0]?.files);
  });

  it("get their evidence where the machine code is at hand, and else later", async () => {
    const found = early([], {
      keyOf: () => undefined,
      isAtHand: (goPackage) => goPackage === first,
      gather: (_, sites) => Promise.resolve(sites.map((site) => ({ ...site, allocates: "yes" }))),
    });
    found.add(a, [moved("a")], true);
    for (const variant of [b, tested]) found.add(variant, [moved("b")], true);
    const verdicts = async (goPackage: GoPackage) => {
      const { sites = [], settled } = (await found.of(goPackage)) ?? {};
      return [sites, settled].map((each) => each?.map(({ allocates }) => allocates));
    };
    assert.deepEqual(await verdicts(first), [["unknown"], ["yes"]]);
    assert.deepEqual(await verdicts(second), [["unknown"], undefined]);
  });
});
