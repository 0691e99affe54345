import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Log } from "sarif";
import { formatCsv } from "../../../server/src/cli/csv.js";
import { formatGithub } from "../../../server/src/cli/github.js";
import { formatMarkdown } from "../../../server/src/cli/markdown.js";
import { mergeReports } from "../../../server/src/cli/mergeReports.js";
import type { Report } from "../../../server/src/cli/report.js";
import { formatSarif } from "../../../server/src/cli/sarif.js";
import { formatText } from "../../../server/src/cli/text.js";
import { sarifValidator } from "../../harness/sarifSchema.js";
import { foundSite, judged, reportOf } from "./report.js";

describe("SARIF", () => {
  const validate = sarifValidator();
  const sarif = (report: Report, prefix = "") => {
    const log = JSON.parse(formatSarif(report, judged(report), prefix)) as Log;
    assert.ok(validate(log), JSON.stringify(validate.errors));
    return log.runs[0]!;
  };

  it("is valid, with nothing in it as well, and not when it is broken", () => {
    assert.deepEqual(sarif(reportOf()).results, []);
    sarif(reportOf(foundSite()));
    const broken = JSON.parse(formatSarif(reportOf(foundSite()), judged(reportOf(foundSite())), "")) as Log;
    broken.runs[0]!.results![0]!.locations![0]!.physicalLocation!.region!.startLine = 0;
    assert.ok(!validate(broken));
  });

  it("gives results with rule, level, place, fingerprint and flow", () => {
    const { results = [], tool } = sarif(reportOf(foundSite({ severity: "warning" })), "tools/x/");
    const [result] = results;
    assert.equal(result?.level, "warning");
    assert.equal(tool.driver.rules?.[result.ruleIndex ?? -1]?.id, "boxed-argument");
    assert.deepEqual(result.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: "tools/x/p/p.go", uriBaseId: "SRCROOT" },
      region: { startLine: 5, startColumn: 2, endLine: 5, endColumn: 4 },
    });
    assert.deepEqual(result.partialFingerprints, { "escapelens/v1": "0123456789abcdef" });
    const steps = result.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    assert.deepEqual(
      steps.map(({ location }) => location?.message?.text),
      ["`xs` is copied to the heap: `f` takes an interface value", "xs: interface-converted"],
    );
  });

  it("has the edits of fixes, the errors of packages and names that need escaping", () => {
    const edit = {
      fix: "preallocate-slice",
      title: "Preallocate",
      changes: [{ file: "a b/ü%.go", range: foundSite().range, newText: "x" }],
    };
    const report = {
      ...reportOf(foundSite({ file: "../a b/ü%.go", edits: [edit] })),
      packages: [{ importPath: "example.com/m/p", dir: "p", error: "p.go:1: broken\n" }],
    };
    const { results = [], invocations } = sarif(report, "sub/");
    assert.equal(results[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, "a%20b/%C3%BC%25.go");
    const change = results[0].fixes![0]!.artifactChanges[0]!;
    assert.equal(change.replacements[0]!.insertedContent!.text, "x");
    assert.equal(invocations?.[0]?.executionSuccessful, false);
  });

  it("puts the loudest first, and has assertions and limits as rules", () => {
    const report: Report = {
      ...reportOf(foundSite()),
      assertions: [
        {
          code: "escape-none",
          package: "p",
          file: "p/p.go",
          range: foundSite().range,
          message: "No.",
          sites: [],
          column: 2,
        },
      ],
    };
    assert.deepEqual(
      sarif(report).results?.map(({ ruleId, level }) => [ruleId, level]),
      [
        ["escape-none", "error"],
        ["boxed-argument", "note"],
      ],
    );
  });
});

