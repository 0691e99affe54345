/** The shape of what the JSON says of memory profiles, for reading it back. */
import * as v from "valibot";
import type { SiteProfile } from "../analysis/site.js";
import type { ProfileReport } from "../profile/profileReport.js";
import { reasonCodes } from "../analysis/reasonCodes.js";

/** Below zero in a profile that is the difference of two. */
const whole = v.pipe(v.number(), v.integer());
const count = v.pipe(whole, v.minValue(0));
const amount = v.object({ bytes: whole, objects: whole });
const callers = v.array(v.object({ file: v.string(), line: count, bytes: whole }));
const unjoined = v.picklist(["moved", "not-analyzed", "no-site", "other-size"]);

/** What a site has of the profile. */
export const siteProfile = v.object({
  ...amount.entries,
  share: v.number(),
  sharedWith: count,
  isCopy: v.boolean(),
  before: v.nullable(v.object({ line: whole, then: whole })),
  callers,
}) satisfies v.GenericSchema<unknown, SiteProfile>;

const line = v.object({
  ...amount.entries,
  file: v.string(),
  line: v.nullable(count),
  recordedLine: count,
  function: v.string(),
  share: v.number(),
  bytesBefore: v.nullable(whole),
  sites: v.array(v.object({ id: v.string(), reason: v.picklist(reasonCodes), message: v.string() })),
  unjoined: v.nullable(v.object({ why: unjoined, bytes: whole })),
  outside: v.array(v.object({ function: v.string(), bytes: whole })),
  callers,
});

/** What `--profile` named came to. */
export const profileReport = v.object({
  sources: v.array(v.string()),
  before: v.array(v.string()),
  metric: v.picklist(["alloc", "inuse"]),
  total: amount,
  totalBefore: v.nullable(amount),
  own: amount,
  joined: amount,
  unjoined: v.array(v.object({ why: unjoined, amount })),
  called: amount,
  elsewhere: amount,
  lines: v.array(line),
}) satisfies v.GenericSchema<unknown, ProfileReport>;
