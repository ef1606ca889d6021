import { describe, expect, test } from "@jest/globals";
import type { GitHubClient } from "../../../../src/github/client/client.ts";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { askedInIssues } from "../../../../src/github/reading/people/issues.ts";
import { createPolicyDetector } from "../../../../src/policy/detector.ts";
import { DEFAULT_POLICY } from "../../../../src/policy/merge.ts";
import { HEAD, kiro, olga, requester, sven } from "../../../signoff/build.ts";

const detector = createPolicyDetector(DEFAULT_POLICY.detect);
const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const graphqlUser = ({ id, login }: typeof olga) => ({ __typename: "User", login, databaseId: id });
const said = (body: string, by = olga) => ({
  body,
  createdAt: "2026-11-20T10:00:00Z",
  author: graphqlUser(by),
  updatedAt: "2026-11-20T10:00:00Z",
  editor: null,
});
/** All pages after the first one are the same. */
const paged = (nodes: readonly object[], pages = 1, cursor = "1") => ({
  totalCount: nodes.length * pages,
  pageInfo: { hasNextPage: Number(cursor) < pages, endCursor: cursor },
  nodes,
});
const issue = (body: string, nodes: readonly object[] = [], comments: readonly object[] = []) => ({
  __typename: "Issue",
  ...said(body, sven),
  title: "Slow",
  timelineItems: paged(nodes),
  comments: paged(comments),
});
const assigned = {
  __typename: "AssignedEvent",
  createdAt: "2026-11-20T10:00:00Z",
  actor: graphqlUser(olga),
  assignee: { __typename: "Bot", login: "kiro-agent", databaseId: kiro.id },
};

interface Shown {
  readonly body?: string;
  readonly closes?: readonly number[];
  readonly untold?: number;
  /** By number. */
  readonly issues?: Readonly<Record<number, object>>;
  /** Of every further page of an issue, how many pages there are, and what one holds. */
  readonly more?: {
    readonly pages: number;
    readonly events?: readonly object[];
    readonly comments?: readonly object[];
    /** Each page says that the one after it is itself. */
    readonly stuck?: boolean;
  };
}

/** Who asked, as `login: because`; and how often GitHub was asked. */
async function asked({ body = "Fixes #12", closes = [], untold = 0, issues = {}, more }: Shown) {
  let calls = 0;
  const graphql = async (_: string, variables: Record<string, unknown>) => {
    calls += 1;
    if ("after" in variables) {
      const { pages = 1, events = [], comments = [], stuck = false } = more ?? {};
      const next = String(Number(variables.after) + (stuck ? 0 : 1));
      const pagesOf = (nodes: readonly object[]) => paged(nodes, pages, next);
      return {
        repository: { on: { comments: pagesOf(comments) }, issue: { timelineItems: pagesOf(events) } },
      };
    }
    const numbers = Object.entries(variables).filter(([name]) => /^number\d+$/.test(name));
    return {
      repository: Object.fromEntries(
        numbers.map(([name, number]) => [name.replace("number", "issue"), issues[Number(number)] ?? null]),
      ),
    };
  };
  const client = { graphql } as unknown as GitHubClient;
  const recall = async (subjects: readonly string[]) =>
    subjects
      .filter((sha) => sha === "#12")
      .map((sha) => ({ sha, evidence: [], participants: [requester(sven)] }));
  const request = { repository: at, pull: 7, headSha: HEAD, recall, caches: createCaches() };
  const texts = {
    pullRequest: { title: "", body },
    commits: [],
    closes: { numbers: closes, untold },
    detector,
  };
  const now = new Date("2026-11-20T12:00:00Z");
  const read = () => askedInIssues(client, { ...request, now, notBefore: 0 }, texts);
  await read();
  const found = await read();
  return { found: found.map(({ account, because }) => `${account.login}: ${because}`), calls };
}

const HEARD = "sven: asked Kiro to start (2026-11-20) in #12";

