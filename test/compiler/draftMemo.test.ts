/** What is remembered of functions that an edit does not touch is what a fresh look at the whole file finds. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DraftMemo } from "../../server/src/analysis/draftMemo.js";
import { siteDraftsOfFile } from "../../server/src/analysis/fileSites.js";
import { FactCollector } from "../../server/src/compiler/fileFacts.js";
import { SourceText } from "../../server/src/syntax/sourceText.js";
import { RandomEdits } from "../bench/lib/randomEdits.js";
import { directEngine } from "../harness/directEngine.js";
import { load } from "../harness/packages.js";

const edits = 6;

describe("DraftMemo", () => {
  for (const [importPath, name] of [
    ["encoding/json", "decode.go"],
    ["text/template", "exec.go"],
  ] as const) {
    it(`finds in ${importPath}/${name} what there is, edit by edit`, async () => {
      const loaded = await load(process.cwd(), [importPath], { tests: false, scope: "standard" });
      const variant = loaded.packages[0]!.variants[0]!;
      const file = variant.files.find((each) => each.endsWith(name))!;
      const random = new RandomEdits(readFileSync(file, "utf8"), 11);
      const { engine } = directEngine(loaded);
      const memo = new DraftMemo();
      let compared = 0;
      let reused = 0;
      let before = new Set<unknown>();
      for (let edit = 0; edit < edits; edit++) {
        const collector = new FactCollector({ isCompared: true });
        let failed = false;
        for await (const fact of engine.compile([variant], new Map([[file, random.text]]), loaded.signal)) {
          failed ||= fact.kind === "error";
          if (fact.kind !== "unknown" && fact.kind !== "progress") collector.add(fact);
        }
        if (!failed) {
          const facts = collector.of(file);
          const input = { file, importPath, source: new SourceText(random.text), facts };
          const fresh = siteDraftsOfFile(input);
          assert.ok(fresh.length > 20);
          const once = { ...input, source: new SourceText(random.text), isReadOnce: true };
          assert.deepEqual(siteDraftsOfFile(once), fresh);
          const drafts = await memo.draftsOf(input, collector);
          assert.deepEqual(drafts, fresh);
          compared++;
          reused += drafts.filter((draft) => before.has(draft)).length;
          before = new Set(drafts);
        }
        random.next();
      }
      assert.ok(compared > 2, "hardly any edit compiled");
      assert.ok(reused > 0, "all functions were looked at anew each time");
    });
  }
});
