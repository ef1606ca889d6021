import type { CommitText, PullRequestText } from "../../src/provenance/change.ts";
import { createDetector } from "../../src/provenance/detector.ts";
import type { Account, Identity } from "../../src/provenance/identity.ts";

/** The detector without any configuration. */
export const detector = createDetector({ tools: [], agents: [], notAi: [] });

export const mona: Identity = { name: "Mona Lisa", email: "mona@example.com", account: null };
const webFlow: Identity = { name: "GitHub", email: "noreply@github.com", account: null };

export function person(text: string): Identity {
  const open = text.indexOf("<");
  return { name: text.slice(0, open).trim(), email: text.slice(open + 1, -1), account: null };
}

export function commit(with_: Partial<CommitText>): CommitText {
  return {
    sha: "a".repeat(40),
    message: "Fix it",
    author: mona,
    committer: webFlow,
    coAuthors: [],
    ...with_,
  };
}

export function pullRequest(with_: Partial<PullRequestText>): PullRequestText {
  return { author: account(7, "mona"), headRef: "fix-it", body: "", labels: [], ...with_ };
}

export function account(id: number, login: string, type: Account["type"] = "User"): Account {
  return { id, login, type };
}
