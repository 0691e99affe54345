/** package.json is the one place of settings and commands; what the code knows of them must agree with it. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { commandIds, extensionId, languageModelToolName } from "../../client/src/identifiers.js";
import { reasonCodes } from "../../server/src/analysis/reasonCodes.js";
import {
  defaultContextSeverities,
  defaultReasonSeverities,
  severities,
} from "../../server/src/analysis/severity.js";
import { settingsSection } from "../../server/src/protocol.js";
import { defaultSettings, parseSettings } from "../../server/src/settings.js";

interface Setting {
  readonly default?: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
}

interface Manifest {
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly languageModelTools: readonly { readonly name: string; readonly when: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
  };
}

const manifest = readJson("package.json") as Manifest;
const settings = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }) => properties),
) as Record<string, Setting>;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("package.json", () => {
  it("has the commands of the client, each with a condition for the palette", () => {
    const { commands, menus } = manifest.contributes;
    const ids: string[] = Object.values(commandIds).sort();
    assert.deepEqual(commands.map(({ command }) => command).sort(), ids);
    assert.deepEqual(menus.commandPalette.map(({ command }) => command).sort(), ids);
    assert.ok(menus.commandPalette.every(({ when }) => when !== ""));
  });

  it("has the tool for agents, in trusted workspaces only", () => {
    const tools = manifest.contributes.languageModelTools.map(({ name, when }) => [name, when]);
    assert.deepEqual(tools, [[languageModelToolName, "isWorkspaceTrusted"]]);
  });

  it("has all its settings under the prefix that the client and the server ask for", () => {
    assert.equal(extensionId, settingsSection);
    for (const name of Object.keys(settings)) assert.ok(name.startsWith(`${settingsSection}.`), name);
  });

  it("has the same defaults as the server without any settings", () => {
    const { settings: parsed, problems } = parseSettings(defaultsAsSection(), undefined);
    const { severity, ...shown } = parsed.diagnostics;
    assert.deepEqual(problems, []);
    assert.deepEqual(severity, { ...defaultContextSeverities, ...defaultReasonSeverities });
    assert.deepEqual({ ...parsed, diagnostics: { severity: {}, ...shown } }, defaultSettings);
  });

  it("knows every place and reason that a severity can be set for", () => {
    const properties = settings["goEscapeLens.diagnostics.severity"]?.properties ?? {};
    const keys = [...Object.keys(defaultContextSeverities), ...reasonCodes];
    assert.deepEqual(Object.keys(properties).sort(), keys.sort());
    for (const property of Object.values(properties)) assert.deepEqual(property.enum, severities);
  });

  it("lets no untrusted workspace choose what is run, and no workspace at all without a say of the machine", () => {
    const running = Object.keys(settings).filter((name) => name.startsWith("goEscapeLens.go."));
    assert.deepEqual(
      [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      running.sort(),
    );
    for (const name of running) assert.equal(settings[name]?.scope, "machine-overridable", name);
  });

  it("describes every setting", () => {
    for (const [name, { markdownDescription }] of Object.entries(settings)) {
      assert.match(markdownDescription ?? "", /^%[\w.-]+%$/, name);
    }
  });

  it("has a text for every key in every language, and no other", () => {
    const used = [...readFileSync("package.json", "utf8").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    const bundles = readdirSync(".").filter((file) => /^package\.nls(\..+)?\.json$/.test(file));
    assert.ok(bundles.includes("package.nls.json"));
    for (const bundle of bundles) {
      const texts = readJson(bundle) as Record<string, string>;
      assert.deepEqual(Object.keys(texts).sort(), [...new Set(used)].sort(), bundle);
      assert.ok(
        Object.values(texts).every((text) => text.trim() !== ""),
        bundle,
      );
    }
  });

  it("names files that exist", () => {
    const grammars = manifest.contributes.grammars.map(({ path }) => path);
    for (const file of [manifest.icon, ...grammars]) assert.ok(existsSync(file), file);
    for (const { path, scopeName } of manifest.contributes.grammars) {
      assert.equal((readJson(path) as { scopeName: string }).scopeName, scopeName);
    }
  });
});

/** The defaults as the editor hands them over: one object, nested by the dots. */
function defaultsAsSection(): Record<string, Record<string, unknown>> {
  const section: Record<string, Record<string, unknown>> = {};
  for (const [name, { default: value }] of Object.entries(settings)) {
    const [, group = "", key = ""] = name.split(".");
    (section[group] ??= {})[key] = value;
  }
  return section;
}
