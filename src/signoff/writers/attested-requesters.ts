import type { GitIdentity, Snapshot } from "../snapshot.ts";

/** Somebody whom a record beside a commit names as the one who directed the tools. */
export interface AttestedRequester {
  /** Its account is that of the same address in a commit, or the one that GitHub's own address names. */
  readonly identity: GitIdentity;
  readonly tools: readonly string[];
  readonly sha: string;
}

export function attestedRequesters({ commits }: Pick<Snapshot, "commits">): readonly AttestedRequester[] {
  const hands = commits.flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]);
  return commits.flatMap(
    ({ sha, attested }) =>
      attested?.flatMap((record): readonly AttestedRequester[] => {
        if (!record.ok) return [];
        const { requesters, tools } = record.attestation;
        const names = tools.map(({ tool }) => tool);
        return requesters.map((requester) => ({ identity: identify(requester, hands), tools: names, sha }));
      }) ?? [],
  );
}

const NAME_AND_ADDRESS = /^[^<]*<[^<>]*>\s*$/;
const NUMBERED = /^\d{1,12}\+[^+@]+@users\.noreply\.github\.com$/i;

function identify(requester: string, hands: readonly GitIdentity[]): GitIdentity {
  const { name, email } = readRequester(requester);
  // A name without an address is taken for the person in the commits who bears it.
  const known = hands.find(
    (hand) =>
      hand.account !== null &&
      (email === "" ? hand.name === name : hand.email.toLowerCase() === email.toLowerCase()),
  );
  return known ?? { name, email, account: accountIn(email) };
}

/** "Ada <ada@acme.example>", an address alone or a name alone. */
function readRequester(text: string): Pick<GitIdentity, "name" | "email"> {
  const end = NAME_AND_ADDRESS.test(text) ? text.indexOf("<") : text.length;
  const name = text.slice(0, end).trim();
  const email = text.slice(end + 1, text.lastIndexOf(">")).trim();
  return email === "" && name.includes("@") ? { name: "", email: name } : { name, email };
}

function accountIn(email: string): GitIdentity["account"] {
  if (!NUMBERED.test(email)) return null;
  const plus = email.indexOf("+");
  const login = email.slice(plus + 1, email.indexOf("@"));
  return { id: Number(email.slice(0, plus)), login, type: "User" };
}
