import assert from "node:assert/strict";
import {
  isEscapeDetail,
  withoutEscapeDetails,
  withoutSquiggles,
} from "../../../client/src/neighbors/optimizerDetails.js";

describe("gopls' optimizer details", () => {
  it("are known by their source and what they are about", () => {
    const of = (message: string, source?: string) => isEscapeDetail({ message, source });
    assert.equal(of("escape(x escapes to heap)", "optimizer details"), true);
    assert.equal(of("escape()", "optimizer details"), true);
    assert.equal(of("canInlineFunction(cost: 4)", "optimizer details"), false);
    assert.equal(of("isInBounds()", "optimizer details"), false);
    assert.equal(of("escape(x escapes to heap)", "escape"), false);
    assert.equal(of("escape(x escapes to heap)"), false);
  });

  it("lose the escapes, and nothing else that gopls was told", () => {
    const whole = { "ui.diagnostic.annotations": { inline: false }, "build.env": { A: "1" } };
    assert.deepEqual(withoutEscapeDetails(whole), {
      "ui.diagnostic.annotations": { inline: false, escape: false },
      "build.env": { A: "1" },
    });
    assert.deepEqual(withoutEscapeDetails({ annotations: { nil: false } }), {
      annotations: { nil: false, escape: false },
    });
    const fresh = { "ui.diagnostic.annotations": { escape: false } };
    for (const nothing of [undefined, null, "x", []]) assert.deepEqual(withoutEscapeDetails(nothing), fresh);
  });

  it("stay where ours go, and what a reason was given stays", () => {
    assert.deepEqual(withoutSquiggles({ loop: "warning", "boxed-formatting": "error" }), {
      loop: "off",
      body: "off",
      "boxed-formatting": "error",
    });
    assert.deepEqual(withoutSquiggles(undefined), { loop: "off", body: "off" });
  });
});
