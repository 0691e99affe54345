/** Pieces of assembly as the compiler prints them, read without a compiler. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isReadable, readAssembly } from "../../../server/src/evidence/assemblyReader.js";
import { declarationsOf, isExported, localName } from "../../../server/src/evidence/declaredNames.js";
import { parseInstruction, splitLast } from "../../../server/src/evidence/instruction.js";

const header = (name: string) => `${name}<1> STEXT size=64 args=0x8 locals=0x18 funcid=0x0 align=0x0`;
let pc = 0;
const code = (line: number, ...words: string[]) => {
  pc += 4;
  return `\t0x${pc.toString(16).padStart(4, "0")} ${String(pc).padStart(5, "0")} (/m/a.go:${line})\t${words.join("\t")}`;
};

async function read(lines: readonly string[], arch = "amd64", size = 7) {
  const text = lines.join("\n") + "\n";
  // eslint-disable-next-line @typescript-eslint/require-await
  async function* pieces() {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
  }
  const assembly = await readAssembly(pieces(), arch, "/m");
  assert.ok(assembly);
  return assembly;
}

async function verdicts(lines: readonly string[], arch?: string) {
  const { calls } = await read(lines, arch);
  return calls.map(({ line, type, bytes, certainty, when, isCold }) =>
    [line, type ?? "-", bytes ?? "-", certainty, when ?? "-", ...(isCold ? ["cold"] : [])].join(" "),
  );
}

describe("a line of code", () => {
  it("has a place, an operation and operands", () => {
    assert.deepEqual(parseInstruction("\t0x0024 00036 (/tmp/a b/x.go:22)\tJMP\t49"), {
      ...{ pc: 36, file: "/tmp/a b/x.go", line: 22, operation: "JMP", operands: "49" },
    });
  });

  it("may have no place, or no operands", () => {
    const unknown = parseInstruction("\t0x0024 00036 (<unknown line number>)\tRET");
    assert.deepEqual(unknown, { pc: 36, file: "", line: 0, operation: "RET", operands: "" });
  });

  it("of a path on Windows has its whole path", () => {
    assert.equal(parseInstruction("\t0x0000 00000 (C:\\m\\a.go:3)\tRET")?.file, "C:\\m\\a.go");
  });

  it("has the place that a line directive gives it", () => {
    const text = "\t0x001a 00026 (./c.go:9[./_cgo_2.go:12])\tCALL\truntime.newobject(SB)";
    const { file, line, operation } = parseInstruction(text) ?? {};
    assert.deepEqual([file, line, operation], ["./c.go", 9, "CALL"]);
  });

  it("is no code where it speaks to the garbage collector", () => {
    assert.equal(parseInstruction("\t0x0024 00036 (/a.go:1)\tPCDATA\t$0, $-2"), undefined);
  });

  it("has its destination last", () => {
    assert.deepEqual(splitLast("type:func(int, string)(SB), AX"), ["type:func(int, string)(SB)", "AX"]);
    assert.deepEqual(splitLast("(R2, R3), 16(R0)"), ["(R2, R3)", "16(R0)"]);
  });
});

/** Bodies of a function, as line, operation and operands, and what is made of their calls. */
const bodies: readonly {
  readonly it: string;
  readonly arch?: string;
  readonly lines: readonly (readonly [line: number, ...words: string[]])[];
  readonly verdicts: readonly string[];
}[] = [
  {
    it: "follows arguments through copies, the stack and merging ways",
    lines: [
      [3, "LEAQ", "m..autotmp_4+40(SP), DX"],
      [3, "MOVQ", "DX, m.x+24(SP)"],
      [3, "TESTQ", "BX, BX"],
      [3, "JEQ", "24"],
      [3, "CALL", "m.g(SB)"],
      [4, "MOVQ", "m.x+24(SP), AX"],
      [4, "CALL", "runtime.concatstring2(SB)"],
      [5, "RET"],
    ],
    verdicts: ["4 - - sometimes len > 32"],
  },
  {
    it: "does not know what several ways bring",
    lines: [
      [3, "LEAQ", "type:m.A(SB), AX"],
      [3, "JEQ", "16"],
      [3, "LEAQ", "type:m.B(SB), AX"],
      [4, "CALL", "runtime.newobject(SB)"],
      [5, "RET"],
    ],
    verdicts: ["4 - - yes -"],
  },
  {
    it: "knows what runs only before a panic",
    lines: [
      [3, "JEQ", "20"],
      [4, "CALL", "runtime.convT64(SB)"],
      [4, "CALL", "runtime.gopanic(SB)"],
      [5, "XCHGL", "AX, AX"],
      [6, "CALL", "runtime.makemap_small(SB)"],
      [7, "RET"],
    ],
    verdicts: ["4 - 8 likely value > 255 cold", "6 - - yes -"],
  },
  {
    it: "does not take the loop of a server for a way to a panic",
    lines: [
      [3, "CALL", "runtime.makemap_small(SB)"],
      [3, "JNE", "4"],
      [4, "CALL", "runtime.makechan(SB)"],
      [4, "JMP", "4"],
    ],
    verdicts: ["3 - - yes -", "4 - - yes -"],
  },
  {
    it: "reads arm64 as well",
    arch: "arm64",
    lines: [
      [3, "MOVD", "$type:int(SB), R0"],
      [3, "MOVD", "$10, R1"],
      [3, "MOVD", "R1, R2"],
      [3, "CALL", "runtime.makeslice(SB)"],
      [4, "MOVD", "ZR, R0"],
      [4, "CALL", "runtime.concatstring2(SB)"],
      [5, "MOVD", "$m..autotmp_7-40(SP), R0"],
      [5, "CALL", "runtime.concatstring2(SB)"],
      [6, "RET", "(R30)"],
    ],
    verdicts: ["3 int 80 yes -", "4 - - likely not empty", "5 - - sometimes len > 32"],
  },
];

