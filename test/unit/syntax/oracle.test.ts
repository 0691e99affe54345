import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { disagreements, type Claim } from "../../conformance/oracle.js";
import { testModule } from "../../harness/module.js";
import { serverOut } from "../../harness/paths.js";
import { placedMessages } from "./marked.js";

const contents = `\uFEFFpackage p

import "errors"

type 人 struct{ name string }

var sink any

func f(name string, b []byte) (any, error) {
	x := 1
	sink = &x
	sink = []*人{{name}, &人{"😀"}}
	sink = "😀" + string(b)
	sink = func() { sink = x }
	switch t := sink.(type) {
	case []int, *人:
		return &t, nil
	}
	return name, errors.New("failed")
}
`;

describe("the Go program that checks anchors", () => {
  const module = testModule({ "a.go": contents });
  let claims: Claim[];

  before(async () => {
    await initializeSyntax(serverOut);
    const source = new SourceText(contents);
    claims = placedMessages(contents).map(({ message, anchor }) => ({
      file: module.path("a.go"),
      source,
      message,
      anchor,
    }));
  });

  after(() => {
    module.dispose();
  });

  it("agrees with every anchor", async () => {
    assert.ok(claims.length >= 9);
    assert.deepEqual(await disagreements(claims), []);
  });

  it("objects to another node and to another kind of node", async () => {
    const wrong = claims.flatMap((claim) => [
      {
        ...claim,
        anchor: { ...claim.anchor, node: { ...claim.anchor.node, end: claim.anchor.node.end + 1 } },
      },
      { ...claim, anchor: { ...claim.anchor, nodeForm: "range-func-body" as const } },
    ]);
    assert.equal((await disagreements(wrong)).length, wrong.length);
  });
});
