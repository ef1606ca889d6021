import { z } from "zod";
import type { Account, CommandComment, Permission } from "../../../signoff/snapshot.ts";
import type { OwnerSet } from "../../../signoff/verdict.ts";
import type { HeardCommand } from "../../../store/memory.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { type GitHubClient, parsed, rest, restList } from "../../client/client.ts";
import { readCommandComment } from "./commands.ts";
import { mayWrite, permissionsOfSpeakers } from "./permissions.ts";
import type { ReadTeam } from "./team-answer.ts";
import { readTeams } from "./teams.ts";

/** What somebody says of something that got in. */
export interface ReadReply {
  readonly by: Account;
  readonly mayWrite: boolean;
  /** The areas that they own. */
  readonly owns: readonly string[];
  /** The comment that was heard, or `null` for an approving review; gone comments are left out. */
  readonly comment: CommandComment | null;
}

export interface RepliesRequest {
  readonly repository: RepositoryRef;
  /** The issue that was commented on. */
  readonly issue: number | null;
  readonly heard: readonly HeardCommand[];
  /** The merged pull request, its last head, and from when on its reviews count. */
  readonly merged: { readonly pull: number; readonly headSha: string; readonly since: string } | null;
  readonly passedOver: readonly { readonly area: string; readonly owners: OwnerSet["owners"] }[];
  readonly caches: { readonly permissions: Cache<Permission>; readonly teams: Cache<ReadTeam> };
  readonly now: Date;
}

const reviewsAnswer = z.array(
  z.object({
    state: z.string(),
    commit_id: z.string().nullable(),
    submitted_at: z.string().nullish(),
    user: z.object({ id: z.int(), login: z.string(), type: z.string() }).nullable(),
  }),
);

/**
 * What was said on the issue of a follow-up and on its pull request, and by whom, as it is now.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function readReplies(
  client: GitHubClient,
  request: RepliesRequest,
): Promise<readonly ReadReply[]> {
  const { repository, issue, heard, caches, now } = request;
  const speakers = heard.map(({ account: id, login }): Account => ({ id, login, type: "User" }));
  const approvers = await approversOf(client, request);
  const people = { repository, caches, now, notBefore: now.getTime() };
  const permissions = await permissionsOfSpeakers(client, people, [...speakers, ...approvers]);
  const writes = (account: Account) => mayWrite(permissions, account);
  if (![...speakers, ...approvers].some(writes)) return [];
  const owns = await ownership(client, request);
  const reply = (by: Account, comment: CommandComment | null): ReadReply => {
    return { by, mayWrite: writes(by), owns: owns(by), comment };
  };
  const said: ReadReply[] = approvers.map((by) => reply(by, null));
  for (const each of heard) {
    if (issue === null || !mayWrite(permissions, { id: each.account })) continue;
    const comment = await readCommandComment(client, { repository, number: issue }, each);
    if (comment !== null) said.push(reply(comment.by, comment));
  }
  return said;
}

/** Those who approve what was merged, after it was. */
async function approversOf(
  client: GitHubClient,
  { repository: { owner, repo }, merged }: RepliesRequest,
): Promise<readonly Account[]> {
  if (merged === null) return [];
  const { pull, headSha, since } = merged;
  const reviews = await restList(
    client,
    {
      route: "GET /repos/{owner}/{repo}/pulls/{pull}/reviews",
      parameters: { owner, repo, pull },
      need: "Pull requests: read",
    },
    (data) => parsed(reviewsAnswer, data, `the reviews of #${pull}`),
  );
  return latestWords(reviews).flatMap(
    ({ state, commit_id: sha, submitted_at: at, user }): readonly Account[] => {
      if (state !== "APPROVED" || sha !== headSha || user?.type !== "User") return [];
      if (at == null || Date.parse(at) < Date.parse(since)) return [];
      return [{ id: user.id, login: user.login, type: "User" }];
    },
  );
}

type Review = z.infer<typeof reviewsAnswer>[number];

/** What each person said last; a comment takes nothing back. GitHub lists reviews oldest first. */
function latestWords(reviews: readonly Review[]): readonly Review[] {
  const opinions = reviews.filter(({ state }) => OPINIONS.has(state));
  return [...new Map(opinions.map((review) => [review.user?.id, review])).values()];
}

const OPINIONS: ReadonlySet<string> = new Set(["APPROVED", "CHANGES_REQUESTED", "DISMISSED"]);

async function ownership(
  client: GitHubClient,
  { repository, passedOver, caches, now }: RepliesRequest,
): Promise<(account: Account) => readonly string[]> {
  const { repositoryId } = repository;
  const refs = passedOver.flatMap(({ owners }) => owners.filter((owner) => owner.kind === "team"));
  const context = { repository, repositoryId, caches, now, notBefore: now.getTime() };
  const teams = await readTeams(client, { ...context, teams: refs });
  const isIn = (name: string, { id }: Account) => {
    const team = teams[name]?.team;
    return team?.status === "known" && team.members.some((member) => member.id === id);
  };
  return (account) =>
    passedOver.flatMap(({ area, owners }) => {
      const owned = owners.some((owner) =>
        owner.kind === "team"
          ? isIn(`${owner.org}/${owner.slug}`.toLowerCase(), account)
          : owner.kind === "user" && owner.login.toLowerCase() === account.login.toLowerCase(),
      );
      return owned ? [area] : [];
    });
}

const pullAnswer = z.object({
  merged_by: z.object({ id: z.int(), login: z.string() }).nullish(),
});

/**
 * Who merged a pull request; `null` where GitHub does not tell.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function readMerger(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  pull: number,
): Promise<{ readonly id: number; readonly login: string } | null> {
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/pulls/{pull}",
    parameters: { owner, repo, pull },
    need: "Pull requests: read",
    absent: "not-there",
  });
  return parsed(pullAnswer, data, `pull request #${pull}`).merged_by ?? null;
}
