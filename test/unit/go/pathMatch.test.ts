/** Go's own path.Match says what is right. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { pathPattern } from "../../../server/src/go/pathMatch.js";
import { testModule } from "../../harness/module.js";

const program = `package main

import (
	"encoding/json"
	"os"
	"path"
)

func main() {
	var pairs [][2]string
	if err := json.NewDecoder(os.Stdin).Decode(&pairs); err != nil {
		panic(err)
	}
	answers := make([]*bool, len(pairs))
	for i, pair := range pairs {
		if matched, err := path.Match(pair[0], pair[1]); err == nil {
			answers[i] = &matched
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(answers)
}
`;

const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 20_000);

describe("path patterns", function () {
  this.timeout(60_000);

  it(`match what path.Match matches (seed ${seed})`, () => {
    const joined = (pieces: string[]) => pieces.join("");
    const pieces = [
      "*",
      "*",
      "?",
      "a",
      "b",
      "/",
      "[ab]",
      "[^a]",
      "[a-c]",
      "[c-a]",
      "\\*",
      "[\\]]",
      "日",
      "[",
      "]",
      "-",
      ".",
    ];
    const pattern = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map(joined);
    const name = fc
      .array(fc.constantFrom("a", "b", "c", "/", "日", "*", "]", "-", "."), { maxLength: 7 })
      .map(joined);
    const pairs = fc.sample(fc.tuple(pattern, name), { seed, numRuns });
    const module = testModule({ "main.go": program });
    const input = JSON.stringify(pairs);
    const output = execFileSync("go", ["run", "."], {
      cwd: module.dir,
      encoding: "utf8",
      input,
      maxBuffer: 2 ** 26,
    });
    module.dispose();
    let [matched, refused] = [0, 0];
    for (const [index, answer] of (JSON.parse(output) as (boolean | null)[]).entries()) {
      const [text, of] = pairs[index]!;
      // What Go refuses it refuses in a build already; it does so only as far as it has to look.
      if (answer === null) {
        refused++;
        continue;
      }
      assert.equal(pathPattern(text)(of), answer, JSON.stringify([text, of]));
      if (answer) matched++;
    }
    assert.ok(matched > numRuns / 100 && refused > 0, `${matched} matched, ${refused} refused`);
  });

  it("take no longer for one that was made to", () => {
    const started = performance.now();
    assert.equal(pathPattern(`${"a*".repeat(50)}b`)("a".repeat(4000)), false);
    const taken = performance.now() - started;
    assert.ok(taken < 1000, `${taken} ms`);
  });
});
