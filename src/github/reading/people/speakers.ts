import type { Account, CommandComment, Permission } from "../../../signoff/snapshot.ts";
import type { HeardCommand, PageCommand, PullRequestMemory } from "../../../store/memory.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import type { GitHubClient } from "../../client/client.ts";
import { readCommandComment } from "./commands.ts";
import { mayWrite, permissionsOfSpeakers } from "./permissions.ts";

/** Comments that are judged at once; the others wait for the next time. */
const MOST = 20;

interface SpeakersRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly memory: Pick<PullRequestMemory, "commands" | "freezes">;
  readonly caches: { readonly permissions: Cache<Permission> };
  readonly now: Date;
  readonly notBefore: number;
}

/** Those who command or commanded something, what they may do, and what they say now. */
export interface Speakers {
  readonly commands: readonly CommandComment[];
  readonly permissions: Readonly<Record<number, Permission>>;
}

const NOBODY: Speakers = { commands: [], permissions: {} };

/**
 * Only the comments of people who may write are read: of the others nothing is heard. Costs nothing where nobody
 * commanded anything.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readSpeakers(client: GitHubClient, request: SpeakersRequest): Promise<Speakers> {
  const { repository, pull, memory } = request;
  if (memory.commands === undefined) return NOBODY;
  const { overrides } = memory.commands;
  const heard = strictFirst(memory.commands.heard).slice(0, MOST);
  const people: readonly Account[] = [
    ...heard.map(({ account: id, login }): Account => ({ id, login, type: "User" })),
    ...overrides.map(({ by }) => by),
    // A word for lifting a freeze counts with another person's.
    ...(memory.freezes?.lifts.slice(-MOST).map(({ by }) => by) ?? []),
  ];
  const permissions = await permissionsOfSpeakers(client, request, people);
  const commands: CommandComment[] = [];
  for (const each of heard) {
    const read = mayWrite(permissions, { id: each.account })
      ? await readCommandComment(client, { repository, number: pull }, each)
      : null;
    commands.push(read !== null && read.doubt !== "edited" ? read : (asHeard(each) ?? read ?? silent(each)));
  }
  return { commands, permissions };
}

/** What waits for its writer's passkey keeps nobody's no waiting. */
export function strictFirst(heard: readonly HeardCommand[]): readonly HeardCommand[] {
  const isStrict = ({ said }: HeardCommand) =>
    said !== undefined && (said.onPage === undefined || STRICTER.has(said.onPage));
  return [...heard.filter(isStrict), ...heard.filter((each) => !isStrict(each))];
}

const STRICTER: ReadonlySet<PageCommand> = new Set(["withdraw", "freeze"]);

/** Whoever may write can change or delete another's comment. A no that was heard stays one. */
function asHeard({ said, ...heard }: HeardCommand): CommandComment | null {
  return said === undefined ? null : { ...silent(heard), body: said.body, at: said.at, asHeard: true };
}

function silent({ commentId, account: id, login }: HeardCommand): CommandComment {
  return { id: commentId, by: { id, login, type: "User" }, at: LONG_AGO, body: "" };
}

/** Of a comment that says nothing it does not matter when. */
const LONG_AGO = new Date(0).toISOString();
