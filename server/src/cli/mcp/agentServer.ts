/**
 * The tools for agents as a server of the Model Context Protocol on standard input and output. Its libraries are larger
 * than the whole tool, so it is a bundle of its own, which is loaded when it is wanted; the tools come from outside.
 */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { CallToolResult, ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";
import { version } from "../../version.js";
import type { AgentTools } from "./agentTools.js";
import * as schemas from "./schemas.js";

/** What this bundle gives to the command line. */
export interface AgentServer {
  readonly runAgentServer: typeof runAgentServer;
}

/** Nothing is written, and nothing outside the machine is asked. */
const annotations: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

const instructions =
  "Heap allocations of Go code, as the Go compiler decides them. Begin with check_packages; its sites have ids for explain_site. " +
  "A site with allocates: no costs nothing. Loops matter most; measure before and after you change anything. " +
  "list_fixes gives edits that the compiler has checked; prefer them to your own.";

/** Serves until the client closes the input, or the signal fires. */
export async function runAgentServer(tools: AgentTools, signal: AbortSignal): Promise<void> {
  const server = new McpServer({ name: "escapelens", version }, { instructions });
  registerTools(server, tools);
  const closed = new Promise<void>((resolve) => {
    for (const event of ["end", "close"]) process.stdin.once(event, resolve);
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
}

function registerTools(server: McpServer, tools: AgentTools): void {
  server.registerTool(
    "check_packages",
    {
      title: "Check Go packages for heap allocations",
      description:
        "Reports what packages put on the heap, why, and whether it really allocates, the loudest first. The same JSON as `escapelens check --format=json`.",
      inputSchema: schemas.checkInput.shape,
      outputSchema: schemas.checkOutput,
      annotations,
    },
    async (input, { signal }) => await answered(tools.check(input, signal)),
  );
  server.registerTool(
    "explain_site",
    {
      title: "Explain a heap allocation",
      description:
        "Tells all that is known of a site: the way to the heap step by step, the cost, what helps, and when to leave it alone.",
      inputSchema: schemas.explainInput.shape,
      outputSchema: schemas.explainOutput,
      annotations,
    },
    async (input, { signal }) => await answered(tools.explain(input, signal)),
  );
  server.registerTool(
    "ask_about_line",
    {
      title: "Ask whether code is on the heap or the stack",
      description:
        "Says of a line, or of a variable or expression on it, whether it goes to the heap or stays on the stack, and what would change that.",
      inputSchema: schemas.askInput.shape,
      outputSchema: schemas.askOutput,
      annotations,
    },
    async (input, { signal }) => await answered(tools.ask(input, signal)),
  );
  server.registerTool(
    "list_fixes",
    {
      title: "List checked fixes",
      description:
        "Finds refactorings that remove allocations, each one compiled, and the packages with all of them; gives them as a diff. Nothing is written. It takes some compiles for each package.",
      inputSchema: schemas.fixesInput.shape,
      outputSchema: schemas.fixesOutput,
      annotations,
    },
    async (input, { signal }) => await answered(tools.fixes(input, signal)),
  );
}

/** The answer for clients that read structure, and as text for the others; a refusal as the tool's own error. */
async function answered(answer: Promise<object>): Promise<CallToolResult> {
  try {
    const structuredContent = { ...(await answer) };
    return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (error) {
    // Classes of another bundle are other classes, so the name decides.
    if (!(error instanceof Error) || error.name !== "ToolRefusal") throw error;
    return { content: [{ type: "text", text: error.message }], isError: true };
  }
}
