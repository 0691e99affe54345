/**
 * The tool that agents in VS Code can call: what a file or package puts on the heap, in the JSON of the command line. The
 * API is there since VS Code 1.95 (vscode.lm.registerTool); older ones, which the extension supports, have no such tool.
 */
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { checkMethod } from "../../server/src/protocol.js";
import { languageModelToolName } from "./identifiers.js";
import type { LanguageServer } from "./languageServer.js";

/** vscode.LanguageModelToolInvocationOptions and its like, as far as they are needed here. */
interface Invocation {
  /** What the model wrote: it should keep to the schema, and the server checks that it does. */
  readonly input: unknown;
}

interface Tool {
  prepareInvocation(options: Invocation): { readonly invocationMessage: string };
  invoke(options: Invocation, token: vscode.CancellationToken): Promise<object>;
}

interface ToolApi {
  readonly lm: { readonly registerTool: (name: string, tool: Tool) => vscode.Disposable };
  readonly LanguageModelTextPart: new (text: string) => object;
  readonly LanguageModelToolResult: new (parts: readonly object[]) => object;
}

/** Registers the tool where VS Code has tools. */
export function registerLanguageModelTool(
  server: Pick<LanguageServer, "started" | "request">,
): vscode.Disposable {
  const api: unknown = vscode;
  if (!hasTools(api)) return new vscode.Disposable(() => undefined);
  return api.lm.registerTool(languageModelToolName, {
    prepareInvocation: () => ({ invocationMessage: l10n.t("Asking the Go compiler what goes to the heap") }),
    invoke: async ({ input }, token) => {
      // The `when` of package.json keeps the tool from agents until then, but not from other extensions.
      if (!vscode.workspace.isTrusted)
        throw new Error(l10n.t("Nothing is run before you trust this workspace."));
      // The call itself may have activated the extension.
      await server.started();
      const report = await server.request<unknown>(checkMethod, input, token);
      return new api.LanguageModelToolResult([new api.LanguageModelTextPart(JSON.stringify(report))]);
    },
  });
}

function hasTools(api: unknown): api is ToolApi {
  const { lm, LanguageModelTextPart, LanguageModelToolResult } = api as Partial<ToolApi>;
  const parts = [lm?.registerTool, LanguageModelTextPart, LanguageModelToolResult];
  return parts.every((each) => typeof each === "function");
}
