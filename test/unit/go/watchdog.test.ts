import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { markedEnvironment } from "../../../server/src/go/processMark.js";
import { isRunning, processesOfGroup } from "./processList.js";
import { buildSmallServer, limitMilliseconds, type SmallServer, within } from "./smallServer.js";

/**
 * A server in small: makes a temporary folder, runs the command of its arguments, and prints what it has made.
 * `end` as its first argument makes it return from main while the command is running.
 */
const serverSource = `
  import { configureProcesses, streamProcess } from "./server/src/go/process.js";
  import { createTemporaryFolder } from "./server/src/go/temporary.js";
  const [how, watchdogPath, file, ...args] = process.argv.slice(2);
  if (watchdogPath !== "-") configureProcesses({ watchdogPath });
  const folder = createTemporaryFolder("test");
  const env = { ...process.env, GOTMPDIR: folder };
  const run = streamProcess({ file, args, cwd: process.cwd(), env, signal: new AbortController().signal }, "stdout");
  console.log(folder);
  for await (const chunk of run.chunks) {
    process.stdout.write(chunk);
    if (how === "exit") process.exit(0);
  }
  await run.result;
`;

interface Server {
  readonly process: ChildProcess;
  readonly folder: string;
  /** What the command printed first. */
  readonly line: string;
}

describe("watchdog", function () {
  this.timeout(120_000);
  let small: SmallServer;
  before(async () => {
    small = await buildSmallServer(serverSource);
  });
  after(() => rm(small.folder, { recursive: true, force: true }));

  async function start(how: "run" | "exit", watchdog: string, ...command: string[]): Promise<Server> {
    const child = spawn(process.execPath, [small.server, how, watchdog, ...command], {
      cwd: small.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const [made, line] = [await lines.next(), await lines.next()];
    return { process: child, folder: String(made.value), line: String(line.value) };
  }

  async function kill(server: Server): Promise<void> {
    const exit = once(server.process, "exit");
    server.process.kill("SIGKILL");
    await exit;
  }

  it("ends the children of a killed server and removes its folder", async () => {
    const script = "sleep 60 & trap '' TERM; echo $$; sleep 60";
    const server = await start("run", small.watchdog, "/bin/sh", "-c", script);
    const group = Number(server.line);
    assert(processesOfGroup(group).length >= 2);
    assert(existsSync(server.folder));
    await kill(server);
    await within(limitMilliseconds, "children are still there", () => processesOfGroup(group).length === 0);
    const parent = path.dirname(server.folder);
    await within(limitMilliseconds, "the folder is still there", () => !existsSync(parent));
  });

  it("ends a go command with its compilers in the middle of a build", async () => {
    await writeFile(path.join(small.folder, "go.mod"), "module example.com/m\n\ngo 1.21\n");
    const script = "echo $$; exec go build -a -o /dev/null -work std 2>&1";
    const server = await start("run", small.watchdog, "/bin/sh", "-c", script);
    const group = Number(server.line);
    await within(60_000, "no compiler has been started", () => processesOfGroup(group).length >= 2);
    await kill(server);
    await within(limitMilliseconds, "compilers are still there", () => processesOfGroup(group).length === 0);
    await within(
      limitMilliseconds,
      "the folder is still there",
      () => !existsSync(path.dirname(server.folder)),
    );
  });

  it("leaves nothing when the server exits in the middle of a run", async () => {
    for (const watchdog of [small.watchdog, "-"]) {
      const server = await start("exit", watchdog, "/bin/sh", "-c", "sleep 60 & echo $$; sleep 60");
      const group = Number(server.line);
      if (server.process.exitCode === null) await once(server.process, "exit");
      await within(limitMilliseconds, "children are still there", () => processesOfGroup(group).length === 0);
      await within(
        limitMilliseconds,
        "the folder is still there",
        () => !existsSync(path.dirname(server.folder)),
      );
    }
  });

  it("ends what a killed server had started and not yet spoken of, and nobody else's", async function () {
    if (process.platform !== "linux") this.skip();
    const sleeping = ["ours", "another's"].map((mark) =>
      spawn("/bin/sh", ["-c", "sleep 60; :"], {
        env: { ...process.env, ...markedEnvironment(mark) },
        detached: true,
      }),
    );
    const [ours, others] = sleeping.map(({ pid }) => pid ?? 0);
    assert(ours && others);
    await within(limitMilliseconds, "no child yet", () => processesOfGroup(ours).length === 2);
    const watchdog = spawn(process.execPath, [small.watchdog, "0", "ours"], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    watchdog.stdin.end();
    await once(watchdog, "exit");
    assert.deepEqual(processesOfGroup(ours), []);
    assert.equal(processesOfGroup(others).length, 2);
    process.kill(-others, "SIGKILL");
  });

  it("does not hold up the end of the server, and ends with it", async () => {
    const script = `ps -A -o pid=,args= | grep -F '${small.watchdog} ' | grep -v server.mjs`;
    const server = await start("run", small.watchdog, "/bin/sh", "-c", script);
    const watchdog = Number(server.line.trim().split(" ")[0]);
    assert(watchdog > 1, server.line);
    if (server.process.exitCode === null) await once(server.process, "exit");
    assert.equal(server.process.exitCode, 0);
    await within(limitMilliseconds, "the watchdog is still there", () => !isRunning(watchdog));
  });
});
