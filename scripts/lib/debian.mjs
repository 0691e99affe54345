import { existsSync } from "node:fs";
import { runChild } from "./children.mjs";

/** Installs a Debian package; false where this is no Debian, or somebody who may not, or where it fails. */
export async function installFromDebian(name, size) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.log(`Installing Debian's ${name} (some ${size}) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", name],
  ]) {
    if ((await runChild("apt-get", args, { env })) !== 0) return false;
  }
  return true;
}
