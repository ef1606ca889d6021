import type { GitIdentity, Snapshot } from "./snapshot.ts";

/** Somebody whom a record beside a commit names as the one who directed the tools. */
export interface Director {
  /** Its account is that of the same address in a commit, or the one that GitHub's own address names. */
  readonly identity: GitIdentity;
  readonly tools: readonly string[];
  readonly sha: string;
}

export function directorsOf({ commits }: Pick<Snapshot, "commits">): readonly Director[] {
  const hands = commits.flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]);
  return commits.flatMap(({ sha, attested = [] }) =>
    attested.flatMap((record): readonly Director[] => {
      if (!record.ok) return [];
      const { requesters, tools } = record.attestation;
      const names = tools.map(({ tool }) => tool);
      return requesters.map((requester) => ({ identity: identify(requester, hands), tools: names, sha }));
    }),
  );
}

const NAME_AND_ADDRESS = /^([^<]*)<([^<>]*)>\s*$/;
const NUMBERED = /^(\d{1,12})\+([^+@]+)@users\.noreply\.github\.com$/i;

function identify(requester: string, hands: readonly GitIdentity[]): GitIdentity {
  const [, named = "", address = ""] = NAME_AND_ADDRESS.exec(requester) ?? ["", requester, ""];
  const bare = address === "" && named.includes("@");
  const [name, email] = bare ? ["", named.trim()] : [named.trim(), address.trim()];
  // A name without an address is taken for the person in the commits who bears it.
  const known = hands.find(
    (hand) =>
      hand.account !== null &&
      (email === "" ? hand.name === name : hand.email.toLowerCase() === email.toLowerCase()),
  );
  if (known !== undefined) return known;
  const [, id, login] = NUMBERED.exec(email) ?? [];
  const account =
    id === undefined || login === undefined ? null : { id: Number(id), login, type: "User" as const };
  return { name: name === "" ? email : name, email, account };
}
