import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "mocha";
import {
  type MemorySample,
  type Metric,
  readMemoryProfile,
} from "../../../server/src/profile/decodedProfile.js";
import { ProfileError } from "../../../server/src/profile/profileError.js";
import { openProfile } from "../../../server/src/profile/profileSource.js";
import { largeProfile, packed, profileBytes, profileFolder, type WrittenSample } from "./profiles.js";

const samples: readonly WrittenSample[] = [
  {
    stack: [
      "errors.New /go/src/errors/errors.go:62 < example.com/m/p.F /m/p/p.go:7",
      "main.main /m/main.go:3",
    ],
    objects: 2_000_000,
    bytes: 32_000_000,
  },
  {
    stack: ["example.com/m/p.G[...] /m/p/p.go:12", "main.main /m/main.go:4"],
    objects: 3,
    bytes: 5_000_000_000,
  },
];

async function read(file: string, dir: string, metric: Metric = "alloc"): Promise<MemorySample[]> {
  const { signal } = new AbortController();
  const found: MemorySample[] = [];
  await readMemoryProfile(
    await openProfile(file, dir, signal),
    metric,
    (sample) => found.push(sample),
    signal,
  );
  return found;
}

describe("a memory profile", () => {
  const bytes = profileBytes(samples, { "example.com/m/p.F": 5 });

  it("is read packed or not, from files and from a server, with inlined frames and values above 32 bits", async () => {
    const folder = profileFolder({ plain: bytes, gz: packed(bytes) });
    const server = createServer((_request, response) => response.end(packed(bytes))).listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/debug/pprof/allocs`;
      for (const source of ["plain", "gz", address]) {
        const [first, second, ...others] = await read(source, folder.dir);
        assert.deepEqual(others, []);
        assert.deepEqual(
          first?.stack[0]?.map((frame) => [frame.function, frame.line, frame.startLine]),
          [
            ["errors.New", 62, 0],
            ["example.com/m/p.F", 7, 5],
          ],
        );
        assert.deepEqual([first.objects, first.bytes, first.objectBytes], [2_000_000, 32_000_000, 16]);
        assert.equal(second?.bytes, 5_000_000_000);
      }
    } finally {
      server.close();
      folder.dispose();
    }
  });

  const broken: Readonly<Record<string, { contents: Buffer | string; problem: string }>> = {
    "an empty file": { contents: "", problem: "empty" },
    "a profile cut off within its gzip stream": {
      contents: packed(bytes).subarray(0, -40),
      problem: "truncated",
    },
    "an unpacked profile cut off": { contents: bytes.subarray(0, -3), problem: "truncated" },
    "a text": { contents: "goroutine profile: total 5\n", problem: "foreign" },
    "a page of a server": { contents: "<html><body>404</body></html>".repeat(50), problem: "foreign" },
    "packed nonsense": { contents: packed(Buffer.from("no profile at all")), problem: "foreign" },
    "an archive of another kind": {
      contents: Buffer.concat([Buffer.from([0x1f, 0x8b, 9, 9]), bytes]),
      problem: "foreign",
    },
    "a CPU profile": {
      contents: packed(profileBytes(samples, {}, ["samples", "cpu"])),
      problem: "not-memory",
    },
  };
  for (const [name, { contents, problem }] of Object.entries(broken)) {
    it(`is refused as ${problem} where it is ${name}`, async () => {
      const folder = profileFolder({ file: contents });
      try {
        await assert.rejects(read("file", folder.dir), (error) => {
          assert.ok(error instanceof ProfileError, String(error));
          assert.equal(error.problem, problem);
          return true;
        });
      } finally {
        folder.dispose();
      }
    });
  }

  it("is refused where there is no file, or the server has none", async () => {
    await assert.rejects(read("nowhere", "/tmp"), { problem: "unreadable" });
    const server = createServer((_request, response) => response.writeHead(404).end("no")).listen(
      0,
      "127.0.0.1",
    );
    try {
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      await assert.rejects(read(`http://127.0.0.1:${port}/`, "/tmp"), {
        problem: "unreadable",
        detail: "404 Not Found",
      });
    } finally {
      server.close();
    }
  });

  it("of 10 MB needs memory for its names alone", async () => {
    const { contents, count } = largeProfile(10);
    const folder = profileFolder({ large: contents });
    try {
      const before = process.memoryUsage().rss;
      let most = 0;
      let seen = 0;
      const { signal } = new AbortController();
      const profile = await openProfile("large", folder.dir, signal);
      const onSample = () => {
        if (++seen % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
      };
      await readMemoryProfile(profile, "alloc", onSample, signal);
      assert.equal(seen, count);
      assert.ok(most - before < 150 * 2 ** 20, `${Math.round((most - before) / 2 ** 20)} MB more`);
    } finally {
      folder.dispose();
    }
  });
});
