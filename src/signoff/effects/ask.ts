import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import { ASKED_AT_ONCE } from "../limits.ts";
import type { MissingSignatures } from "../signatures/outcome.ts";
import type { Signers } from "../signatures/signers.ts";
import type { PullRequestFacts } from "../snapshot.ts";
import type { Verdict } from "../verdict.ts";

/** Whom to ask for review: owners as they are written. */
export type Requests = Verdict["reviewRequests"];

export const NOBODY_ASKED: Requests = { users: [], teams: [] };

/** A need that shrinks as people are asked. */
interface Open {
  /** Who could serve it and was not asked. */
  readonly candidates: Set<string>;
  missing: number;
}

/** An owner with the people behind them, and the needs that some of those people could serve. */
interface Choice {
  readonly owner: OwnerRef;
  readonly people: readonly string[];
  readonly serves: readonly Open[];
}

/**
 * Few owners that together cover every need. Those asked already come first, then whoever covers most (greedy set
 * cover); among equals the order of the file decides. Asking a team asks all its members. No more are asked than
 * GitHub takes at once: the others follow as signatures come in.
 */
export function whomToAsk(
  needs: readonly MissingSignatures[],
  requested: PullRequestFacts["requestedReviewers"],
  signers: Signers,
): Requests {
  const { asked, owners } = choicesOf(needs, requested, signers);
  const chosen = asked.filter((choice) => ask(choice) > 0);
  while (chosen.length < ASKED_AT_ONCE) {
    const best = mostGaining(owners);
    if (best === null) break;
    ask(best);
    chosen.push(best);
  }
  return named(chosen.map(({ owner }) => owner));
}

function choicesOf(
  needs: readonly MissingSignatures[],
  { users, teams }: PullRequestFacts["requestedReviewers"],
  signers: Signers,
) {
  const open = needs.map(({ candidates, missing }): Open => {
    return { candidates: new Set(candidates.map(loginOf)), missing };
  });
  const pairs = open.flatMap((need) => [...need.candidates].map((login) => ({ login, need })));
  const byPerson = Map.groupBy(pairs, ({ login }) => login);
  const choice = (owner: OwnerRef, people: readonly string[]): Choice => {
    const serves = new Set(people.flatMap((login) => byPerson.get(login)?.map(({ need }) => need) ?? []));
    return { owner, people, serves: [...serves] };
  };
  const written = needs.flatMap(({ from }) => from);
  const owners = [...new Map(written.map((owner) => [ownerKey(owner), owner])).values()].map((owner) =>
    choice(owner, signers.candidates([owner]).map(loginOf)),
  );
  const slugs = new Set(teams.map((slug) => slug.toLowerCase()));
  const askedTeams = owners.filter(
    ({ owner }) => owner.kind === "team" && slugs.has(owner.slug.toLowerCase()),
  );
  const askedUsers = users.map((login) => choice({ kind: "user", login }, [login.toLowerCase()]));
  return { asked: [...askedTeams, ...askedUsers], owners };
}

/** The first of those that gain most; `null` when none gains anything. */
function mostGaining(choices: readonly Choice[]): Choice | null {
  let best: Choice | null = null;
  let most = 0;
  for (const choice of choices) {
    const gained = gain(choice);
    if (gained > most) {
      best = choice;
      most = gained;
    }
  }
  return best;
}

/** How many missing signatures somebody who was not asked before could give. */
function gain({ people, serves }: Choice): number {
  let gained = 0;
  for (const { candidates, missing } of serves) {
    gained += Math.max(0, Math.min(missing, people.filter((login) => candidates.has(login)).length));
  }
  return gained;
}

function ask(choice: Choice): number {
  const gained = gain(choice);
  for (const need of choice.serves) {
    for (const login of choice.people) if (need.candidates.delete(login)) need.missing -= 1;
  }
  return gained;
}

function named(owners: readonly OwnerRef[]): Requests {
  const names = owners.map((owner) => ({
    users: owner.kind === "user" ? [owner.login] : [],
    teams: owner.kind === "team" ? [owner.slug] : [],
  }));
  return {
    users: [...new Set(names.flatMap(({ users }) => users))],
    teams: [...new Set(names.flatMap(({ teams }) => teams))],
  };
}

function loginOf({ login }: { readonly login: string }): string {
  return login.toLowerCase();
}
