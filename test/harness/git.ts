/** Repositories that tests make. */
import { execFileSync } from "node:child_process";

const person = ["-c", "user.name=T", "-c", "user.email=t@example.com"];

/** Runs git in the folder, as somebody who may commit; returns what it printed. Throws where it fails. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", [...person, ...args], { cwd, encoding: "utf8", stdio: "pipe" });
}

/** Makes a repository of the folder, with one commit of all that is in it. */
export function commitAll(cwd: string): void {
  git(cwd, "init", "--quiet");
  git(cwd, "add", ".");
  git(cwd, "commit", "--quiet", "-m", "first");
}
