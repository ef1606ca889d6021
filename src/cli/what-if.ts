import type { Account, Snapshot, Team } from "../signoff/snapshot.ts";
import type { People } from "./local-git/people.ts";

/** What the user wants to try: facts that only GitHub could tell, or that are still to come. */
export interface WhatIf {
  /** Logins taken as approving the head now, with write permission. */
  readonly approvedBy: readonly string[];
  /** Logins of members, by team (`org/slug`, lower-cased). */
  readonly teams: ReadonlyMap<string, readonly string[]>;
}

/** The same snapshot as it would be if that were so. */
export function suppose(snapshot: Snapshot, people: People, { approvedBy, teams }: WhatIf): Snapshot {
  const approvers = uniqueById(approvedBy.map((login) => people.ofLogin(login)));
  const known = [...teams].map(([team, logins]): readonly [string, Team] => [
    team,
    { status: "known", members: uniqueById(logins.map((login) => people.ofLogin(login))) },
  ]);
  return {
    ...snapshot,
    reviews: approvers.map((reviewer, index) => ({
      id: index + 1,
      reviewer,
      state: "approved",
      submittedAt: snapshot.now,
      commitSha: snapshot.pullRequest.head.sha,
      body: "",
    })),
    authority: {
      permissions: Object.fromEntries(
        [...approvers, ...known.flatMap(([, team]) => (team.status === "known" ? team.members : []))].map(
          ({ id }) => [id, "write"],
        ),
      ),
      teams: { ...snapshot.authority.teams, ...Object.fromEntries(known) },
    },
  };
}

function uniqueById(accounts: readonly Account[]): readonly Account[] {
  return [...new Map(accounts.map((account) => [account.id, account])).values()];
}
