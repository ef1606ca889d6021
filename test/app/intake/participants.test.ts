import { describe, expect, test } from "@jest/globals";
import { interpret } from "../../../src/app/intake/events.ts";

const [sha, other] = ["a".repeat(40), "b".repeat(40)];
const kira = { id: 5, login: "kira", type: "User" };
const olga = { id: 11, login: "olga", type: "User" };
const kiro = { id: 12, login: "kiro-agent[bot]", type: "Bot" };
const common = {
  installation: { id: 7 },
  repository: { id: 70, name: "shop", default_branch: "main", owner: { login: "acme" } },
  sender: kira,
};
const pull_request = {
  number: 3,
  head: { sha, repo: { id: 70, owner: { login: "acme", id: 1, type: "Organization" } } },
};

const newsOf = (event: string, payload: object) =>
  interpret({ event, payload: { ...common, ...payload }, self: null }).news;
const requesters = (event: string, payload: object) =>
  (newsOf(event, payload).participants ?? []).map(
    ({ pull, participant }) => `${participant.account.login} ${participant.role} #${pull}`,
  );

describe("A16 whoever pushes a commit is known by the commit", () => {
  const commit = (id: string, more: object = {}) => ({ id, added: [], modified: [], removed: [], ...more });
  const pushersOf = (payload: object) =>
    (newsOf("push", { ref: "refs/heads/fix", after: sha, ...payload }).commits ?? []).map(
      ({ sha, participants: [pusher] }) =>
        [
          ...[pusher?.account.login, sha[0]],
          ...(pusher?.introduced ? ["introduced"] : []),
          ...(pusher?.web ? ["web"] : []),
        ].join(" "),
    );

  test.each<readonly [string, object, readonly string[]]>([
    ["each new one", { commits: [commit(other), commit(sha)] }, ["kira b", "kira a"]],
    ["the newest one though it was pushed before", { commits: [] }, ["kira a"]],
    [
      "not those that were pushed before",
      { commits: [commit(other, { distinct: false }), commit(sha)] },
      ["kira a"],
    ],
    [
      "those that GitHub calls new, as new",
      { commits: [commit(other, { distinct: true }), commit(sha)] },
      ["kira b introduced", "kira a"],
    ],
    [
      "those that say that GitHub made them, as such: GitHub has to say so as well",
      { commits: [commit(other), commit(sha, { committer: { username: "web-flow" }, distinct: true })] },
      ["kira b", "kira a introduced web"],
    ],
    [
      "one of those that was pushed before, too",
      { commits: [commit(sha, { committer: { username: "web-flow" }, distinct: false })] },
      ["kira a web"],
    ],
    ["a machine too", { sender: kiro, commits: [commit(sha)] }, ["kiro-agent[bot] a"]],
    ["nobody of a branch that is deleted", { after: "0".repeat(40), deleted: true, commits: [] }, []],
  ])("%s", (_, payload, pushers) => {
    expect(pushersOf(payload)).toEqual(pushers);
  });

  test("by the pull request too", () => {
    const news = newsOf("pull_request", { action: "synchronize", pull_request });
    expect(news.participants).toMatchObject([{ pull: 3, participant: { account: kira, role: "pusher" } }]);
    expect(news.commits).toMatchObject([{ sha, participants: [{ account: kira }] }]);
    expect(news.heads).toEqual([{ pull: 3, headSha: sha }]);
  });

  test("of a fork its owner counts as the one who did", () => {
    const fork = { ...pull_request, head: { sha, repo: { id: 71, owner: olga } } };
    expect(requesters("pull_request", { action: "opened", pull_request: fork })).toEqual(["olga pusher #3"]);
    expect(requesters("pull_request", { action: "opened", pull_request })).toEqual([]);
  });
});

