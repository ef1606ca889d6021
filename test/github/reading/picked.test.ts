import { describe, expect, test } from "@jest/globals";
import { recordsOfPicked } from "../../../src/github/reading/picked.ts";
import type { CommitRecord, Participant } from "../../../src/signoff/snapshot.ts";

const sha = (index: number) => index.toString(16).padStart(40, "0");
const from = (...indexes: readonly number[]) =>
  indexes.map((index) => `(cherry picked from commit ${sha(index)})`).join("\n");

const olga: Participant = {
  account: { id: 7, login: "olga", type: "User" },
  role: "pusher",
  because: "pushed it",
};
const pushed: CommitRecord = { sha: sha(1), evidence: [], participants: [olga] };

async function picked(messages: string | readonly string[], known: readonly CommitRecord[]) {
  const asked: string[] = [];
  const recall = async (shas: readonly string[]) => {
    asked.push(...shas);
    return known.filter((record) => shas.includes(record.sha));
  };
  const commits = [messages].flat().map((message) => ({ sha: sha(9), message }));
  return { records: await recordsOfPicked(commits, recall), asked };
}

describe("what is known of a commit follows it into those that were picked from it", () => {
  test("whoever pushed it took part", async () => {
    const { records } = await picked(`Shrink\n\n${from(1, 2)}`, [pushed]);
    expect(records).toEqual([
      {
        sha: sha(9),
        evidence: [],
        participants: [{ ...olga, role: "opener", because: "pushed it as 0000000" }],
      },
    ]);
  });

  test("what was not kept of it is not known of them either", async () => {
    const { records } = await picked(from(1), [{ ...pushed, participants: [], dropped: true }]);
    expect(records).toMatchObject([{ sha: sha(9), dropped: true }]);
  });

  test("nothing is asked about commits that were not picked", async () => {
    expect(await picked("Shrink", [pushed])).toEqual({ records: [], asked: [] });
  });

  test("a hundred sources are looked at, and more are refused before anything is asked", async () => {
    const many = (count: number) => from(...Array.from({ length: count }, (_, index) => index + 1));
    expect((await picked(many(100), [pushed])).asked).toHaveLength(100);
    await expect(picked(many(101), [pushed])).rejects.toMatchObject({
      problem: { code: "evidence/too-many-picks" },
    });
  });

  test("a thousand sources of all commits are looked at, those that several name once, and more are refused", async () => {
    const hundred = (start: number) =>
      from(...Array.from({ length: 100 }, (_, index) => start * 100 + index));
    const most = Array.from({ length: 10 }, (_, index) => hundred(index));
    expect((await picked([...most, from(1), from(2)], [pushed])).asked).toHaveLength(1000);
    await expect(picked([...most, from(1000)], [pushed])).rejects.toMatchObject({
      problem: {
        code: "evidence/too-many-picks",
        message:
          "The commits of this pull request say that they were picked from 1001 others; 1000 at most are looked up.",
      },
    });
  });
});
