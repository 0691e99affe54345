import assert from "node:assert/strict";
import { compareVersions, isSupported, parseGoVersion } from "../../../server/src/go/goVersion.js";

const cases: Record<string, string> = {
  "go1.26.8": "1.26.8",
  "go1.21": "1.21.0",
  "go1.27rc1": "1.27.0 rc1",
  "go1.20beta2": "1.20.0 beta2",
  "go1.22.1-X:foo": "1.22.1",
  "go1.26.0 X:jsonv2,greenteagc": "1.26.0",
  "go1.24.4-acme.3": "1.24.4",
  "go1.21.5 (Red Hat 1.21.5-1)": "1.21.5",
  "devel go1.27-6f3a1e2 Mon Aug 3 10:00:00 2026 +0000": "1.27.0 devel",
  "go1.27-devel_6f3a1e2 Mon Aug 3": "1.27.0 devel",
  "1.22": "1.22.0",
};

describe("parseGoVersion", () => {
  for (const [text, expected] of Object.entries(cases)) {
    it(`reads ${text}`, () => {
      const version = parseGoVersion(text);
      assert(version !== null);
      const { major, minor, patch, prerelease } = version;
      assert.equal(`${major}.${minor}.${patch} ${prerelease}`.trim(), expected);
      assert.equal(version.text, text);
    });
  }

  it("gives null for what is no version", () => {
    for (const text of ["", "devel +abc Mon", "gotip", "go1", "go1.2.3.4"])
      assert.equal(parseGoVersion(text), null, text);
  });
});

describe("isSupported", () => {
  it("begins with Go 1.21, candidates included", () => {
    const supported = ["go1.20.14", "go1.21rc2", "go1.21", "go1.26.8", "go2.0"].map((v) =>
      isSupported(parseGoVersion(v)),
    );
    assert.deepEqual(supported, [false, true, true, true, true]);
    assert(isSupported(null));
  });
});

describe("compareVersions", () => {
  it("puts versions in order", () => {
    const order = [
      "go1.9",
      "go1.22-devel_a",
      "go1.22beta1",
      "go1.22rc2",
      "go1.22rc10",
      "go1.22.0",
      "go1.22.9",
      "go1.22.10",
    ];
    const sorted = [...order]
      .reverse()
      .sort((a, b) => compareVersions(parseGoVersion(a)!, parseGoVersion(b)!));
    assert.deepEqual(sorted, order);
  });
});
