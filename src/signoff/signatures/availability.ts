import type { Snapshot } from "../snapshot.ts";
import type { Signer } from "../verdict.ts";

/**
 * Puts people into the order in which they are best asked: who was asked to look already, then who is not busy, then
 * whose review fewest others wait for, then by name.
 */
export function byAvailability({
  pullRequest,
  attention,
}: Snapshot): (people: readonly Signer[]) => readonly Signer[] {
  const asked = new Set(pullRequest.requestedReviewers.users.map((login) => login.toLowerCase()));
  const busy = new Set(attention?.busy);
  const known = (person: Signer): Signer =>
    person.id !== null && busy.has(person.id) ? { ...person, busy: true } : person;
  const turnOf = ({ id, login, busy: isBusy }: Signer) => {
    const name = login.toLowerCase();
    const waiting = id === null ? 0 : (attention?.waiting[id] ?? 0);
    return `${Number(!asked.has(name))}${Number(isBusy === true)}${String(waiting).padStart(9, "0")}${name}`;
  };
  return (people) => {
    const turns = new Map(people.map(known).map((person) => [turnOf(person), person]));
    return [...turns.keys()].toSorted().flatMap((turn) => turns.get(turn) ?? []);
  };
}
