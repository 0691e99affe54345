// Writes the JSON schema of .escapelens.json from the shape in server/src/gate/configuration.ts. Usage: node scripts/schema.mjs
import { build } from "esbuild";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import prettier from "prettier";
import { configurationJsonSchema, schemaFile } from "./lib/configurationSchema.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = await mkdtemp(path.join(tmpdir(), "escape-lens-schema-"));
try {
  const outfile = path.join(folder, "configuration.mjs");
  const entry = path.join(root, "server/src/gate/configuration.ts");
  await build({ entryPoints: [entry], outfile, bundle: true, format: "esm", platform: "node" });
  const { configurationSchema } = await import(pathToFileURL(outfile).href);
  const text = JSON.stringify(configurationJsonSchema(configurationSchema));
  const options = await prettier.resolveConfig(path.join(root, schemaFile));
  await writeFile(path.join(root, schemaFile), await prettier.format(text, { ...options, parser: "json" }));
} finally {
  await rm(folder, { recursive: true, force: true });
}
