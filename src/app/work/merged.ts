import { Pauses } from "../../github/client/pauses.ts";
import { cherryPickedFrom } from "../../provenance/text/cherry-picks.ts";
import { inherited } from "../../signoff/inherited.ts";
import { type CommitRecord, type Participant, UNLINKED, unlinkedKey } from "../../signoff/snapshot.ts";
import { changeSubject } from "../../store/fact.ts";
import type { CommitSource } from "../../store/memory.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { Work } from "./head-work.ts";

/** A pull request that was merged, its last head, and the commit that its base was moved to. */
export interface Merged {
  readonly pull: number;
  readonly headSha: string;
  readonly sha: string;
}

/**
 * What is known of a pull request follows it into its base. A squash or a rebase makes new commits, and another pull
 * request may bring those to a branch that is governed.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function rememberMerged(work: Work): Promise<void> {
  const { store, github, repository, task, findings, doubted } = work;
  for (const { pull, sha } of findings.merged) {
    const merged = { pull, headSha: task.headSha, sha };
    if (await isRemembered(store, repository, merged)) continue;
    const own = await knownOf(store, repository, merged);
    const merge = await github.merge(repository, pull);
    const made = beside(task.headSha, merge);
    const others = await recalled(work, made);
    const heirs = [...new Set([sha, ...merge.became])];
    await record(
      work,
      {
        ...merged,
        heirs,
        sources: sourcesOf(merged, { heirs, made: [task.headSha, changeSubject(task.headSha), ...made] }),
      },
      together([...own, ...others, writersOf(merge)]),
    );
    doubted();
  }
}

/** Whether what is known of a pull request is known of the commit that it became. */
export async function isRemembered(
  store: Pick<Store, "remember" | "recall">,
  repository: RepositoryRef,
  merged: Merged,
): Promise<boolean> {
  const own = together(await knownOf(store, repository, merged));
  const [there] = await store.recall(repository, [merged.sha]);
  return there !== undefined && isHeir(there, merged) && holds(there, heirOf(own, merged));
}

async function knownOf(
  store: Pick<Store, "remember" | "recall">,
  repository: RepositoryRef,
  { pull, headSha }: Merged,
): Promise<readonly Known[]> {
  return [await store.remember(repository, pull), ...(await store.recall(repository, [headSha]))];
}

/** Anybody can name as many commits as messages hold. */
async function recalled({ store, repository }: Work, shas: readonly string[]): Promise<readonly Known[]> {
  const pauses = new Pauses();
  const found: Known[] = [];
  for (let start = 0; start < shas.length; start += RECALLED_AT_ONCE) {
    await pauses.pause();
    found.push(...(await store.recall(repository, shas.slice(start, start + RECALLED_AT_ONCE))));
  }
  return found;
}

/** What a squash may name nobody for, and a later rewriting neither. */
function writersOf({ commits }: Merge): Known {
  const participants = commits.flatMap(({ sha, people, unlinked }): readonly Participant[] => {
    const part = { role: "commit-author", because: `wrote ${sha.slice(0, 7)}` } as const;
    return [
      ...people.map((person) => ({ account: { ...person, type: "User" as const }, ...part })),
      ...unlinked.map((identity) => ({ account: UNLINKED, ...part, identity: { ...identity, sha } })),
    ];
  });
  const isWhole = commits.every(({ unnamed }) => unnamed !== true);
  return { evidence: [], participants, ...(!isWhole && { dropped: true }) };
}

/** Its other commits, and those that they say they were picked from. */
function beside(headSha: string, { commits }: Merge): readonly string[] {
  const sources = commits.flatMap(({ message }) => cherryPickedFrom(message));
  return [...new Set([...commits.map(({ sha }) => sha), ...sources])].filter((sha) => sha !== headSha);
}

/** All commits were made of all that was merged: which of which nobody tells. */
function sourcesOf(
  { pull, sha }: Merged,
  { heirs, made }: Readonly<Record<"heirs" | "made", readonly string[]>>,
): readonly CommitSource[] {
  const merge = `merge of #${pull} as ${sha}`;
  const sources = made.filter((source) => !heirs.includes(source));
  return [
    ...heirs.map((heir) => ({ sha: heir, source: merge })),
    ...sources.map((source) => ({ sha: merge, source })),
  ];
}

interface ToRecord extends Merged {
  readonly heirs: readonly string[];
  readonly sources: readonly CommitSource[];
}

async function record(
  { store, repository, task: { headSha }, moment, clock }: Work,
  { pull, heirs, sources }: ToRecord,
  { dropped, ...known }: Known,
): Promise<void> {
  await store.record(repository, pull, {
    ...NOTHING_ELSE,
    commits: heirs.map((sha) => heirOf(known, { sha, pull })),
    ...(dropped && { dropped: { commits: heirs, pullRequest: false } }),
    sources,
    by: { headSha, asOf: moment.invalidations, at: clock.now() },
  });
}

const RECALLED_AT_ONCE = 1000;

const NOTHING_ELSE: Omit<Parameters<Store["record"]>[2], "commits" | "by"> = {
  approvals: [],
  evidence: [],
  participants: [],
  refusals: [],
  accounts: [],
  change: null,
};

type Known = Omit<CommitRecord, "sha">;

type Merge = Awaited<ReturnType<Work["github"]["merge"]>>;

function together(all: readonly Known[]): Known {
  return {
    evidence: all.flatMap(({ evidence }) => evidence),
    participants: all.flatMap(({ participants }) => participants),
    ...(all.some(({ dropped }) => dropped) && { dropped: true as const }),
  };
}

/** The merge is named with each person: whoever looks later sees that all there was to know came by it. */
function heirOf(known: Known, { sha, pull }: Pick<Merged, "sha" | "pull">): CommitRecord {
  const { participants, ...heir } = inherited(known, { sha, how: `in #${pull}` });
  return { ...heir, participants: participants.map((each) => ({ ...each, mergedIn: pull })) };
}

function isHeir({ participants }: Known, { pull }: Pick<Merged, "pull">): boolean {
  return participants.some(({ mergedIn }) => mergedIn === pull);
}

/** Whether it was remembered before: whoever took part in whichever role, and all marks. */
function holds(there: Known, wanted: Known): boolean {
  if (wanted.dropped && !there.dropped) return false;
  const keysOf = ({ evidence, participants }: Known) => [
    ...evidence.map((each) => JSON.stringify(each)),
    // Whoever took part in one role several times is kept with one reason.
    ...participants.map(
      ({ role, account, mergedIn, identity }) =>
        `${role} ${account.id} ${identity && unlinkedKey(identity)} ${mergedIn}`,
    ),
  ];
  const keys = new Set(keysOf(there));
  return keysOf(wanted).every((key) => keys.has(key));
}
