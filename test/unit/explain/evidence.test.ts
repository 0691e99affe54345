/** The words for what the machine code says: conditions, costs, and what the compiler does not report. */
import * as l10n from "@vscode/l10n";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { severityOf, type SeverityRules } from "../../../server/src/analysis/severity.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { conditionWords, costWords } from "../../../server/src/explain/cost.js";
import { inlayHintWords } from "../../../server/src/explain/inlayHint.js";
import { lensWords } from "../../../server/src/explain/lens.js";
import { siteMessage } from "../../../server/src/explain/message.js";
import { evidenceOf } from "../../conformance/evidenceRun.js";
import { testModule } from "../../harness/module.js";
import { load } from "../../harness/packages.js";
import { root } from "../../harness/paths.js";

/** `says` is a sentence of the line, `costs` what a hover says of it, `code` its reason. Words hold in Go 1.21 and newer. */
const source = `package m

type User struct{ A, B, C int }

type Named chan int

var value any

func New(a int) *User {
	return &User{A: a} // says \`&User{A: a}\` is allocated on the heap: it is returned
} // above costs It allocates 24 B (\`runtime.newobject\`, \`m.User\`) each time it runs.

func Channel(n int) int {
	c := make(chan int, n) // says \`make(chan int, n)\` allocates: a channel is always on the heap
	c <- n // above costs It allocates each time it runs (\`runtime.makechan\`, \`chan int\`).
	named := make(Named, 1) // says \`make(Named, 1)\` allocates: a channel is always on the heap
	named <- n // above code channel
	return <-c + <-named
}

func Maps(n int, keys []string) int {
	m := make(map[string]int, n) // says \`make(map[string]int, n)\` allocates when it holds more than eight entries: the stack has room for eight entries at most
	for _, k := range keys { // above code map
		m[k]++ // says \`m[k]++\` allocates when the map has to grow: its entries move to a larger table
	} // above code map-growth
	squares := map[int]int{1: n, 2: n, 3: n, 4: n, 5: n, 6: n, 7: n, 8: n, 9: n} // says \`map[int]int{…}\` allocates: the stack has room for eight entries at most
	return len(m) + len(squares)
}

func Texts(a, b string, raw []byte) int {
	joined := a + "/" + b // says \`a + "/" + b\` allocates when it is longer than 32 bytes: joining strings makes a new one
	n := len(joined) // above code string-concatenation
	text := string(raw) // says \`string(raw)\` allocates when it is longer than 32 bytes: the conversion copies the text
	n += len(text) // above costs It allocates when it is longer than 32 bytes (\`runtime.slicebytetostring\`).
	bytes := []byte(a) // says \`[]byte(a)\` allocates when it is longer than 32 bytes: the conversion copies the text
	bytes[n%2] = 1 // above code string-conversion
	if joined == text {
		return int(bytes[0])
	}
	return n
}

func Boxed(n int, s string) {
	value = n // says \`n\` is copied to the heap unless it is an integer from 0 to 255: it is stored as an interface value
	_ = 0 // above costs It allocates 8 B (\`runtime.convT64\`) unless it is an integer from 0 to 255.
	value = s // says \`s\` is copied to the heap unless it is empty: it is stored as an interface value
	_ = 0 // above costs It allocates 16 B (\`runtime.convTstring\`) unless it is empty.
	value = n > 0 // says \`n > 0\` escapes, but does not allocate: the machine code does not call the allocator for it
}

//go:noinline
func work(n int) {}

func Statements(n int) {
	go work(n) // says This go statement puts a closure on the heap: a goroutine runs it, and may outlive this function
	for i := 0; i < n; i++ { // above costs It allocates 16 B (\`runtime.newobject\`, closure) each time it runs.
		defer work(i) // says This defer statement puts a closure on the heap: it is deferred in a loop, so each turn needs its own
	}
}

func unused(a int) *User {
	return &User{B: a} // says \`&User{B: a}\` is allocated on the heap unless this function is inlined: it is returned
}

func Reserved(n int) []int {
	out := make([]int, 0, 8)
	for i := 0; i < n; i++ {
		out = append(out, i)
	} // above costs It allocates when it outgrows the capacity that was reserved (\`runtime.growslice\`, \`int\`). It stands in a loop.
	return out
}
`;

const noRules: SeverityRules = { severity: {}, showNotAllocating: false };

