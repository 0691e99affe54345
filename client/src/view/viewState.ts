/** What the person chose for the Heap Escapes view; kept for the workspace. No VS Code in here. */
import * as l10n from "@vscode/l10n";
import type { TreeFilter, TreeGrouping } from "../../../server/src/protocol.js";

export interface ViewState {
  readonly grouping: TreeGrouping;
  readonly filter: TreeFilter;
}

/** What costs nothing, and what runs in tests only, is there for who asks. */
export const initialState: ViewState = {
  grouping: "package",
  filter: {
    allocating: true,
    loops: false,
    changed: false,
    profiled: false,
    tests: false,
    reasons: [],
    text: "",
  },
};

/** The parts of the filter that are on or off, in the order in which they are offered. */
export const filterSwitches = ["allocating", "loops", "changed", "profiled", "tests"] as const;
export type FilterSwitch = (typeof filterSwitches)[number];

/** Reads what was kept, maybe by another version: what does not fit is as it is at first. */
export function readState(kept: unknown): ViewState {
  const { grouping, filter } = record(kept);
  const { text, reasons, ...switches } = record(filter);
  return {
    grouping: grouping === "reason" || grouping === "rank" ? grouping : initialState.grouping,
    filter: {
      ...initialState.filter,
      ...Object.fromEntries(
        filterSwitches.flatMap((name) => {
          const value = switches[name];
          return typeof value === "boolean" ? [[name, value]] : [];
        }),
      ),
      reasons: Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === "string") : [],
      text: typeof text === "string" ? text : "",
    },
  };
}

/** Whether something is left out that is there at first. */
export function isNarrowed({ loops, changed, profiled, reasons, text }: TreeFilter): boolean {
  return loops || changed || profiled || reasons.length > 0 || text !== "";
}

/** What a switch lets through, for a menu. */
export function switchWords(name: FilterSwitch): string {
  return switchTitles[name]();
}

/** The filter in a line; empty when it is as it is at first. */
export function filterWords(filter: TreeFilter): string {
  const parts = [
    ...(filter.allocating ? [] : [l10n.t("what does not allocate as well")]),
    ...(filter.tests ? [l10n.t("tests as well")] : []),
    ...(filter.loops ? [l10n.t("in loops")] : []),
    ...(filter.changed ? [l10n.t("changed since HEAD")] : []),
    ...(filter.profiled ? [l10n.t("in the loaded memory profile")] : []),
    ...(filter.reasons.length === 0 ? [] : [filter.reasons.join(", ")]),
    ...(filter.text === "" ? [] : [l10n.t("“{0}”", filter.text)]),
  ];
  return parts.length === 0 ? "" : l10n.t("Filter: {0}", parts.join(" · "));
}

const switchTitles: Readonly<Record<FilterSwitch, () => string>> = {
  allocating: () => l10n.t("Only what may allocate"),
  loops: () => l10n.t("Only in loops"),
  changed: () => l10n.t("Only on lines changed since HEAD"),
  profiled: () => l10n.t("Only what the loaded memory profile has"),
  tests: () => l10n.t("Tests and generated files as well"),
};

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
