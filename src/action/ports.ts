import { judgementOf } from "../app/judging/judgement.ts";
import type { GroupPorts } from "../app/work/judge-group.ts";
import type { JudgeStore } from "../app/work/judge-head.ts";
import { NOTHING_KNOWN } from "../cli/simulate/read.ts";
import type { GitHubClient } from "../github/client/client.ts";
import { pullsInGroup } from "../github/listing/merge-group.ts";
import { listOpenHeads, type OpenHead } from "../github/listing/open-heads.ts";
import { askPermission, createCaches, readSnapshot } from "../github/reading/read-snapshot.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import type { RepositoryRef } from "../store/repository.ts";

/** By whom GitHub is asked and told. */
export interface Access {
  readonly client: GitHubClient;
  readonly repository: RepositoryRef;
  /** Whose check runs and suites are looked at: the own App's, or GitHub Actions'. */
  readonly appId: number;
  readonly now: () => Date;
}

/** GitHub Actions, in whose name the token of a workflow acts. */
export const GITHUB_ACTIONS = 15368;

/** What there is to judge by: GitHub as it is now, and no memory at all. */
export interface Bench extends GroupPorts {
  /** All open pull requests, as they were listed when this was made. */
  readonly open: readonly OpenHead[];
}

/** @throws {GitHubUnavailable | GitHubProblem | NotFound} */
export async function openBench({ client, repository, appId, now }: Access): Promise<Bench> {
  const open = await listOpenHeads(client, repository);
  const caches = createCaches();
  const pullsOn = (headSha: string) => open.filter((one) => one.headSha === headSha);
  return {
    open,
    store: rememberingNothing(pullsOn),
    github: {
      read: (of, reading) => readSnapshot(client, { ...reading, repository: of, caches, appId, now: now() }),
      // Whoever shares a head is among the open ones, from forks as well.
      pullsWithHead: async (_, headSha) =>
        pullsOn(headSha).map(({ number }) => ({ number, headSha, baseRef: "" })),
      pullsInGroup: (of, made) => pullsInGroup(client, of, made),
      mayWrite: async (of, { account: id, login }) =>
        WRITERS.has(await askPermission(client, of, { id, login })),
    },
    judge: async (snapshot) => ({ status: "judged", ...judgementOf(snapshot, resolvePolicy) }),
    passkeys: async () => ({ signAt: null, keys: [], vouches: [], signed: [] }),
  };
}

const WRITERS: ReadonlySet<string> = new Set(["write", "maintain", "admin"]);

/** The careful reading: what only a memory could tell is not told, and every answer is the strictest that follows. */
function rememberingNothing(pullsOn: (headSha: string) => readonly OpenHead[]): JudgeStore {
  const { memory, recall, recallSameContent } = NOTHING_KNOWN;
  return {
    remember: async () => memory,
    recall: (_, shas) => recall(shas),
    recallSameContent: (_, digest) => recallSameContent(digest),
    pullsWithHead: async (_, headSha) => pullsOn(headSha).map(({ number }) => number),
    loadElsewhere: async () => ({}),
    linePlaces: async () => [],
    hasUsedUp: async () => false,
    leaveLines: async () => {},
    noteHeld: async () => {},
    mayKeepMore: async () => {},
  };
}
