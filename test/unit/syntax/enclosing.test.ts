import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { enclosing, type Enclosing, withOwnLoop } from "../../../server/src/syntax/enclosing.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

/** Surroundings of the identifier `site` in declarations of a file. */
function around(declarations: string): Enclosing {
  return withTree(new SourceText(`package p\n\n${declarations}\n`), (tree) => {
    const sites = tree.root.descendantsOfType("identifier").filter((node) => node?.text === "site");
    assert.equal(sites.length, 1);
    return enclosing(sites[0]!);
  });
}

/** The same in the body of `func f() (T, error)`. */
function within(statements: string): Enclosing {
  return around(`func f() (T, error) {\n${statements}\n}`);
}

describe("what stands around a place", () => {
  before(() => initializeSyntax(serverOut));

  it("names functions as the compiler does", () => {
    const names: [string, string][] = [
      ["func F() { use(site) }", "F"],
      ["func F[T any](x T) { use(site) }", "F"],
      ["func (t T) M() { use(site) }", "T.M"],
      ["func (t *T) M() { use(site) }", "(*T).M"],
      ["func (*T[K, V]) M() { use(site) }", "(*T).M"],
      ["func (t T[K]) M() { func() { use(site) }() }", "T.M"],
      ["func F() { run(func() { use(site) }) }", "F"],
      ["var x = use(site)", "init"],
      ["var x = func() { use(site) }", "init"],
      ["func init() { use(site) }", "init"],
      ["func (t T) init() { use(site) }", "T.init"],
    ];
    for (const [declaration, name] of names) assert.equal(around(declaration).function, name, declaration);
  });

  it("counts the loops whose every turn comes by", () => {
    const depths: [string, number][] = [
      ["use(site)", 0],
      ["for { use(site) }", 1],
      ["for i := site; i < 9; i++ { }", 0],
      ["for i := 0; i < site; i++ { }", 1],
      ["for i := 0; i < 9; i += site { }", 1],
      ["for site < 9 { }", 1],
      ["for range site { }", 0],
      ["for _, x := range xs { for range site { } }", 1],
      ["for range xs { for { if x { use(site) } } }", 2],
      ["for { run(func() { use(site) }) }", 0],
      ["for { func() { use(site) }() }", 1],
      ["for { go func() { for { use(site) } }() }", 2],
      ["switch { case true: for { select { case c <- site: } } }", 1],
    ];
    for (const [statements, depth] of depths) assert.equal(within(statements).loopDepth, depth, statements);
  });

  it("does not count loops that are always left behind the place", () => {
    const depths: [string, number][] = [
      ["for range xs { if x { return site, nil } }", 0],
      ["for range xs { if x { v := site; break } }", 0],
      ["for range xs { if x { v := site; use(v); return v, nil }; use(x) }", 0],
      ["for { if x { continue }; use(site); return v, nil }", 0],
      ["for { use(site); if x { continue }; return v, nil }", 1],
      ["for { use(site); for { if x { continue } }; return v, nil }", 0],
      ["for { use(site); goto again }", 1],
      ["again: for { use(site); if x { goto again }; break }", 1],
      ["for { for { use(site); break } }", 1],
      ["outer: for { for { use(site); break outer } }", 0],
      ["outer: for { for { use(site); continue outer } }", 1],
      ["outer: for { for { use(site); if x { continue outer }; return v, nil } }", 1],
      ["for { switch x { case 1: use(site); break } }", 1],
      ["for { switch x { case 1: use(site); return v, nil } }", 0],
      ["for { select { case <-c: use(site); continue; default: return v, nil } }", 1],
      ["for { use(site); if x { return v, nil } else { break } }", 0],
      ["for { use(site); if x { return v, nil } }", 1],
      ["for { use(site); { break } }", 0],
      ["for { use(site); panic(x) }", 0],
      ["for { func() { use(site); return }() }", 1],
    ];
    for (const [statements, depth] of depths) {
      const { loopDepth, isInLoop } = within(statements);
      assert.deepEqual([loopDepth, isInLoop], [depth, true], statements);
    }
  });

  it("counts the loop of a variable that its head declares, where each turn has its own", () => {
    const depths: [string, number][] = [
      ["for _, site := range xs { }", 1],
      ["for site := range 9 { }", 1],
      ["for site, n := 0, 9; n > 0; n-- { }", 1],
      ["for { for site := range xs { return v, nil } }", 2],
      ["for range xs { for site := 0; ; { } }", 2],
      ["for _, site = range xs { }", 0],
      ["for i := site; i < 9; i++ { }", 0],
      ["for range site { }", 0],
      ["for i := range site { }", 0],
      ["site := 1", 0],
    ];
    for (const [statements, depth] of depths)
      assert.equal(withOwnLoop(within(statements)).loopDepth, depth, statements);
    assert.equal(withOwnLoop(within("for site := range 9 { }")).context, "loop");
  });

  it("tells loops, error returns, panics and start-up from ordinary code", () => {
    const contexts: [string, Enclosing["context"]][] = [
      ["use(site)", "body"],
      ["for { use(site) }", "loop"],
      ["return T{}, fmt.Errorf(``, site)", "error-return"],
      ["for { return T{}, fmt.Errorf(``, wrapError(site)) }", "error-return"],
      ["return T{}, &PathError{site}", "error-return"],
      ["return T{}, site", "error-return"],
      ["return T{}, errors.Join(site)", "error-return"],
      ["for { return T{}, fmt.Errorf(``, key(site)) }", "error-return"],
      ["return T{}, errors.Join(fmt.Errorf(``, key(site)))", "error-return"],
      ["return T{}, errors.Join(save(site))", "body"],
      ["return T{}, save(fmt.Errorf(``, site))", "body"],
      ["return T{site}, nil", "body"],
      ["return T{}, save(&User{site})", "body"],
      ["return T{}, list.New(site)", "body"],
      ["return open(site)", "body"],
      ["run(func() int { return site })", "body"],
      ["run(func() error { return errors.New(site) })", "error-return"],
      ["panic(fmt.Sprint(site))", "panic"],
      ["for { log.Fatalf(``, site) }", "panic"],
      ["panic(func() { use(site) })", "body"],
      ["log.Printf(``, site)", "body"],
      ["defer func() { if r := recover(); r != nil { use(site) } }()", "panic"],
      ["if recover() != nil { for { use(site) } }", "panic"],
      ["if r := recover(); r == nil { use(site) }", "body"],
      ["if r := recover(); r != nil { stop() } else { use(site) }", "body"],
    ];
    for (const [statements, context] of contexts) {
      assert.equal(within(statements).context, context, statements);
    }
  });

  it("takes package-level initializers and func init for start-up, not the functions that they make", () => {
    const contexts: [string, Enclosing["context"]][] = [
      ["var x = use(site)", "init"],
      ["var x = func() T { return use(site) }()", "init"],
      ["var x = func() { use(site) }", "body"],
      ["func init() { for { use(site) } }", "init"],
      ["func init() { handle(func() { use(site) }) }", "body"],
      ["func initialize() { use(site) }", "body"],
    ];
    for (const [declaration, context] of contexts) {
      assert.equal(around(declaration).context, context, declaration);
    }
  });

  it("finds results that share one type", () => {
    const code = (results: string): string => `func f() ${results} { return nil, &E{site} }`;
    assert.equal(around(code("(first, second error)")).context, "error-return");
    assert.equal(around(code("(err error, n *E)")).context, "body");
    assert.equal(around(code("(a, b, c error)")).context, "body");
  });
});
