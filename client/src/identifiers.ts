/** The names that package.json and the client share; test/package/manifest.test.ts holds them against each other. */

/** Prefix of settings and commands, and the language client's id: `<id>.trace.server` is read by the library. */
export const extensionId = "goEscapeLens";

export const displayName = "Go Escape Lens";

/** Commands of package.json's `contributes.commands`. */
export const commandIds = {
  analyzePackage: "goEscapeLens.analyzePackage",
  analyzeWorkspace: "goEscapeLens.analyzeWorkspace",
  benchmarkChanges: "goEscapeLens.benchmarkChanges",
  clearProfile: "goEscapeLens.clearProfile",
  ask: "goEscapeLens.ask",
  clearSiteFilter: "goEscapeLens.clearSiteFilter",
  compare: "goEscapeLens.compare",
  copyInformation: "goEscapeLens.copyInformation",
  copySites: "goEscapeLens.copySites",
  explain: "goEscapeLens.explain",
  exportSites: "goEscapeLens.exportSites",
  filterSites: "goEscapeLens.filterSites",
  groupByPackage: "goEscapeLens.groupByPackage",
  groupByReason: "goEscapeLens.groupByReason",
  loadProfile: "goEscapeLens.loadProfile",
  openPairs: "goEscapeLens.openPairs",
  openSample: "goEscapeLens.openSample",
  openSite: "goEscapeLens.openSite",
  openWalkthrough: "goEscapeLens.openWalkthrough",
  rankSites: "goEscapeLens.rankSites",
  restartServer: "goEscapeLens.restartServer",
  searchSites: "goEscapeLens.searchSites",
  showMoreSites: "goEscapeLens.showMoreSites",
  showProfile: "goEscapeLens.showProfile",
  takeProfile: "goEscapeLens.takeProfile",
  showOutput: "goEscapeLens.showOutput",
  toggleInlayHints: "goEscapeLens.toggleInlayHints",
  toggleLiveAnalysis: "goEscapeLens.toggleLiveAnalysis",
  toggleNotAllocating: "goEscapeLens.toggleNotAllocating",
} as const;

/** Colors of package.json's `contributes.colors`, by the heat of a line in a profile. */
export const profileColors = [
  "goEscapeLens.profile.coolForeground",
  "goEscapeLens.profile.warmForeground",
  "goEscapeLens.profile.hotForeground",
] as const;

/** Colors of package.json's `contributes.colors`: of signs that differ in their form as well. */
export const colorIds = {
  loopAllocation: "goEscapeLens.loopAllocationForeground",
  allocation: "goEscapeLens.allocationForeground",
  noAllocation: "goEscapeLens.noAllocationForeground",
} as const;

/** The Heap Escapes view of package.json's `contributes.views`. */
export const viewId = "goEscapeLens.heapEscapes";

/** Context keys of the view. */
export const viewContexts = {
  /** How it is grouped (protocol.ts, TreeGrouping). */
  grouping: "goEscapeLens.view.grouping",
  /** Whether its filter leaves out what is there at first. */
  narrowed: "goEscapeLens.view.narrowed",
  /** `sites`; `filtered`: there are some, but none passes the filter; `none`: none are known; `off`: no server. */
  content: "goEscapeLens.view.content",
} as const;

/** The tool of package.json's `contributes.languageModelTools`. */
export const languageModelToolName = "goEscapeLens_check";

/** The walkthrough of package.json's `contributes.walkthroughs`. */
export const walkthroughId = "start";

/** Scheme of explanations. URI schemes have no upper case (RFC 3986, section 3.1). */
export const explanationScheme = "goescapelens";

/** Runs what a code action of ours does once the person agrees; for no palette, so not in package.json. */
export const applyConfirmedCommand = "goEscapeLens.applyConfirmed";

/** Context key that is true once the extension runs; `when` clauses of package.json ask for it. */
export const activeContext = "goEscapeLens.active";

/** Go files on disk: what the server analyzes. */
export const goFiles = [{ language: "go", scheme: "file" }] as const;
