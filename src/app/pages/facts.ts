import type { ListedRepository } from "../../pages/overview.ts";
import type { JudgedThen } from "../../pages/pull/page.ts";
import { type ListedPull, mayMerge, type OpenFollowUp, type RepositoryPage } from "../../pages/repository.ts";
import type { PullSummary, ShownPull } from "../../pages/shown-pull.ts";
import { CONCLUSIONS, type Conclusion } from "../../signoff/verdict.ts";
import type { ListedVerdict, PageSession } from "../../store/pages.ts";
import type { SeenRepository } from "../../store/repository.ts";
import type { Seen } from "./access.ts";
import type { PagePorts } from "./ports.ts";

/** Of one list. */
const MOST_PULLS = 200;
const MOST_HISTORY = 100;
const MOST_EXCEPTIONS = 50;
const MOST_ANSWERS = 200;
/** Countersignatures; a page reads the first verdict on each of their pull requests. */
const MOST_WAITS = 300;

type Facts = Pick<PagePorts, "store">;

/** What is kept of a pull request; `null` where nothing is. */
export async function judgedThen(
  { store }: Facts,
  repository: SeenRepository,
  pull: number,
): Promise<JudgedThen | null> {
  const kept = await store.shown(repository, pull);
  if (kept === null) return null;
  const { headSha, judgedAt, since, inDoubt, record } = kept;
  // It is written by the worker alone.
  const shown = JSON.parse(record) as ShownPull;
  return { shown, headSha, judgedAt, since, inDoubt };
}

/** Newest first. */
export function historyOf({ store }: Facts, repository: SeenRepository, pull: number) {
  return store.ledgerOf(repository, pull, MOST_HISTORY);
}

type Standing = Pick<RepositoryPage, "pulls" | "hasMore" | "followUps" | "exceptions" | "gate">;

/** What a repository's page shows to somebody with that right. */
export async function repositoryFacts(
  { store }: Facts,
  one: Seen,
): Promise<Standing & Pick<RepositoryPage, "answers" | "waits">> {
  const { repository } = one;
  const answers = await store.answers(repository, MOST_ANSWERS);
  const waits = await store.waits(repository, MOST_WAITS);
  return { ...(await standingOf({ store }, one)), answers, waits };
}

async function standingOf({ store }: Facts, { repository, right }: Seen): Promise<Standing> {
  const [pulls, followUps, exceptions] = [
    await store.allShown(repository, MOST_PULLS + 1),
    await store.openFollowUpsIn(repository),
    await store.exceptions(repository, MOST_EXCEPTIONS),
  ];
  return {
    pulls: pulls.slice(0, MOST_PULLS).map(listedPull),
    hasMore: pulls.length > MOST_PULLS,
    followUps: followUps.map(({ followUp, accepted }): OpenFollowUp => {
      const { reason, commitSha, pull, openedAt, passedOver } = followUp;
      const areas = passedOver.filter(({ area }) => !accepted.includes(area));
      return { reason, commitSha, pull, openedAt, areas };
    }),
    exceptions,
    ...(right === "maintain" && { gate: await store.protection(repository) }),
  };
}

function listedPull({ pull, conclusion, summary, since, inDoubt }: ListedVerdict): ListedPull {
  const told = conclusionOf(conclusion);
  return { pull, conclusion: told, summary: JSON.parse(summary) as PullSummary, since, inDoubt };
}

/** What cannot be told is no pass. */
function conclusionOf(word: string): Conclusion {
  return CONCLUSIONS.find((conclusion) => conclusion === word) ?? "failure";
}

/** How many repositories are looked at for one visitor. */
export const MOST_REPOSITORIES = 40;
const ASKED_AT_ONCE = 8;

/** The repositories that somebody may see, in the order of their last verdicts. */
export async function seenRepositories(
  { store, access }: Pick<PagePorts, "store" | "access">,
  session: PageSession,
): Promise<readonly Seen[]> {
  const repositories = await store.shownRepositories(MOST_REPOSITORIES);
  const seen: Seen[] = [];
  for (let from = 0; from < repositories.length; from += ASKED_AT_ONCE) {
    const asked = repositories.slice(from, from + ASKED_AT_ONCE).map((one) => access.to(session, one));
    for (const one of await Promise.all(asked)) if (one !== null) seen.push(one);
  }
  return seen;
}

export async function listedRepository(ports: Facts, one: Seen): Promise<ListedRepository> {
  const { pulls, followUps, gate } = await standingOf(ports, one);
  const { owner, repo } = one.repository;
  const findings = gate?.findings;
  const count = (wanted: "no" | "unknown") => findings?.filter(({ holds }) => holds === wanted).length ?? 0;
  return {
    name: `${owner}/${repo}`,
    waiting: pulls.filter((pull) => !mayMerge(pull)).length,
    followUps: followUps.length,
    gate: findings === undefined ? null : { no: count("no"), unknown: count("unknown") },
  };
}
