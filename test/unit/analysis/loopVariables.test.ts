import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { type SiteDraft, siteDraftsOfFile } from "../../../server/src/analysis/fileSites.js";
import { hasSharedLoopVariables, type PackageVariant } from "../../../server/src/go/packages.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { compileFile } from "../syntax/marked.js";

const program = `package p

var kept []*int

func ranged(xs []int) {
	for _, x := range xs {
		kept = append(kept, &x)
	}
}

func counted(n int) *int {
	for i := 0; i < n; i++ {
		if i > 3 {
			return &i
		}
	}
	return nil
}
`;

/** How the variables of the loops stand. */
function variables(sharesLoopVariables: boolean): Pick<SiteDraft, "expression" | "context" | "loopDepth">[] {
  const input = {
    file: "/m/a.go",
    importPath: "example.com/m",
    ...compileFile(program),
    sharesLoopVariables,
  };
  return siteDraftsOfFile(input)
    .filter(({ kind }) => kind === "moved")
    .map(({ expression, context, loopDepth }) => ({ expression, context, loopDepth }));
}

describe("variables of loops that move to the heap", () => {
  before(() => initializeSyntax(serverOut));

  it("are made anew in each turn", () => {
    assert.deepEqual(variables(false), [
      { expression: "x", context: "loop", loopDepth: 1 },
      { expression: "i", context: "loop", loopDepth: 1 },
    ]);
  });

  it("are made once where the module's language is older than Go 1.22", () => {
    assert.deepEqual(variables(true), [
      { expression: "x", context: "body", loopDepth: 0 },
      { expression: "i", context: "body", loopDepth: 0 },
    ]);
  });

  for (const [goVersion, isShared] of [
    ["1.21", true],
    ["1.21.5", true],
    ["1.22", false],
    ["1.27rc1", false],
    [null, false],
  ] as const) {
    it(`are ${isShared ? "shared by all turns" : "each turn's own"} with ${goVersion ?? "no version"} in go.mod`, () => {
      const variant: Pick<PackageVariant, "goVersion"> = { goVersion };
      assert.equal(hasSharedLoopVariables([variant as PackageVariant]), isShared);
    });
  }
});
