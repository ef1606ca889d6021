import { describe, expect, test } from "@jest/globals";
import { acceptanceBy, acceptanceObstacle, type Reply } from "../../../src/signoff/authority/accept.ts";
import type { CommandComment } from "../../../src/signoff/snapshot.ts";
import { bot, nils, olga } from "../build.ts";

const COMMIT = "c".repeat(20) + "d".repeat(20);
const LINE = `/countersign accept ${COMMIT.slice(0, 12)} It was right`;
const asked = { commitSha: COMMIT, involved: [nils.id], involvedLogins: ["sven"] };
const olgas: Reply = { by: olga, mayWrite: true, owns: ["infrastructure"] };
const comment = (body: string, more: Partial<CommandComment> = {}): CommandComment => {
  return { id: 1, by: olga, at: "2026-11-20T12:00:00Z", body, ...more };
};

describe("what a comment on a follow-up comes to", () => {
  test("an owner accepts what they own, with a reason", () => {
    expect(acceptanceBy(olgas, comment(LINE), asked)).toEqual({
      ...{ status: "accepted", areas: ["infrastructure"], reason: "It was right" },
    });
  });

  test.each<{
    why: string;
    reply?: Partial<Reply>;
    body?: string;
    more?: Partial<CommandComment>;
    says: string;
  }>([
    {
      why: "is no command that there is",
      body: "/countersign approve",
      says: "it names no command that there is",
    },
    { why: "is another command", body: "/countersign withdraw", says: "here one can only accept" },
    { why: "was edited", more: { doubt: "edited" }, says: "it was edited, so it may not be your own word" },
    {
      why: "is about another commit",
      body: LINE.replace("cccc", "dddd"),
      says: `this is about ${COMMIT.slice(0, 12)}.`,
    },
    {
      why: "names its end",
      body: LINE.replace("c".repeat(12), "d".repeat(12)),
      says: `this is about ${COMMIT.slice(0, 12)}.`,
    },
    {
      why: "is by who owns none of it",
      reply: { owns: [] },
      says: "you own nothing of what nobody signed for",
    },
    { why: "is by who took part", reply: { by: nils }, says: "you took part in the change" },
  ])("one that $why is refused", ({ reply = {}, body = LINE, more = {}, says }) => {
    const acceptance = acceptanceBy({ ...olgas, ...reply }, comment(body, more), asked);
    expect(acceptance).toEqual({ status: "refused", answer: expect.stringContaining(says) });
    expect(acceptance).toMatchObject({ answer: expect.stringMatching(/^Nothing came of the command: /) });
  });

  test.each([
    { why: "who may not write", reply: { mayWrite: false }, body: LINE },
    {
      why: "who may not write, and wrote nothing clear",
      reply: { mayWrite: false },
      body: "/countersign approve",
    },
    { why: "who gives no command", reply: {}, body: "Why?" },
  ])("nothing by one of somebody $why", ({ reply, body }) => {
    expect(acceptanceBy({ ...olgas, ...reply }, comment(body), asked)).toEqual({ status: "nothing" });
  });
});

test.each<{ why: string; reply?: Partial<Reply>; says: string | null }>([
  { why: "nothing, for an owner who took no part", says: null },
  {
    why: "a machine",
    reply: { by: bot("helper[bot]", 9) },
    says: "you have no write access to this repository",
  },
  {
    why: "no right to write",
    reply: { mayWrite: false },
    says: "you have no write access to this repository",
  },
  {
    why: "a part, by id",
    reply: { by: { ...nils, login: "renamed" } },
    says: "you took part in the change, let it through or merged it",
  },
  {
    why: "a part, by a login that nobody is known to bear",
    reply: { by: { ...olga, login: "Sven" } },
    says: "you took part in the change, let it through or merged it",
  },
  { why: "nothing that they own", reply: { owns: [] }, says: "you own nothing of what nobody signed for" },
])("what keeps somebody from accepting: $why", ({ reply = {}, says }) => {
  expect(acceptanceObstacle({ ...olgas, ...reply }, asked)).toBe(says);
});
