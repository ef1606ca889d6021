import { checkWriteOf } from "../app/github/check-write.ts";
import { createCaches } from "../github/reading/read-snapshot.ts";
import { withdrawAll, write } from "../github/writing/write.ts";
import type { Access } from "./ports.ts";
import { labelsOf, type Publisher, passes } from "./publishing.ts";

/** Shows verdicts as checks of the own App, which nobody else can write: the same that the server writes. */
export function checkPublisher({ client, repository, appId, now }: Access, page: string): Publisher {
  return {
    publish: async (judged, { onlyStricter }) => {
      const { headSha, checks, findings } = judged;
      const wanted = checks.filter((check) => !onlyStricter || !passes(check));
      const { checks: outcomes, notApplied } = await write(
        client,
        {
          ...{ repository, headSha },
          checks: wanted.map((check) => {
            const existing = findings.checkRuns?.find(({ name }) => name === check.name) ?? null;
            return { ...checkWriteOf({ ...check, existing }), detailsUrl: page };
          }),
          labelsAndReviewers: onlyStricter ? [] : labelsOf(judged),
        },
        { caches: createCaches(), now: now() },
      );
      for (const outcome of outcomes) if (outcome.status === "failed") throw outcome.error;
      const published = checks.map((check) => ({
        ...{ check, written: wanted.includes(check), passes: passes(check) },
      }));
      return { published, notApplied };
    },
    takeBack: async ({ headSha, title: reason }) => {
      await withdrawAll(client, { repository, headSha, appId, reason });
      return true;
    },
    seenAt: () => null,
  };
}
