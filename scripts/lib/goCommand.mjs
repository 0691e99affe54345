// Finds the go command, for the tests and for the VS Code that is started.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** The oldest Go whose output this project knows. */
const oldest = { major: 1, minor: 21 };

/**
 * The first go command that is new enough: from PATH, else from where installers put it. Returns its version and an
 * environment whose PATH has it; throws an Error whose message tells a person what to do.
 */
export function findGo() {
  let tooOld;
  for (const folder of ["", ...usualFolders()]) {
    const env = folder === "" ? process.env : withPath(folder);
    const version = goVersion(env);
    if (version === undefined) continue;
    if (isNewEnough(version)) return { version, env };
    tooOld ??= version;
  }
  const found = tooOld === undefined ? "Go was not found" : `Go is too old (${tooOld})`;
  throw new Error(
    `${found}: install Go ${oldest.major}.${oldest.minor} or newer (https://go.dev/dl/, or your system's packages) and put its bin folder on PATH.`,
  );
}

function usualFolders() {
  const home = os.homedir();
  if (process.platform === "win32")
    return ["C:\\Program Files\\Go\\bin", path.join(home, "sdk", "go", "bin")];
  const sdk = path.join(home, "sdk");
  return ["/usr/local/go/bin", "/usr/lib/go/bin", "/opt/homebrew/bin", "/snap/bin", ...sdkFolders(sdk)];
}

/** `go install golang.org/dl/go1.x@latest` puts toolchains into ~/sdk. Newest first. */
function sdkFolders(sdk) {
  try {
    return readdirSync(sdk)
      .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
      .map((name) => path.join(sdk, name, "bin"));
  } catch {
    return [];
  }
}

function withPath(folder) {
  // Windows spells it Path; a second key would leave it to chance which one counts.
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...process.env, [key]: [folder, process.env[key]].filter(Boolean).join(path.delimiter) };
}

/** `go1.26.8`; undefined without a go command that works. Asked for outside any module: a go.mod may switch toolchains. */
function goVersion(env) {
  const result = spawnSync("go", ["env", "GOVERSION"], {
    env,
    cwd: os.tmpdir(),
    encoding: "utf8",
    windowsHide: true,
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** Development versions (`devel …`) are newer than any release. */
function isNewEnough(version) {
  const match = /^go(\d+)\.(\d+)/.exec(version);
  if (match === null) return true;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}
