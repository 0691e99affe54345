/** What gopls shows of the compiler's optimizations, and the settings that end one of two voices. No VS Code in here. */

/** Source of gopls' diagnostics about optimizations (gopls/internal/golang/compileropt.go), and its messages on escapes. */
const source = "optimizer details";
const escape = /^(?:escape|escapes|leak)\b/;

/** Whether a diagnostic is gopls' own word on an escape. */
export function isEscapeDetail(diagnostic: {
  readonly source?: string | undefined;
  readonly message: string;
}): boolean {
  return diagnostic.source === source && escape.test(diagnostic.message);
}

/** The key of the setting `gopls` that says which optimizations it shows, and its short form (gopls' settings.md). */
const annotations = "ui.diagnostic.annotations";
const shortAnnotations = "annotations";

/** The value of the setting `gopls` under which it shows all that it showed, but escapes. */
export function withoutEscapeDetails(gopls: unknown): Record<string, unknown> {
  const settings = isRecord(gopls) ? gopls : {};
  const key = shortAnnotations in settings && !(annotations in settings) ? shortAnnotations : annotations;
  const shown = settings[key];
  return { ...settings, [key]: { ...(isRecord(shown) ? shown : {}), escape: false } };
}

/** The value of `goEscapeLens.diagnostics.severity` under which nothing is underlined unless a reason asks for it. */
export function withoutSquiggles(severity: unknown): Record<string, unknown> {
  return { ...(isRecord(severity) ? severity : {}), loop: "off", body: "off" };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
