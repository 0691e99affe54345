import assert from "node:assert/strict";
import { isInstalled } from "../../../scripts/lib/dependencies.mjs";

describe("isInstalled", () => {
  const lock = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/a-win32": { version: "1.0.0", optional: true },
  };

  it("is content with the same versions, without packages for other platforms", () => {
    assert.equal(isInstalled(lock, { "node_modules/a": { version: "1.0.0" } }), true);
  });

  it("asks for an install where nothing, too little or another version is there", () => {
    assert.equal(isInstalled(lock, undefined), false);
    assert.equal(isInstalled(lock, {}), false);
    assert.equal(isInstalled(lock, { "node_modules/a": { version: "1.0.1" } }), false);
  });
});
