import { z } from "zod";
import { isTeam, type Pull } from "../test/github-double/world/model.ts";
import type { Stage } from "./stage.ts";
import { checkLines, stateOf } from "./standing.ts";

const check = z.object({
  /** `null` until it is completed. */
  conclusion: z.string().nullable(),
  title: z.string(),
  summary: z.string(),
  text: z.string(),
});

const pullSummary = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(["open", "draft", "merged", "closed"]),
  base: z.string(),
  head: z.string(),
  headSha: z.string(),
  labels: z.array(z.string()).readonly(),
  /** Logins, and teams as `org/slug`. */
  reviewers: z.array(z.string()).readonly(),
  reviews: z.array(z.object({ id: z.int(), by: z.string(), state: z.string() })).readonly(),
  /** `null` until it is first reported on the head. */
  check: check.nullable(),
  /** What the merge button would answer to a person with write access; `null` if it would merge. */
  blocked: z.string().nullable(),
});

/** The response of `/demo/state`. */
export const demoState = z.object({
  /** True when every delivery has been answered and the app is idle. */
  settled: z.boolean(),
  pulls: z.array(pullSummary).readonly(),
});

export type DemoState = Readonly<z.infer<typeof demoState>>;
export type PullSummary = Readonly<z.infer<typeof pullSummary>>;

export function summarise({ double, people }: Stage, pull: Pull): PullSummary {
  const run = checkLines(pull).find(({ name }) => name === "countersign")?.run ?? null;
  const { number, title, baseRef, headRef, headSha } = pull;
  return {
    number,
    title,
    state: stateOf(pull),
    base: baseRef,
    head: headRef,
    headSha,
    labels: [...pull.labels].map(({ name }) => name),
    reviewers: [...pull.requested].map((who) =>
      isTeam(who) ? `${who.org.login}/${who.slug}` : who.restLogin,
    ),
    reviews: pull.reviews.map(({ id, author, state }) => ({ id, by: author.restLogin, state })),
    check: run && {
      conclusion: run.conclusion,
      title: run.title ?? "",
      summary: run.summary ?? "",
      text: run.text ?? "",
    },
    blocked: double.world.whyNotMergeable(pull, people.olga),
  };
}
