import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { isRunning, processesOfGroup } from "./processList.js";
import { buildSmallServer, limitMilliseconds, type SmallServer, within } from "./smallServer.js";

/**
 * A server in small, which runs each case by itself and then by its watchdog, and prints what they came to. It prints its
 * own number and the watchdog's first; with `wait` as its argument it is then at a last process, whose number it prints.
 */
const program = `
  import { configureProcesses, streamProcess } from "./server/src/go/process.js";
  const [watchdogPath, what] = process.argv.slice(2);
  configureProcesses({ watchdogPath });
  const env = { PATH: process.env.PATH, HOME: "/h é" };
  const sh = (script, more) =>
    ({ file: "/bin/sh", args: ["-c", script], cwd: "/", env, signal: new AbortController().signal, ...more });
  const outcome = async (command, isEnough = () => false) => {
    let text = "";
    try {
      const run = streamProcess(command, "stdout");
      for await (const chunk of run.chunks) {
        text += chunk;
        if (await isEnough(text)) break;
      }
      const { exitCode, stderr, stopped } = await run.result;
      return { text, exitCode, stderr, stopped };
    } catch (error) {
      return { text, name: error.name, kind: error.kind, signal: error.signal };
    }
  };
  // By itself wherever there is an input.
  const byItself = { input: "" };
  const parent = async (more) => Number((await outcome(sh("echo $PPID", more))).text);
  let watchdog = await parent(byItself);
  while (watchdog === process.pid) watchdog = await parent();
  console.log(process.pid, watchdog);
  if (what === "wait") await outcome(sh("sleep 60 & trap '' TERM; echo $$; sleep 60"), (text) => void console.log(text));
  const cases = {
    outputs: (more) => outcome(sh("echo out; echo err >&2; exit 3", { allowFailure: true, ...more })),
    failure: (more) => outcome(sh("echo err >&2; exit 3", more)),
    words: (more) => outcome({ ...sh("", more), file: process.execPath, args: ["-p", "JSON.stringify([process.argv, process.env, process.cwd()])", "a b", "é*$(id)", '"'] }),
    priority: (more) => outcome(sh("ps -o ni= -p $$", more)),
    large: (more) => outcome(sh("head -c 1000000 /dev/zero | tr '\\\\0' x; head -c 300000 /dev/zero | tr '\\\\0' y >&2", more)).then(({ text, stderr, exitCode }) => [text.length, stderr.length, exitCode]),
    killed: (more) => outcome(sh("kill -9 $$", more)),
    stopped: (more) => outcome(sh("echo first; exec sleep 60", more), () => true),
    aborted: (more) => outcome(sh("exec sleep 60", { signal: AbortSignal.timeout(50), ...more })),
    abortedBefore: (more) => outcome(sh("echo", { signal: AbortSignal.abort(), ...more })),
    noProgram: (more) => outcome({ ...sh("", more), file: "/no/such/program" }),
    noFolder: (more) => outcome(sh("echo", { cwd: "/no/such/folder", ...more })),
  };
  for (const [name, run] of Object.entries(cases)) console.log(JSON.stringify([name, await run(byItself), await run()]));
  console.log(JSON.stringify(["parents", await parent(byItself) === process.pid, await parent() === watchdog]));
  const lost = await outcome(sh("echo $$; exec sleep 60"), async () => {
    // By then the watchdog has said that it started the one before.
    await parent();
    process.kill(watchdog, "SIGKILL");
  });
  console.log(JSON.stringify(["lost", lost]));
  console.log(JSON.stringify(["after", await outcome(sh("echo again"))]));
`;

describe("a process that the watchdog starts", function () {
  this.timeout(120_000);
  let small: SmallServer | undefined;
  before(async function () {
    if (process.platform !== "linux") this.skip();
    small = await buildSmallServer(program);
  });
  after(async () => {
    if (small !== undefined) await rm(small.folder, { recursive: true });
  });

  const args = () => (small === undefined ? [] : [small.server, small.watchdog]);

  it("writes, fails and ends as one that the server starts, and is lost with its watchdog alone", () => {
    const text = execFileSync(process.execPath, args(), { encoding: "utf8" });
    const [numbers = "", ...lines] = text.trimEnd().split("\n");
    const [server, watchdog] = numbers.split(" ");
    assert.notEqual(watchdog, server);
    const outcomes = lines.map((line) => JSON.parse(line) as readonly [string, unknown, unknown]);
    assert.equal(outcomes.length, 14);
    for (const [name, byItself, elsewhere] of outcomes.slice(0, -3)) {
      assert.deepEqual(elsewhere, byItself, name);
    }
    assert.deepEqual(outcomes.at(-3), ["parents", true, true]);
    const [lost, after] = outcomes.slice(-2).map(([, outcome]) => outcome as Record<string, unknown>);
    assert.deepEqual([lost?.["kind"], lost?.["signal"]], ["failed", "SIGKILL"]);
    assert.equal(isRunning(Number(lost?.["text"])), false);
    assert.equal(after?.["text"], "again\n");
  });

  it("ends with a server that is killed", async () => {
    const server = spawn(process.execPath, [...args(), "wait"], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    const watchdog = Number(String((await lines.next()).value).split(" ")[1]);
    const group = Number((await lines.next()).value);
    assert(processesOfGroup(group).length >= 2);
    server.kill("SIGKILL");
    await once(server, "exit");
    const isLeft = () => isRunning(watchdog) || processesOfGroup(group).length > 0;
    await within(limitMilliseconds, "the watchdog or what it started is still there", () => !isLeft());
  });
});