describe("the words for evidence", () => {
  let sites: readonly Site[];
  const onLine = (line: number) => sites.filter(({ range }) => range.start.line + 1 === line);
  const ofReason = (reason: Site["reason"]) => {
    const site = sites.find((each) => each.reason === reason);
    assert.ok(site, reason);
    return site;
  };

  before(async () => {
    const module = testModule({ "a.go": source });
    try {
      const runs = await evidenceOf(await load(module.dir, ["./..."]), { mapGrowth: true });
      sites = [...runs.values()].flatMap((run) => run.sites);
    } finally {
      module.dispose();
    }
  });

  source.split("\n").forEach((text, index) => {
    const marker = /\/\/ (?:(says) |above (costs|code) )(.*)$/.exec(text);
    if (marker === null) return;
    const [, says, above, wanted = ""] = marker;
    const kind = says ?? above ?? "";
    it(`line ${kind === "says" ? index + 1 : index}: ${kind} ${wanted}`, () => {
      const words = onLine(kind === "says" ? index + 1 : index).map((site) => {
        if (kind === "says") return siteMessage(site);
        // Since Go 1.27 small objects have allocators of their own.
        return kind === "costs"
          ? costWords(site).replace(/runtime\.mallocgc\w+SC\d+/, "runtime.newobject")
          : site.reason;
      });
      assert.ok(words.includes(wanted), JSON.stringify(words));
    });
  });

  it("says of a reserved slice that it was reserved, reported or not", () => {
    const reserved = sites.find(({ when }) => when === "len > cap");
    assert.ok(reserved);
    const grows = "`append(out, i)` grows on the heap once its capacity is used up";
    const hidden: Site = { ...reserved, kind: "hidden", reason: "append-growth" };
    assert.equal(siteMessage(hidden), `${grows}: the larger array is a new one`);
    const returned: Site = { ...reserved, kind: "escapes", form: "append", reason: "returned", flow: [] };
    assert.equal(siteMessage(returned), `${grows}: it is returned`);
    const first: Site = { ...hidden, allocates: "likely", when: "not empty", growsFromEmpty: true };
    assert.equal(
      siteMessage(first),
      "`append(out, i)` grows on the heap: it is in a loop, and no capacity was reserved",
    );
    assert.match(costWords(first), /^It allocates unless nothing is appended \(/);
  });

  it("has no hidden site without a reason of its own", () => {
    assert.deepEqual(
      sites
        .filter(({ kind, reason }) => kind === "hidden" && reason === "other")
        .map(({ source: text }) => text),
      [],
    );
  });

  it("is quiet about what every write to a map may do, until it is asked for", () => {
    const growth = ofReason("map-growth");
    assert.equal(severityOf(growth, noRules), "off");
    assert.equal(severityOf(growth, { ...noRules, severity: { "map-growth": "warning" } }), "warning");
  });

  it("gives a hint in loops of what the stack has room for, and more where its reason was set", () => {
    const text: Site = { ...ofReason("string-conversion"), context: "loop", loopDepth: 1 };
    assert.equal(severityOf(text, noRules), "hint");
    assert.equal(severityOf(text, { ...noRules, severity: { loop: "warning" } }), "hint");
    assert.equal(severityOf(text, { ...noRules, severity: { loop: "off" } }), "off");
    assert.equal(severityOf(text, { ...noRules, severity: { "string-conversion": "warning" } }), "warning");
    assert.equal(severityOf({ ...text, allocates: "yes", when: null }, noRules), "information");
  });

  it("has bytes for a hint where all calls tell them", () => {
    assert.equal(inlayHintWords([ofReason("return-address")]), "24 B");
    assert.equal(inlayHintWords([ofReason("return-address"), ofReason("boxed-store")]), "32 B");
    assert.equal(inlayHintWords([ofReason("channel")]), "heap");
  });

  it("counts for a lens what allocates, and on top what may", () => {
    const { file, range } = ofReason("channel");
    const info = {
      name: "f",
      file,
      nameRange: range,
      range,
      isMethod: false,
      inlining: null,
      receiver: null,
      parameters: [],
    };
    const words = (list: readonly Site[]) => lensWords(info, list);
    const [yes, may] = [ofReason("return-address"), ofReason("string-conversion")];
    const no: Site = { ...yes, allocates: "no" };
    assert.equal(words([yes, no]), "1 allocation");
    assert.equal(words([yes, yes, { ...yes, context: "panic" }]), "2 allocations");
    assert.equal(words([yes, may, may]), "1 to 3 allocations");
    assert.equal(words([{ ...may, loopDepth: 1 }, may]), "up to 2 allocations, 1 in a loop");
  });
});

describe("the words for evidence in Chinese", () => {
  before(() => {
    l10n.config({ contents: readFileSync(path.join(root, "l10n/bundle.l10n.zh-cn.json"), "utf8") });
  });

  after(() => {
    l10n.config({ contents: "{}" });
  });

  const conditions = [
    ...["constant", "captures nothing", "zero size", "no call", "size > 32 bytes", "size <= 32 bytes"],
    ...["len > cap", "len > 32", "len > 8", "grows", "value > 255", "not empty", "not inlined"],
    ...["missing", "too small"],
  ];
  for (const condition of conditions) {
    it(`has some for ${condition}`, () => {
      assert.match(conditionWords(condition), /\p{Script=Han}/u);
    });
  }
});
