import type { Hono } from "hono";
import { MOST_APPROVERS, type WhatIfPage, whatIfPage } from "../../pages/pull/what-if.ts";
import type { Account } from "../../signoff/snapshot.ts";
import { type Approver, knownAmong, withApprovals } from "../../signoff/what-if.ts";
import type { Seen } from "./access.ts";
import type { Doors, SentThere } from "./doors.ts";
import type { Judgements } from "./judgements.ts";
import type { PagePorts } from "./ports.ts";
import type { Say } from "./said.ts";

interface Ports extends PagePorts {
  readonly doors: Doors;
  readonly judgements: Judgements;
  readonly say: Say;
}

/** GitHub's logins, and those of Enterprise Managed Users. */
const LOGIN = /^@?[a-z\d][\w-]{0,99}$/i;
const LONGEST = MOST_APPROVERS * 102;

/** What the check would say if some people approved: for who may write, as much as may be judged for who signs. */
export function addWhatIf(app: Hono, ports: Ports): void {
  const { site, doors, say } = ports;
  app.post(
    "/:owner/:repo/pull/:number{[0-9]{1,10}}/what-if",
    doors.sentInRepository(async (context, sent) => {
      const { session: visitor, seen, form } = sent;
      if (seen.right === "read") return say(context, "nothing", visitor);
      const pull = Number(context.req.param("number"));
      const { owner, repo } = seen.repository;
      const asked = typeof form.people === "string" ? form.people.slice(0, LONGEST) : "";
      const answer = await answerTo(ports, { ...sent, pull, asked });
      return context.html(whatIfPage({ site, visitor, repository: `${owner}/${repo}`, pull, asked, answer }));
    }),
  );
}

async function answerTo(
  { judgements, signing, access }: Ports,
  { session, seen, pull, asked }: SentThere & { readonly pull: number; readonly asked: string },
): Promise<WhatIfPage["answer"]> {
  const logins = loginsIn(asked);
  if (logins === null) return { because: `Give the logins of at most ${MOST_APPROVERS} people.` };
  const fresh = await judgements.of(session, seen.repository, pull);
  if (fresh.status === "none") return fresh;
  const { known, unknown } = knownAmong(fresh.snapshot, logins);
  const approvers = await Promise.all(known.map((account) => approverOf(access, seen, account)));
  const supposed = withApprovals(fresh.snapshot, approvers);
  const verdict = known.length === 0 ? fresh.verdict : await signing.judgeAgain(supposed);
  if (verdict === null) return { because: "This could not be judged. Its check says more." };
  const { sha: headSha } = fresh.snapshot.pullRequest.head;
  const given = new Set(fresh.snapshot.reviews.map(({ id }) => id));
  return {
    headSha,
    known: known.map(({ login }) => login),
    unknown,
    verdict,
    isGiven: (id) => given.has(id),
  };
}

/** With what they may do as GitHub says now, like a visitor; where it does not say, nobody knows. */
async function approverOf(
  access: PagePorts["access"],
  { repository }: Seen,
  account: Account,
): Promise<Approver> {
  const seen = await access.to({ account: account.id, login: account.login }, repository);
  if (seen === null) return { account };
  return { account, permission: seen.right === "read" ? "read" : "write" };
}

/** `null` for none, for too many, and for what is no login. */
function loginsIn(text: string): readonly string[] | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const logins = new Map(words.map((word) => [word.replace(/^@/, "").toLowerCase(), word.replace(/^@/, "")]));
  if (logins.size === 0 || logins.size > MOST_APPROVERS) return null;
  return words.every((word) => LOGIN.test(word)) ? [...logins.values()] : null;
}
