/** The tool for agents in the real VS Code, called as an agent's own extension calls it (vscode.lm.invokeTool). */
import assert from "node:assert/strict";
import path from "node:path";
import { packExtension, type PackedExtension } from "./packExtension.js";
import { openSession, type Session } from "./session.js";

const manifest = {
  name: "agent",
  engines: { vscode: "^1.95.0" },
  contributes: { commands: [{ command: "agent.ask", title: "Agent: Ask the Tool" }] },
};

const program = `const vscode = require("vscode");
exports.activate = () => vscode.commands.registerCommand("agent.ask", async () => {
  const tool = vscode.lm.tools.find(({ name }) => name === "goEscapeLens_check");
  const ask = async (input) => {
    try {
      const { content } = await vscode.lm.invokeTool(tool.name, { input, toolInvocationToken: undefined });
      const { schema, sites } = JSON.parse(content.map(({ value }) => value).join(""));
      const files = [...new Set(sites.map(({ file }) => file))];
      return { schema, files, reasons: sites.map(({ reason }) => reason) };
    } catch (error) {
      return { error: error.message };
    }
  };
  const whole = await ask({ path: "internal/report/daily.go" });
  const answers = {
    required: tool.inputSchema.required,
    whole: { ...whole, reasons: [...new Set(whole.reasons)].includes("append-growth") },
    line: await ask({ path: "internal/report/daily.go", line: 20 }),
    gone: await ask({ path: "internal/report/gone.go" }),
  };
  vscode.window.showInformationMessage("Answers: " + JSON.stringify(answers));
});
`;

describe("the tool for agents in VS Code", () => {
  let session: Session | undefined;
  let agent: PackedExtension | undefined;

  before(async () => {
    agent = await packExtension(manifest, program);
    session = await openSession({ folder: path.resolve("test/sample"), neighbors: [agent.vsix] });
  });

  after(async () => {
    await session?.close();
    await agent?.dispose();
  });

  it("starts the extension where no Go file is open, and answers with the sites of a file or a line", async () => {
    const { workbench } = session!;
    await workbench.commandAppears("Agent: Ask the Tool");
    await workbench.runCommand("Agent: Ask the Tool");
    const text = await (await workbench.notification(/Answers: /)).text();
    assert.deepEqual(JSON.parse(text.replace(/^Answers: /, "")), {
      required: ["path"],
      whole: { schema: 1, files: ["internal/report/daily.go"], reasons: true },
      line: { schema: 1, files: ["internal/report/daily.go"], reasons: ["append-growth"] },
      gone: { error: "internal/report/gone.go is no Go file and no folder of the workspace." },
    });
  });
});
