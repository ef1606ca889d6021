import type { Evidence, TextWriter } from "../../provenance/evidence.ts";
import type { Account, Snapshot } from "../snapshot.ts";
import type { MachineList } from "./people.ts";
import type { Pushers } from "./pushers.ts";

interface Known {
  readonly machines: MachineList;
  readonly pushers: Pushers;
}

/** Adds to evidence which person wrote the text it stands in: what machines write means more, and outsiders' less. */
export function withTextWriters(
  { pullRequest }: Pick<Snapshot, "pullRequest">,
  { machines, pushers }: Known,
): (evidence: Evidence) => Evidence {
  const isPerson = (account: Account) => machines.machine(account) === null;
  const { author, fork, outsider } = pullRequest;
  const byPerson = (account: Account | null): TextWriter | null =>
    account !== null && isPerson(account)
      ? { id: account.id, login: account.login, outsider: outsider === true && account.id === author?.id }
      : null;
  const body = byPerson(writerOfBody(pullRequest));
  const branch = fork ? byPerson(author) : null;
  const writerOf = ({ where }: Evidence): TextWriter | null => {
    if (where.field === "body") return body;
    if (where.field === "branch") return branch;
    if (where.on !== "commit" || where.field !== "message") return null;
    const pushed = pushers.of(where.sha);
    return pushed.every(isPerson) ? byPerson(pushed[0] ?? null) : null;
  };
  return (evidence) => {
    const writtenBy = writerOf(evidence);
    return writtenBy === null ? evidence : { ...evidence, writtenBy };
  };
}

/** Whoever wrote the text as it is now; `null` where that is an app in its author's name, or an account that is gone. */
export function writerOfBody({ author, editedBy, performedVia }: Snapshot["pullRequest"]): Account | null {
  if (editedBy !== undefined) return editedBy;
  return performedVia === undefined ? author : null;
}