describe("who asked in the issues of a pull request", () => {
  test.each<{ why: string; shown: Shown; found: readonly string[] }>([
    { why: "whoever was heard", shown: { issues: { 12: issue("Slow") } }, found: [HEARD] },
    {
      why: "whoever assigned an agent before anything was heard",
      shown: { issues: { 12: issue("Slow", [assigned]) } },
      found: [HEARD, "olga: assigned kiro-agent[bot] (2026-11-20) in #12"],
    },
    {
      why: "whoever gave a command in a comment",
      shown: {
        issues: { 12: issue("Slow", [], [said("@claude please fix")]) },
      },
      found: [HEARD, "olga: gave Claude Code a command (2026-11-20) in #12"],
    },
    {
      why: "whoever wrote the command into the issue",
      shown: { issues: { 12: issue("@claude please fix") } },
      found: [HEARD, "sven: gave Claude Code a command (2026-11-20) in #12"],
    },
    {
      why: "nobody of what is linked and was never heard of",
      shown: { body: "", closes: [13], issues: { 13: issue("Slow") } },
      found: [],
    },
    {
      why: "nobody of another pull request",
      shown: { issues: { 12: { __typename: "PullRequest" } } },
      found: [],
    },
    { why: "whoever was heard in one that is gone", shown: {}, found: [HEARD] },
    { why: "nobody of a number that was never there", shown: { body: "Fixes #13" }, found: [] },
  ])("$why", async ({ shown, found }) => {
    expect(await asked(shown)).toEqual({ found, calls: 1 });
  });

  const longIssue = (of: "timelineItems" | "comments", nodes: readonly object[], pages: number) => ({
    ...issue("Slow"),
    [of]: paged(nodes, pages),
  });
  const hello = [said("hello", sven)];

  test.each<{ why: string; shown: Shown; found: readonly string[]; calls: number }>([
    {
      why: "whoever gave a command before all the comments that one page holds",
      shown: {
        issues: { 12: longIssue("comments", hello, 3) },
        more: { pages: 3, comments: [said("@claude please fix")] },
      },
      found: [HEARD, "olga: gave Claude Code a command (2026-11-20) in #12"],
      calls: 3,
    },
    {
      why: "whoever assigned an agent after all the events that one page holds",
      shown: {
        issues: { 12: longIssue("timelineItems", [], 3) },
        more: { pages: 3, events: [assigned] },
      },
      found: [HEARD, "olga: assigned kiro-agent[bot] (2026-11-20) in #12"],
      calls: 3,
    },
  ])("$why", async ({ shown, found, calls }) => {
    expect(await asked(shown)).toEqual({ found, calls });
  });

  test.each(["timelineItems", "comments"] as const)(
    "is not told where there are more %s than are read",
    async (of) => {
      const shown = (pages: number) => {
        const nodes = of === "comments" ? hello : [];
        return { issues: { 12: longIssue(of, nodes, pages) }, more: { pages, comments: hello } };
      };
      expect((await asked(shown(101))).found).toEqual([HEARD]);
      await expect(asked(shown(102))).rejects.toMatchObject({
        problem: {
          code: "evidence/issues-too-long",
          message:
            "More is written in the issue that this pull request names than is read, and somebody may have asked for it there.",
        },
      });
    },
  );

  test.each(["timelineItems", "comments"] as const)(
    "is not told where a page of %s leads to no other, though there are more",
    async (of) => {
      const nodes = of === "comments" ? hello : [];
      const shown = {
        issues: { 12: longIssue(of, nodes, 3) },
        more: { pages: 3, comments: hello, stuck: true },
      };
      await expect(asked(shown)).rejects.toThrow("the number of pages");
    },
  );

  test("is not told where GitHub does not tell all that it closes", async () => {
    await expect(asked({ closes: [13], untold: 1 })).rejects.toMatchObject({
      problem: { code: "evidence/too-many-issues", message: expect.stringContaining("names 3 issues") },
    });
  });

  test("is not asked where nothing is named", async () => {
    expect(await asked({ body: "" })).toEqual({ found: [], calls: 0 });
    expect(await asked({ body: "#7 is this one" })).toEqual({ found: [], calls: 0 });
  });
});
