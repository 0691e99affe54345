import assert from "node:assert/strict";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { type CompiledFile, compiled } from "../explain/compiledSites.js";

const source = `package a

type (
	option struct{}
	row    struct{ n int }
	list   []int
)

var sink any

func options() (*option, *row) {
	return &option{},
		&row{}
}

func lists() {
	sink = &list{}
	empty := list{}
	sink = empty[:]
}
`;

describe("literals without a size, compiled", () => {
  let file: CompiledFile;

  before(async () => {
    await initializeSyntax(serverOut);
    file = compiled(source);
  });

  const check = (needle: string, expected: readonly string[]) => {
    it(`are told by what the file declares: ${needle}`, () => {
      assert.deepEqual(
        file.at(needle).map(({ expression, allocates }) => `${expression} ${allocates}`),
        expected,
      );
    });
  };

  check("&option{}", ["&option{} no"]);
  check("&row{}", ["&row{} unknown"]);
  check("sink = &list{}", ["&list{} unknown", "list{} no"]);
  check("empty := list{}", ["list{} no"]);
});
