import { describe, expect, test } from "@jest/globals";
import type { GitHubClient } from "../../../../src/github/client/client.ts";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { askedInIssues } from "../../../../src/github/reading/people/issues.ts";
import { createPolicyDetector } from "../../../../src/policy/detector.ts";
import { DEFAULT_POLICY } from "../../../../src/policy/merge.ts";
import { HEAD, kiro, OLD_HEAD, olga, requester, sven } from "../../../signoff/build.ts";

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

/** What is written in the issue #12, the newest first; each says what it is called and when it was written last. */
interface Written {
  readonly body?: string;
  readonly minute: number;
}

/** A GitHub that pages through #12 by where a comment stands among the others, or by when it was written. */
function longIssues(all: Written[], by: "place" | "time" = "time") {
  const caches = createCaches();
  const size = { first: 50, more: 100 };
  let calls = 0;
  const nodeOf = ({ body = "hello", minute }: Written) => ({
    ...said(body),
    updatedAt: new Date(Date.parse("2026-11-01T00:00:00Z") + minute * 60_000).toISOString(),
  });
  const pageFrom = (start: number, count: number) => {
    const end = Math.min(start + count, all.length);
    const last = all[end - 1]?.minute ?? 0;
    const endCursor = by === "time" ? `before ${last}` : `place ${end}`;
    const pageInfo = { hasNextPage: end < all.length, endCursor };
    return { totalCount: all.length, pageInfo, nodes: all.slice(start, end).map(nodeOf) };
  };
  const graphql = async (_: string, { after }: Record<string, unknown>) => {
    calls += 1;
    if (after === undefined)
      return { repository: { issue0: { ...issue("Slow"), comments: pageFrom(0, size.first) } } };
    const [kind, value] = String(after).split(" ");
    const older = all.findIndex(({ minute }) => minute < Number(value));
    const start = kind === "place" ? Number(value) : older === -1 ? all.length : older;
    return { repository: { on: { comments: pageFrom(start, size.more) } } };
  };
  const client = { graphql } as unknown as GitHubClient;
  /** Who asked, or the problem; and how often GitHub was asked. */
  const read = async (headSha = HEAD) => {
    calls = 0;
    const request = { repository: at, pull: 7, headSha, recall: async () => [], caches };
    const texts = {
      pullRequest: { title: "", body: "Fixes #12" },
      commits: [],
      closes: { numbers: [], untold: 0 },
      detector,
    };
    const now = new Date("2026-11-20T12:00:00Z");
    const told = await askedInIssues(client, { ...request, now, notBefore: 0 }, texts).then(
      (found) => found.map(({ account }) => account.login),
      (error: { problem?: { code: string }; message: string }) => error.problem?.code ?? error.message,
    );
    return { told, calls };
  };
  return { read };
}

/** So many comments, of which one at a place holds a command. */
function comments(count: number, command?: number): Written[] {
  return Array.from({ length: count }, (_, place) => ({
    minute: count - place,
    ...(place === command && { body: "@claude please fix" }),
  }));
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

  test("is not told where there are more events than are read", async () => {
    const shown = (pages: number) => ({
      issues: { 12: longIssue("timelineItems", [], pages) },
      more: { pages },
    });
    expect((await asked(shown(101))).found).toEqual([HEARD]);
    await expect(asked(shown(102))).rejects.toMatchObject({
      problem: {
        code: "evidence/issues-too-long",
        message:
          "More happened in the issue that this pull request names than is read, and somebody may have asked for it there.",
      },
    });
  });

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

describe("who asked in an issue that strangers have filled", () => {
  const TOO_LONG = "evidence/issues-too-long";
  /** The question about the issue, and as many further pages as are read at once. */
  const AT_MOST = 26;

  test("is told after some readings, each of which costs no more than its share", async () => {
    const { read } = longIssues(comments(10_000, 9_990));
    for (let reading = 0; reading < 4; reading += 1)
      expect(await read()).toEqual({ told: TOO_LONG, calls: AT_MOST });
    const { told, calls } = await read();
    expect(told).toEqual([olga.login]);
    expect(calls).toBeLessThanOrEqual(AT_MOST);
  });

  test("is told at once for another head and another pull request, once it is read", async () => {
    const { read } = longIssues(comments(4_000, 3_990));
    expect(await read()).toMatchObject({ told: TOO_LONG });
    expect(await read()).toMatchObject({ told: [olga.login] });
    expect(await read(OLD_HEAD)).toEqual({ told: [olga.login], calls: 1 });
  });

  test("is told of what is written while the old is still read", async () => {
    const all = comments(4_000);
    const { read } = longIssues(all);
    expect(await read()).toMatchObject({ told: TOO_LONG });
    all.unshift(...comments(300, 200).map((each) => ({ ...each, minute: each.minute + 4_000 })));
    expect(await read()).toMatchObject({ told: [olga.login] });
  });

  test("is told where more is written meanwhile than is read at once", async () => {
    const all = comments(4_000, 3_990);
    const { read } = longIssues(all);
    expect(await read()).toMatchObject({ told: TOO_LONG });
    all.unshift(...comments(3_000).map((each) => ({ ...each, minute: each.minute + 4_000 })));
    expect(await read()).toMatchObject({ told: TOO_LONG });
    expect(await read()).toMatchObject({ told: TOO_LONG });
    expect(await read()).toMatchObject({ told: [olga.login] });
  });

  test("is read from the start where what was read last stands no more before what comes next", async () => {
    const all = comments(4_000, 2_700);
    const { read } = longIssues(all, "place");
    expect(await read()).toMatchObject({ told: TOO_LONG });
    // By their places, what comes next would be passed over.
    all.splice(0, 500);
    expect(await read()).toMatchObject({ told: "the number of pages" });
    expect(await read()).toMatchObject({ told: TOO_LONG });
    expect(await read()).toMatchObject({ told: [olga.login] });
  });
});
