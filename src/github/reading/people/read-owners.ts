import type { ReadTeam } from "./team-answer.ts";
import type { ReadUser } from "./users.ts";

/** The owners in question. */
export interface ReadOwners {
  /** By `org/slug`; one of another organization has no id. */
  readonly teams: Readonly<Record<string, ReadTeam>>;
  readonly users: Readonly<Record<string, ReadUser>>;
}