describe("GitHub's annotations", () => {
  const line = (site: Parameters<typeof foundSite>[0], prefix = "") => {
    const report = reportOf(foundSite(site));
    return formatGithub(judged(report), prefix);
  };

  it("name place and code", () => {
    assert.equal(
      line({ severity: "error" }, "sub/"),
      "::error file=sub/p/p.go,line=5,endLine=5,col=2,endColumn=4,title=escapelens%3A boxed-argument::`xs` is copied to the heap: `f` takes an interface value\n",
    );
    assert.match(line({ severity: "warning" }), /^::warning /);
    assert.match(line({ severity: "hint" }), /^::notice /);
  });

  it("cannot be broken out of", () => {
    const evil = line({ message: "100%\n::error::x\r", file: "a,b:c%0A.go" });
    assert.equal(evil.split("\n").length, 2);
    assert.match(evil, /file=a%2Cb%3Ac%250A\.go,/);
    assert.match(evil, /::100%25%0A::error::x\\x0d\n$/);
  });

  it("leave columns out where a range has several lines", () => {
    const range = { start: { line: 4, character: 1 }, end: { line: 6, character: 0 } };
    assert.match(line({ range }), /line=5,endLine=7,title=/);
  });
});

describe("text", () => {
  it("stays on one line, and names the builds that have a finding where not all do", () => {
    const one = reportOf(foundSite({ message: "a\n\tb" }));
    const other = { ...reportOf(), builds: [{ go: "go1.24.4", target: "linux/amd64" }] };
    assert.equal(formatText(one, judged(one)), "p/p.go:5:2: a b (boxed-argument)\n");
    const both = mergeReports([one, other]);
    assert.equal(formatText(both, judged(both)), "p/p.go:5:2: a b (boxed-argument) [go1.26.8 linux/amd64]\n");
  });
});

describe("CSV", () => {
  const cells = (site: Parameters<typeof foundSite>[0]) =>
    formatCsv(reportOf(foundSite(site))).split("\r\n")[1];

  it("has a row for each site", () => {
    assert.equal(
      cells({}),
      "0123456789abcdef,example.com/m/p,p/p.go,5,2,F,escapes,xs,boxed-argument,yes,,24,loop,1,,information,`xs` is copied to the heap: `f` takes an interface value,",
    );
    assert.match(cells({ allowed: "once, at the start" }) ?? "", /,"once, at the start"$/);
  });

  it("quotes what needs it, and stops formulas", () => {
    assert.match(cells({ expression: 'a,"b"' }) ?? "", /,"a,""b""",/);
    for (const text of ["=1+1", "+x", "-x", "@x", "\tx"])
      assert.ok(cells({ expression: text })?.includes(`,'${text},`), text);
  });
});

describe("Markdown", () => {
  it("tells the sums and the findings, and lets no text become markup", () => {
    const report = reportOf(
      foundSite({ message: "`a|b` <img src=x> [l](u) @team | *x*\n# h", file: "a|`b.go" }),
    );
    const text = formatMarkdown(report, judged(report));
    assert.match(
      text,
      /^### Go Escape Lens\n\nFindings: 1 · sites: 1 · packages: 1 · go1\.26\.8 linux\/amd64\n/,
    );
    const row = text.trim().split("\n").at(-1) ?? "";
    assert.ok(row.startsWith("| `a\\|'b.go:5` | `a\\|b` "), row);
    for (const markup of ["<img", "[l]", "@team", "*x*", "# h"]) assert.ok(!row.includes(markup), markup);
    assert.equal(row.replaceAll("\\|", "").split("|").length, 5);
  });

  it("folds long lists and says what it leaves out", () => {
    const sites = Array.from({ length: 130 }, (_, index) => foundSite({ id: String(index) }));
    const text = formatMarkdown(reportOf(...sites), judged(reportOf(...sites)));
    assert.match(text, /<details>[^]*And 30 more\.\n\n<\/details>/);
    assert.equal(text.match(/^\| `p/gm)?.length, 100);
  });
});

describe("merging", () => {
  it("keeps the loudest severity, all errors, and each site once", () => {
    const broken = { importPath: "example.com/m/p", dir: "p", error: "no" };
    const first = reportOf(foundSite());
    const second = {
      ...reportOf(foundSite({ severity: "error" }), foundSite({ id: "other" })),
      packages: [broken],
      builds: [{ go: "go1.24.4", target: "linux/amd64" }],
      unknownLines: 2,
    };
    const merged = mergeReports([first, second]);
    assert.deepEqual(
      merged.sites.map(({ id, severity, builds }) => [id, severity, builds?.length]),
      [
        ["0123456789abcdef", "error", 2],
        ["other", "information", 1],
      ],
    );
    assert.deepEqual(merged.packages, [{ ...broken, error: "go1.24.4 linux/amd64: no" }]);
    assert.equal(merged.unknownLines, 2);
  });
});
