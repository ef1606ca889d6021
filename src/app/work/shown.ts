import { type ShownPull, summaryOf, writtenShort } from "../../pages/shown-pull.ts";
import { titleOf } from "../../signoff/report/headline.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { Publication } from "../github/port.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";

/** The page of the pull request that a check speaks of; where it speaks of several, that of the repository. */
export function detailsOf(
  { site: { ownPages }, repository: { owner, repo } }: Pick<Work, "site" | "repository">,
  judged: readonly JudgedPull[],
): Pick<Publication, "detailsUrl"> {
  if (ownPages === undefined) return {};
  const [one, ...others] = judged;
  const pull = one === undefined || others.length > 0 ? "" : `/pull/${one.pull}`;
  return { detailsUrl: `${ownPages}/${owner}/${repo}${pull}` };
}

/**
 * Keeps for the pages what was published, as data: nothing without pages, and little because of somebody without write
 * permission who has used up what is kept because of them.
 */
export async function keepShown(work: Work, published: Verdict): Promise<void> {
  const { site, store, repository, findings, task, clock } = work;
  if (site.ownPages === undefined) return;
  const check = {
    conclusion: published.conclusion,
    title: titleOf(published),
    pulls: findings.judged.map(({ pull }) => pull),
  };
  for (const one of findings.judged) {
    const shown = shownOf(one, check);
    const how = one.snapshot?.recorded.usedUp === true ? "least" : "in-full";
    const { pull, verdict } = one;
    await store.keepShown(
      repository,
      {
        ...{ pull, headSha: task.headSha, conclusion: verdict.conclusion },
        ...{ summary: JSON.stringify(summaryOf(shown)), record: writtenShort(shown, how) },
      },
      clock.now(),
    );
  }
}

function shownOf({ verdict, snapshot }: JudgedPull, check: ShownPull["check"]): ShownPull {
  const { toRecord: _, ...told } = verdict;
  return { facts: factsOf(snapshot), verdict: told, check };
}

function factsOf(snapshot: JudgedPull["snapshot"]): ShownPull["facts"] {
  if (snapshot === null) return null;
  const { title, author, base, draft, governedBy } = snapshot.pullRequest;
  return { title, author: author?.login ?? null, base: base.ref, draft, rulesSha: governedBy.sha };
}
