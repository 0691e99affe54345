/** The packages of one folder in which go is run, as the compiler can be called for them directly. */
import type { CompileTool } from "./compileTool.js";
import type { PlanSource } from "./planStore.js";
import type { WorkspaceListing } from "./workspaceListing.js";

export interface DirectBuild {
  readonly listing: WorkspaceListing;
  readonly tool: CompileTool;
}

/** The plans of a build. */
export function planSource({ listing, tool }: DirectBuild): PlanSource {
  return {
    of: ({ id }) => {
      const outcome = listing.plans.get(id) ?? { unsuitable: "go list does not know it" };
      return Promise.resolve("plan" in outcome ? { plan: outcome.plan, tool } : outcome);
    },
    dependsOn: () => false,
  };
}
