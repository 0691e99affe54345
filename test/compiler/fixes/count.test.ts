import assert from "node:assert/strict";
import {
  constantCount,
  constantValue,
  isReadable,
  product,
  render,
  sum,
  symbolicCount,
  upperBound,
} from "../../../server/src/fixes/count.js";

const [x, y, z] = ["len(x)", "len(y)", "len(z)"].map(symbolicCount);

describe("counts", () => {
  it("are written as gofmt would", () => {
    assert.equal(render(sum(product(constantCount(2), x!), constantCount(3))), "2*len(x)+3");
    assert.equal(render(product(y!, x!)), "len(x)*len(y)");
    assert.equal(render(constantCount(0)), "0");
  });

  it("divide before they multiply", () => {
    const half = symbolicCount("(len(x)+1)/2");
    assert.equal(render(product(constantCount(2), half)), "(len(x)+1)/2*2");
    assert.equal(isReadable(product(half, half)), false);
  });

  it("join what is alike", () => {
    assert.equal(render(sum(x!, x!)), "2*len(x)");
    assert.equal(
      render(product(sum(x!, constantCount(1)), sum(x!, constantCount(1)))),
      "len(x)*len(x)+2*len(x)+1",
    );
  });

  it("have an upper bound term by term", () => {
    assert.equal(render(upperBound(constantCount(1), constantCount(2))), "2");
    assert.equal(render(upperBound(x!, constantCount(2))), "len(x)+2");
  });

  it("know when they are numbers, and when they are too long", () => {
    assert.equal(constantValue(product(constantCount(4), constantCount(5))), 20);
    assert.equal(constantValue(x!), undefined);
    assert.equal(isReadable(sum(x!, y!)), true);
    assert.equal(isReadable(sum(x!, sum(y!, z!))), true);
    assert.equal(isReadable(sum(x!, sum(y!, product(z!, x!)))), false);
    assert.equal(isReadable(product(x!, product(y!, z!))), false);
  });
});
