import { type OwnerRef, ownerKey } from "../ownership/owner.ts";
import type { Need } from "./outcome.ts";
import type { Signers } from "./signers.ts";
import type { PullRequestFacts } from "./snapshot.ts";
import type { Verdict } from "./verdict.ts";

/** Whom to ask for review: owners as they are written. */
export type Requests = Verdict["reviewRequests"];

export const NOBODY_ASKED: Requests = { users: [], teams: [] };

/** A need that shrinks as people are asked. */
interface Open {
  readonly candidates: ReadonlySet<string>;
  readonly asked: Set<string>;
  readonly missing: number;
}

interface Choice {
  readonly owner: OwnerRef;
  readonly people: readonly string[];
}

/**
 * Few owners that together cover every need. Those asked already come first, then whoever covers most (greedy set
 * cover); among equals the order of the file decides. Asking a team asks all its members.
 */
export function whomToAsk(
  needs: readonly Need[],
  requested: PullRequestFacts["requestedReviewers"],
  signers: Signers,
): Requests {
  const open = needs.map(({ candidates, missing }): Open => {
    return { candidates: new Set(candidates.map(loginOf)), asked: new Set(), missing };
  });
  const choices = choicesOf(needs, requested, signers);
  const chosen = choices.asked.filter((choice) => gain(choice, open) > 0 && ask(choice, open));
  for (;;) {
    const [best] = choices.owners
      .map((choice) => ({ choice, gain: gain(choice, open) }))
      .toSorted((one, other) => other.gain - one.gain);
    if (best === undefined || best.gain === 0) break;
    ask(best.choice, open);
    chosen.push(best.choice);
  }
  return named(chosen.map(({ owner }) => owner));
}

function choicesOf(
  needs: readonly Need[],
  { users, teams }: PullRequestFacts["requestedReviewers"],
  signers: Signers,
) {
  const owners = needs.flatMap(({ from }) => from).filter(({ kind }) => kind !== "email");
  const choices = [...new Map(owners.map((owner) => [ownerKey(owner), owner])).values()].map(
    (owner): Choice => {
      return { owner, people: signers.candidates([owner]).map(loginOf) };
    },
  );
  const asked = users.map(
    (login): Choice => ({ owner: { kind: "user", login }, people: [login.toLowerCase()] }),
  );
  const slugs = new Set(teams.map((slug) => slug.toLowerCase()));
  const askedTeams = choices.filter(
    ({ owner }) => owner.kind === "team" && slugs.has(owner.slug.toLowerCase()),
  );
  return { asked: [...askedTeams, ...asked], owners: choices };
}

/** How many missing signatures somebody new could give. */
function gain(choice: Choice, open: readonly Open[]): number {
  return open.reduce((sum, need) => sum + newPeople(choice, need).length, 0);
}

function ask(choice: Choice, open: readonly Open[]): true {
  for (const need of open) for (const login of newPeople(choice, need)) need.asked.add(login);
  return true;
}

function newPeople({ people }: Choice, { candidates, asked, missing }: Open): readonly string[] {
  return people.filter((login) => candidates.has(login) && !asked.has(login)).slice(0, missing - asked.size);
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