describe("the assembly", () => {
  it("gives a call its type, and the size that the type's descriptor says", async () => {
    const lines = [
      header("m.F"),
      code(3, "LEAQ", "type:m.T(SB), AX"),
      code(3, "CALL", "runtime.newobject(SB)"),
      code(4, "RET"),
      "\t0x0000 49 3b 66 10 76 1b 55 48 89 e5 48 83 ec 10 48 8b  I;f.v.UH..H...H.",
      "\trel 41+4 t=R_CALL runtime.newobject<1>+0",
      "type:m.T<0> SRODATA size=168",
      "\t0x0000 28 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................",
      "\t0x0010 f5 35 38 12 0f 08 08 19 00 00 00 00 00 00 00 00  .58.............",
    ];
    assert.deepEqual(await verdicts(lines), ["3 m.T 296 yes -"]);
    assert.deepEqual([...((await read(lines)).functions.get("/m/a.go") ?? [])], ["F"]);
  });

  it("does not depend on how the text is cut", async () => {
    const lines = [
      header("m.F"),
      code(3, "XORL", "AX, AX"),
      code(3, "CALL", "runtime.slicebytetostring(SB)"),
    ];
    for (const size of [1, 2, 1000]) assert.equal((await read(lines, "amd64", size)).calls.length, 1);
  });

  for (const body of bodies) {
    it(body.it, async () => {
      pc = 0;
      const lines = [header("m.F"), ...body.lines.map((each) => code(...each))];
      assert.deepEqual(await verdicts(lines, body.arch), body.verdicts);
    });
  }

  it("says of a function that nothing calls that its callers have copies", async () => {
    const lines = [
      header("m.new"),
      code(3, "CALL", "runtime.makemap_small(SB)"),
      header("m.used"),
      code(5, "CALL", "runtime.makemap_small(SB)"),
      header("m.F"),
      code(7, "CALL", "m.used(SB)"),
      "\trel 41+4 t=R_CALL m.used<1>+0",
      "aux for m.new<0> SDWARFLINES size=29",
      "\trel 3+8 t=R_ADDR m.new<1>+0",
    ];
    assert.deepEqual(await verdicts(lines), ["3 - - sometimes not inlined", "5 - - yes -"]);
  });

  it("tells of copies of other packages' functions where own code calls them, as sure as their ways are", async () => {
    pc = 0;
    const copy = (...words: string[]) => code(60, ...words).replace("/m/a.go", "/go/slices/iter.go");
    const lines = [
      header("m.F"),
      code(3, "CALL", "slices.Sorted[go.shape.int](SB)"),
      code(4, "LEAQ", "m.F.Collect[go.shape.int]-range1(SB), DX"),
      code(4, "RET"),
      header("slices.Sorted[go.shape.int]"),
      copy("CALL", "runtime.makemap_small(SB)"),
      copy("TESTQ", "AX, AX"),
      // Over the next call, to the last line.
      copy("JEQ", String(pc + 12)),
      copy("CALL", "runtime.makechan(SB)"),
      copy("RET"),
      header("m.F.Collect[go.shape.int]-range1"),
      copy("CALL", "runtime.makemap_small(SB)"),
      copy("RET"),
    ];
    const { copied } = await read(lines);
    assert.deepEqual(
      copied.map(({ function: name, file, line, kind, certainty, when, callees }) =>
        [name, file, line, kind, certainty, when, ...callees].join(" "),
      ),
      [
        "m.F /m/a.go 3 map yes  Sorted",
        "m.F /m/a.go 3 channel sometimes on some paths Sorted",
        "m.F /m/a.go 4 map sometimes on some paths Collect",
      ],
    );
  });

  it("of other targets is not read", async () => {
    assert.deepEqual([isReadable("amd64"), isReadable("arm64"), isReadable("riscv64")], [true, true, false]);
    // eslint-disable-next-line @typescript-eslint/require-await
    const text = async function* () {
      yield header("m.F");
    };
    assert.equal(await readAssembly(text(), "riscv64", "/m"), undefined);
  });
});

describe("symbols", () => {
  it("lead to what people declare", () => {
    const names = {
      "net/http.(*Server).Serve.func1": ["(*Server)", "(*Server).Serve"],
      "m.F": ["F"],
      "m.F.func1.2": ["F", "F.func1"],
      "gopkg.in/yaml%2ev3.Map[go.shape.int,example.com/x.T]": ["Map"],
      "m.(*List[go.shape.struct { x []int }]).Push": ["(*List)", "(*List).Push"],
      "m.Walk-range1": ["Walk"],
    };
    for (const [symbol, expected] of Object.entries(names))
      assert.deepEqual(declarationsOf(symbol), expected);
    assert.equal(localName("a.b/c.T.M"), "T.M");
  });

  it("tell whether others can call them", () => {
    for (const name of ["m.F", "m.(*t).M", "m.init", "m.main", "m.f.func1"])
      assert.ok(isExported(name), name);
    for (const name of ["m.f", "m.(*T).m", "m.T.m", "m.f[go.shape.int]"]) assert.ok(!isExported(name), name);
  });
});