describe("whoever starts an agent is known before they can take it back", () => {
  const issue = { number: 3 };
  test.each<readonly [string, string, object, readonly string[]]>([
    [
      "A18 by a comment",
      "issue_comment",
      { action: "created", comment: { body: "@claude fix it", user: olga } },
      ["olga requester #3"],
    ],
    [
      "A18 by a comment that is edited away",
      "issue_comment",
      {
        action: "edited",
        sender: olga,
        comment: { body: "Hm.", user: olga },
        changes: { body: { from: "@claude fix it" } },
      },
      ["olga requester #3"],
    ],
    [
      "A18 by a comment that is deleted",
      "issue_comment",
      { action: "deleted", comment: { body: "@claude fix it", user: olga } },
      ["olga requester #3"],
    ],
    [
      "A18 by editing somebody's comment",
      "issue_comment",
      {
        action: "edited",
        comment: { body: "@claude fix it", user: olga },
        changes: { body: { from: "Hm." } },
      },
      ["olga requester #3", "kira requester #3"],
    ],
    ["A19 by assigning an issue", "issues", { action: "assigned", assignee: kiro }, ["kira requester #3"]],
    [
      "A23 not by naming one",
      "issue_comment",
      { action: "created", comment: { body: "cc @copilot", user: olga } },
      [],
    ],
    ["not by assigning a person", "issues", { action: "assigned", assignee: olga }, []],
  ])("%s", (_, event, payload, expected) => {
    expect(requesters(event, { issue, ...payload })).toEqual(expected);
  });
});

test("E22 the repository is noted by its id, with the name it had", () => {
  const { repositories } = newsOf("repository", {
    action: "renamed",
    repository: { ...common.repository, node_id: "R_70", created_at: 1735689600 },
    changes: { repository: { name: { from: "store" } } },
  });
  expect(repositories).toEqual([
    {
      ...{ installationId: 7, repositoryId: 70, owner: "acme", repo: "shop", nodeId: "R_70" },
      createdAt: "2025-01-01T00:00:00.000Z",
      formerly: { owner: "acme", repo: "store" },
    },
  ]);
});

describe("E25 whose commands are counted", () => {
  const command = "@claude fix it";
  const issue = (by: object, association?: string) => ({
    ...{ number: 8, title: "Broken", body: command, user: by },
    ...(association !== undefined && { author_association: association }),
  });
  const outsiders = (event: string, payload: object) =>
    (newsOf(event, payload).participants ?? []).map(({ participant, outsider }) => [
      participant.account.login,
      outsider === true,
    ]);
  const by = { body: command, user: kira };

  test.each<readonly [string, string, object, readonly (readonly [string, boolean])[]]>([
    ["an issue's", "issues", { action: "opened", issue: issue(kira, "NONE") }, [["kira", true]]],
    ["where it is not told", "issues", { action: "opened", issue: issue(kira) }, [["kira", true]]],
    ["none of a member's", "issues", { action: "opened", issue: issue(kira, "MEMBER") }, [["kira", false]]],
    [
      "a comment's, by who wrote it",
      "issue_comment",
      {
        action: "created",
        issue: issue(olga, "OWNER"),
        comment: { ...by, author_association: "CONTRIBUTOR" },
      },
      [["kira", true]],
    ],
    [
      "none of a collaborator's, on an outsider's issue",
      "issue_comment",
      {
        action: "created",
        issue: issue(olga, "NONE"),
        comment: { ...by, author_association: "COLLABORATOR" },
      },
      [["kira", false]],
    ],
    [
      "an outsider's comment, and not of whoever edits it",
      "issue_comment",
      {
        action: "edited",
        issue: issue(olga, "NONE"),
        comment: { ...by, user: olga, author_association: "NONE" },
        changes: { body: { from: "before" } },
      },
      [
        ["olga", true],
        ["kira", false],
      ],
    ],
    [
      "a review's",
      "pull_request_review",
      {
        action: "submitted",
        pull_request,
        review: { id: 1, state: "commented", ...by, author_association: "FIRST_TIMER" },
      },
      [["kira", true]],
    ],
  ])("%s", (_, event, payload, expected) => {
    expect(outsiders(event, payload)).toEqual(expected);
  });
});
