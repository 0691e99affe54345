/** Keeps files formatted that were: fixes write what gofmt writes, and this sees to it where one of them does not. */
import path from "node:path";
import { GoCommandError } from "./commandError.js";
import type { GoSetup } from "./goSetup.js";
import { runProcess } from "./process.js";

/**
 * The new text as gofmt of the package's own Go version writes it, where the old one was already as gofmt writes it; else
 * the new text as it is, also where there is no gofmt. Rejects with AbortError when the signal fires.
 */
export async function formattedAsBefore(
  before: string,
  after: string,
  setup: GoSetup,
  signal: AbortSignal,
): Promise<string> {
  const formatted = await gofmt(after, setup, signal);
  if (formatted === undefined || formatted === after) return after;
  return (await gofmt(before, setup, signal)) === before ? formatted : after;
}

/** Undefined where gofmt cannot be run or does not take the text. */
async function gofmt(text: string, { info, env }: GoSetup, signal: AbortSignal): Promise<string | undefined> {
  const file = path.join(info.goroot, "bin", process.platform === "win32" ? "gofmt.exe" : "gofmt");
  try {
    const { stdout } = await runProcess({ file, args: [], cwd: info.goroot, env, input: text, signal });
    return stdout;
  } catch (error) {
    if (error instanceof GoCommandError) return undefined;
    throw error;
  }
}
