import { z } from "zod";
import type { Installation, OwnApp } from "../../doctor/facts.ts";
import { type Known, known, mapKnown, unknown } from "../../doctor/known.ts";
import type { Policy } from "../../policy/policy.ts";
import type { ResolvedPolicy } from "../../policy/resolve.ts";
import { type Asker, askList } from "./ask.ts";

/** Of 100 issues each. */
const PAGES = 5;

/** Pull requests are among the issues. */
const issuesAnswer = z.array(z.object({ number: z.int(), pull_request: z.unknown().optional() }));

interface Looking {
  readonly policy: Known<ResolvedPolicy>;
  readonly app: Known<OwnApp>;
  readonly installations: Known<readonly Installation[]>;
}

/** The open issues of the App, which opens them for follow-ups alone. Asks nothing where the config has none opened. */
export async function readFollowUps(asker: Asker, looking: Looking): Promise<Known<readonly number[]>> {
  const { policy, app, installations } = looking;
  if ("unknown" in policy) return policy;
  if (!isFollowedUp(policy.known.policy)) return known([]);
  if ("unknown" in app) return app;
  const own = mapKnown(installations, (all) => all.find(({ appId }) => appId === app.known.id));
  if ("unknown" in own) return own;
  if (own.known === undefined) return unknown("the App's installation");
  const issues = await askList(
    asker,
    {
      route: "GET /repos/{owner}/{repo}/issues",
      parameters: { state: "open", creator: `${own.known.slug}[bot]` },
      answer: issuesAnswer,
      right: `a token that can read the issues of ${asker.owner}/${asker.repo}`,
    },
    PAGES,
  );
  return mapKnown(issues, (all) =>
    all.flatMap(({ number, pull_request: pull }) => (pull === undefined ? [number] : [])),
  );
}

/** An invalid config tells nothing of what it asked for while it was valid. */
function isFollowedUp(policy: Policy | null): boolean {
  return policy === null || policy.override.by.length > 0 || policy.bypass.followUp === "issue";
}
