/** The versions of Go that are on the machine: what can be used without downloading anything. */
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { GoSetup } from "./goSetup.js";
import { compareVersions, type GoVersion, isSupported, parseGoVersion } from "./goVersion.js";

export interface InstalledToolchain {
  /** `go1.25.12` */
  readonly version: string;
  /** Absolute path of its own go command; null where the usual one switches to it (go.dev/doc/toolchain). */
  readonly go: string | null;
  /** The value of GOTOOLCHAIN for it. */
  readonly gotoolchain: string;
}

/**
 * Those of the module cache, of the GOROOT that the go command belongs to, and of `~/sdk`, newest first, each version
 * once; older ones than we can read are left out. Folders that cannot be read are taken for empty.
 */
export async function installedToolchains(
  { go, info }: Pick<GoSetup, "go" | "info">,
  home = os.homedir(),
): Promise<InstalledToolchain[]> {
  const found = [
    ...(await ofCommand(go)),
    ...(await ofModuleCache(info.gomodcache)),
    ...(await ofSdks(path.join(home, "sdk"))),
  ];
  const byVersion = new Map<string, { toolchain: InstalledToolchain; version: GoVersion }>();
  for (const toolchain of found) {
    const version = parseGoVersion(toolchain.version);
    if (version !== null && isSupported(version) && !byVersion.has(toolchain.version))
      byVersion.set(toolchain.version, { toolchain, version });
  }
  return [...byVersion.values()]
    .sort((a, b) => compareVersions(b.version, a.version))
    .map(({ toolchain }) => toolchain);
}

/** The first line of VERSION names it; a symbolic link to the command may hide where that is. */
async function ofCommand(go: string): Promise<InstalledToolchain[]> {
  const file = path.join(path.dirname(path.dirname(go)), "VERSION");
  const version = await readFile(file, "utf8").then(
    (text) => text.split(/\r?\n/, 1)[0] ?? "",
    () => "",
  );
  return version === "" ? [] : [{ version, go: null, gotoolchain: "local" }];
}

/** `golang.org/toolchain@v0.0.1-go1.25.12.linux-amd64` (go.dev/doc/toolchain). */
async function ofModuleCache(cache: string): Promise<InstalledToolchain[]> {
  const names = await list(path.join(cache, "golang.org"));
  const suffix = `.${goName(process.platform, platforms)}-${goName(process.arch, architectures)}`;
  return names.flatMap((name) => {
    const prefix = "toolchain@v0.0.1-";
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) return [];
    const version = name.slice(prefix.length, -suffix.length);
    return [{ version, go: null, gotoolchain: version }];
  });
}

/** Where `go install golang.org/dl/…` puts them. */
async function ofSdks(folder: string): Promise<InstalledToolchain[]> {
  const program = process.platform === "win32" ? "go.exe" : "go";
  return (await list(folder))
    .filter((name) => name.startsWith("go"))
    .map((name) => ({ version: name, go: path.join(folder, name, "bin", program), gotoolchain: "local" }));
}

async function list(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => []);
}

const platforms: Readonly<Record<string, string>> = { win32: "windows", sunos: "solaris" };
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Node's name of a platform or architecture as Go has it. */
function goName(name: string, names: Readonly<Record<string, string>>): string {
  return names[name] ?? name;
}
