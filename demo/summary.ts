import { z } from "zod";
import { type Conversation, type Issue, isTeam, type Pull } from "../test/github-double/world/model.ts";
import type { Stage } from "./stage.ts";
import { checkLines, stateOf, whyBlocked } from "./standing.ts";

const check = z.object({
  /** `null` until it is completed. */
  conclusion: z.string().nullable(),
  title: z.string(),
  summary: z.string(),
  text: z.string(),
});

const said = z.object({ by: z.string(), body: z.string() });

const pullSummary = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(["open", "draft", "merged", "closed"]),
  base: z.string(),
  head: z.string(),
  headSha: z.string(),
  /** `null` until it is merged. */
  mergeSha: z.string().nullable(),
  labels: z.array(z.string()).readonly(),
  /** Logins, and teams as `org/slug`. */
  reviewers: z.array(z.string()).readonly(),
  reviews: z.array(z.object({ id: z.int(), by: z.string(), state: z.string() })).readonly(),
  comments: z.array(said).readonly(),
  /** `null` until it is first reported on the head. */
  check: check.nullable(),
  /** What the merge button would answer to a person with write access; `null` if it would merge. */
  blocked: z.string().nullable(),
});

const issueSummary = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(["open", "closed"]),
  body: z.string(),
  comments: z.array(said).readonly(),
});

/** The response of `/demo/state`. */
export const demoState = z.object({
  /** True when every delivery has been answered and the app is idle. */
  settled: z.boolean(),
  pulls: z.array(pullSummary).readonly(),
  /** Oldest first. */
  issues: z.array(issueSummary).readonly(),
});

export type DemoState = Readonly<z.infer<typeof demoState>>;
export type PullSummary = Readonly<z.infer<typeof pullSummary>>;
export type IssueSummary = Readonly<z.infer<typeof issueSummary>>;

export function summarise(stage: Stage, pull: Pull): PullSummary {
  const run = checkLines(pull).find(({ name }) => name === "countersign")?.run ?? null;
  const { number, title, baseRef, headRef, headSha } = pull;
  return {
    number,
    title,
    state: stateOf(pull),
    base: baseRef,
    head: headRef,
    headSha,
    mergeSha: pull.mergeCommitSha,
    labels: [...pull.labels].map(({ name }) => name),
    reviewers: [...pull.requested].map((who) =>
      isTeam(who) ? `${who.org.login}/${who.slug}` : who.restLogin,
    ),
    reviews: pull.reviews.map(({ id, author, state }) => ({ id, by: author.restLogin, state })),
    comments: commentsOn(pull),
    check: run && {
      conclusion: run.conclusion,
      title: run.title ?? "",
      summary: run.summary ?? "",
      text: run.text ?? "",
    },
    blocked: whyBlocked(stage, pull),
  };
}

export function summariseIssue(issue: Issue): IssueSummary {
  const { number, title, state, body } = issue;
  return { number, title, state, body: body ?? "", comments: commentsOn(issue) };
}

function commentsOn({ comments }: Conversation): PullSummary["comments"] {
  return comments.map(({ author, body }) => ({ by: author.restLogin, body }));
}
