/** An analysis whose sites carry what memory profiles say of them (`escapelens report --profile`). */
import { loadProfile, type ProfileRequest } from "../profile/loadProfile.js";
import { ProfileError } from "../profile/profileError.js";
import { profileReport } from "../profile/profileReport.js";
import { summarize } from "../profile/profileSummary.js";
import { profileProblemWords } from "../profile/profileWords.js";
import { UsageError } from "./options.js";
import { collect, type CollectRequest, type FoundProject } from "./collect.js";
import { relativeTo, type Report } from "./report.js";
import type { Site } from "../analysis/site.js";

/** Lines of a profile that a report has at most: beyond them each is next to nothing. */
const lineLimit = 500;

/** The profiles that a person names. */
export type ProfileNames = Pick<ProfileRequest, "sources" | "before" | "metric">;

/** Rejects as `collect` does, and with UsageError where a profile cannot be read. */
export async function collectProfiled(
  request: CollectRequest,
  named: ProfileNames,
  signal: AbortSignal,
): Promise<Report> {
  const { folder } = request;
  let profile: Report["profile"];
  const annotate = async ({ sites, packages, texts }: FoundProject) => {
    const textOf = (file: string) => Promise.resolve(texts.get(file)?.text);
    const loading = { ...named, folder, packages, textOf, mayRunGit: true };
    const loaded = await loadProfile(loading, () => undefined, signal).catch((error: unknown) => {
      throw error instanceof ProfileError ? new UsageError(profileProblemWords(error)) : error;
    });
    const byFile = new Map<string, Site[]>([...texts.keys()].map((file) => [file, []]));
    for (const site of sites) byFile.get(site.file)?.push(site);
    const sitesOf = (file: string) => {
      const own = byFile.get(file);
      return own && { sites: own, text: undefined };
    };
    profile = profileReport(loaded, summarize(loaded, sitesOf), relativeTo(folder), lineLimit);
    return [...byFile].flatMap(([file, own]) => loaded.annotate(file, own));
  };
  const { report } = await collect({ ...request, annotate }, signal);
  return profile === undefined ? report : { ...report, profile };
}
