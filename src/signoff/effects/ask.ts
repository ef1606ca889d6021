import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import { ASKED_AT_ONCE } from "../limits.ts";
import type { MissingSignatures } from "../signatures/outcome.ts";
import type { Signers } from "../signatures/signers.ts";
import type { PullRequestFacts } from "../snapshot.ts";
import type { NotAsked } from "../time-verdict.ts";
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

/** Who is better not asked now. */
export interface Away {
  /**
   * People by login, lower-cased; whoever has least to do first. They are asked only where nobody else can sign; whoever
   * is late, not again.
   */
  readonly people: ReadonlyMap<string, NotAsked["because"] | "late">;
  /** Teams that were asked and did not answer in time, by slug, lower-cased. */
  readonly teams: ReadonlySet<string>;
}

const NOBODY_AWAY: Away = { people: new Map(), teams: new Set() };

interface Around {
  readonly signers: Signers;
  readonly away: Away;
}

/**
 * Few owners that together cover every need. Those asked already come first, then whoever covers most (greedy set
 * cover); among equals the order of the file decides. Asking a team asks all its members, so a team of which some are
 * away is asked through the others. No more are asked than GitHub takes at once: the others follow as signatures come in.
 */
export function whomToAsk(
  needs: readonly MissingSignatures[],
  requested: PullRequestFacts["requestedReviewers"],
  { signers, away = NOBODY_AWAY }: { readonly signers: Signers; readonly away?: Away },
): Requests {
  const open = needs.map(({ candidates, missing }): Open => {
    return { candidates: new Set(candidates.map(loginOf)), missing };
  });
  const { asked, inTurn } = choicesOf(needs, requested, { open, signers, away });
  const chosen = asked.filter((choice) => ask(choice) > 0);
  for (const choices of inTurn) chosen.push(...mostGainingOf(choices, chosen.length));
  return named(chosen.map(({ owner }) => owner));
}

function mostGainingOf(choices: readonly Choice[], before: number): readonly Choice[] {
  const chosen: Choice[] = [];
  while (before + chosen.length < ASKED_AT_ONCE) {
    const best = mostGaining(choices);
    if (best === null) break;
    ask(best);
    chosen.push(best);
  }
  return chosen;
}

interface Choices {
  /** Those asked already, and not late. */
  readonly asked: readonly Choice[];
  /** Owners; members of teams that did not answer; people who have too much to do, or are busy. */
  readonly inTurn: readonly (readonly Choice[])[];
}

function choicesOf(
  needs: readonly MissingSignatures[],
  requested: PullRequestFacts["requestedReviewers"],
  { open, signers, away }: Around & { readonly open: readonly Open[] },
): Choices {
  const choice = choiceAmong(open);
  const logins = new Map(
    needs.flatMap(({ candidates }) => candidates.map((each) => [loginOf(each), each.login])),
  );
  const person = (login: string) => choice({ kind: "user", login: logins.get(login) ?? login }, [login]);
  const whole = (owner: OwnerRef) => choice(owner, signers.candidates([owner]).map(loginOf));
  const isLateTeam = (owner: OwnerRef) => owner.kind === "team" && away.teams.has(owner.slug.toLowerCase());
  const isHere = (login: string) => !away.people.has(login);
  const written = distinct(needs.flatMap(({ from }) => from));
  const owners = written.filter((owner) => !isLateTeam(owner));
  const slugs = new Set(requested.teams.map((slug) => slug.toLowerCase()));
  const isAsked = (owner: OwnerRef) => owner.kind === "team" && slugs.has(owner.slug.toLowerCase());
  return {
    asked: [
      ...owners.filter(isAsked).map(whole),
      ...requested.users
        .filter((login) => away.people.get(login.toLowerCase()) !== "late")
        .map((login) => choice({ kind: "user", login }, [login.toLowerCase()])),
    ],
    inTurn: [
      owners
        .map(whole)
        .flatMap((each) => (isWhole(each, away) ? [each] : each.people.filter(isHere).map(person))),
      written
        .filter(isLateTeam)
        .flatMap((team) => whole(team).people)
        .filter(isHere)
        .map(person),
      [...away.people].filter(([, because]) => because !== "late").map(([login]) => person(login)),
    ],
  };
}

/** GitHub itself passes over whoever is busy in a team, so it is asked as a whole while somebody is there. */
function isWhole({ owner, people }: Choice, { people: away }: Away): boolean {
  if (owner.kind !== "team") return people.every((login) => !away.has(login));
  return people.some((login) => !away.has(login)) && people.every((login) => !HELD_BACK.has(away.get(login)));
}

const HELD_BACK: ReadonlySet<string | undefined> = new Set(["load", "late"]);

/** What an owner can serve of the needs. */
function choiceAmong(open: readonly Open[]): (owner: OwnerRef, people: readonly string[]) => Choice {
  const pairs = open.flatMap((need) => [...need.candidates].map((login) => ({ login, need })));
  const byPerson = Map.groupBy(pairs, ({ login }) => login);
  return (owner, people) => {
    const serves = new Set(people.flatMap((login) => byPerson.get(login)?.map(({ need }) => need) ?? []));
    return { owner, people, serves: [...serves] };
  };
}

function distinct(owners: readonly OwnerRef[]): readonly OwnerRef[] {
  return [...new Map(owners.map((owner) => [ownerKey(owner), owner])).values()];
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
