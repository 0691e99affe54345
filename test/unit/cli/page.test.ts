import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { describe, it } from "mocha";
import { formatPage } from "../../../server/src/cli/page/page.js";
import { foundSite, reportOf } from "./report.js";

const evil = `</script><script>alert(1)</script>"'&`;

describe("the HTML report", () => {
  const report = reportOf(
    foundSite(),
    foundSite({ id: "2", context: "body", message: evil, function: evil, file: evil, expression: evil }),
    foundSite({ id: "3", allocates: "no", message: "not shown" }),
    foundSite({ id: "4", allowed: "rare", message: "not shown" }),
  );
  const page = formatPage(report, () => `\tcall(${evil}) // ${evil}`);

  it("escapes all text of sources and compilers", () => {
    assert.equal(page.match(/<script>/g)?.length, 1);
    assert.equal(page.match(/<\/script>/g)?.length, 1);
    assert.ok(!page.includes(`"'&<`));
    assert.ok(page.includes("&lt;/script&gt;&lt;script&gt;alert(1)"));
  });

  it("allows its own script and style only, by their hashes, and loads nothing", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    assert.match(policy, /^default-src 'none';/);
    for (const name of ["script", "style"]) {
      const text = new RegExp(`<${name}>([^]*?)</${name}>`).exec(page)?.[1] ?? "";
      const hash = createHash("sha256").update(text).digest("base64");
      assert.ok(policy.includes(`${name}-src 'sha256-${hash}'`), name);
    }
    assert.doesNotMatch(page, /<(?:link|img|iframe|object|embed)\b|\bsrc=|url\(|@import| style=| on\w+=/);
  });

  it("shows what may allocate, with the line and its mark", () => {
    assert.equal(page.match(/<tr data-/g)?.length, 2);
    assert.ok(!page.includes("not shown"));
    assert.ok(page.includes("<pre><code><mark>ca</mark>ll("));
    assert.match(page, /Places that may allocate: 2 · in loops: 1 · packages: 1 · go1\.26\.8 linux\/amd64/);
  });

  it("draws a chart for each feature, loops apart", () => {
    assert.equal(page.match(/<svg /g)?.length, 3);
    assert.match(page, /<title>boxed-argument: 1 in loops, 1 elsewhere<\/title>/);
  });

  it("cuts long names of packages at an element, and other long names where they end", () => {
    const names = ["github.com/prometheus/common/expfmt", "example.com/internal/averyverylongnameindeed"];
    const sites = names.map((name, index) => foundSite({ id: String(index), package: name }));
    const labels = [...formatPage(reportOf(...sites), () => "").matchAll(/class="label"[^>]*>([^<]*)</g)];
    assert.deepEqual(
      labels.map(([, label]) => label).filter((label) => label?.startsWith("…")),
      ["…/averyverylongnameindeed", "…/prometheus/common/expfmt"],
    );
  });

  it("has a script that browsers can read", () => {
    assert.doesNotThrow(() => new Script(/<script>([^]*?)<\/script>/.exec(page)?.[1] ?? ";)"));
  });
});
