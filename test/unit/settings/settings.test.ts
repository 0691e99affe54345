import assert from "node:assert/strict";
import { severityOf } from "../../../server/src/analysis/severity.js";
import { defaultSettings, parseSettings } from "../../../server/src/settings.js";

describe("parseSettings", () => {
  it("takes the Go extension's settings where ours are unset", () => {
    const go = {
      buildTags: "integration",
      buildFlags: ["-race"],
      toolsEnvVars: { A: "1", B: 2 },
      goroot: "/go",
      alternateTools: { go: "/alt/go", gopls: "x" },
    };
    const { settings, problems } = parseSettings({ go: { buildTags: "e2e", env: { A: "3" } } }, go);
    assert.deepEqual(problems, []);
    assert.deepEqual(settings.go, {
      path: null,
      buildFlags: ["-race"],
      buildTags: "e2e",
      env: { A: "3", B: "2" },
      alternateGo: "/alt/go",
      goroot: "/go",
    });
  });

  for (const [own, go, problem] of [
    [{ analysis: { run: "always" } }, {}, /^goEscapeLens\.analysis\.run: /],
    [{ go: { path: 7 } }, {}, /^goEscapeLens\.go\.path: /],
    [{ go: { buildFlags: "-race" } }, {}, /^goEscapeLens\.go\.buildFlags: /],
    [{}, { buildFlags: [1] }, /^go\.buildFlags\.0: /],
    [{ diagnostics: { severity: { lop: "hint" } } }, {}, /^goEscapeLens\.diagnostics\.severity: lop: /],
    [{ diagnostics: { severity: { loop: "loud" } } }, {}, /^goEscapeLens\.diagnostics\.severity: loop: /],
  ] as const) {
    it(`reports ${JSON.stringify([own, go])} and uses the default`, () => {
      const { settings, problems } = parseSettings(own, go);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", problem);
      assert.deepEqual(settings, defaultSettings);
    });
  }

  for (const nothing of [undefined, null, 3, "x", [], { go: null }, { go: 3 }]) {
    it(`takes ${JSON.stringify(nothing)} as nothing set`, () => {
      assert.deepEqual(parseSettings(nothing, nothing), { settings: defaultSettings, problems: [] });
    });
  }

  it("keeps the severities that are right beside one that is wrong", () => {
    const { settings } = parseSettings(
      { diagnostics: { severity: { loop: "error", body: "loud", returned: "off" } } },
      {},
    );
    assert.deepEqual(settings.diagnostics.severity, { loop: "error", returned: "off" });
  });
});

describe("severityOf", () => {
  const site = { allocates: "unknown", when: null, reason: "returned", context: "loop" } as const;

  it("is quiet by default, and loud in loops only", () => {
    const rules = defaultSettings.diagnostics;
    assert.equal(severityOf(site, rules), "information");
    assert.equal(severityOf({ ...site, context: "body" }, rules), "hint");
    for (const context of ["error-return", "panic", "init", "test", "generated"] as const) {
      assert.equal(severityOf({ ...site, context }, rules), "off");
    }
    assert.equal(severityOf({ ...site, allocates: "no" }, rules), "off");
    assert.equal(severityOf({ ...site, allocates: "sometimes", when: "len > cap" }, rules), "off");
    assert.equal(
      severityOf({ ...site, allocates: "sometimes", when: "size > 32 bytes" }, rules),
      "information",
    );
  });

  it("lets a reason count before a context, and shows what does not allocate when asked", () => {
    const rules = { severity: { loop: "error", returned: "warning" }, showNotAllocating: true } as const;
    assert.equal(severityOf(site, rules), "warning");
    assert.equal(severityOf({ ...site, reason: "appended" }, rules), "error");
    assert.equal(severityOf({ ...site, allocates: "no" }, rules), "hint");
  });
});
