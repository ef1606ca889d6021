import { expect, test } from "@jest/globals";
import { groupCommit } from "../../src/store/group-commit.ts";

/** A disk that takes one commit at a time, and none with "bad" in it. */
function disk() {
  const commits: string[][] = [];
  const release: (() => void)[] = [];
  const commit = async (items: readonly string[]) => {
    commits.push([...items]);
    await new Promise<void>((resolve) => release.push(resolve));
    if (items.includes("bad")) throw new Error("not bad");
    return items.map((item) => `${item}!`);
  };
  /** Lets commits end until there are none. */
  const work = async () => {
    for (let idle = 0; idle < 5; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = release.shift();
      next?.();
      idle = next ? 0 : idle + 1;
    }
  };
  return { commits, commit, work };
}

test("what comes together shares a commit, and each gets its own answer", async () => {
  const { commits, commit, work } = disk();
  const put = groupCommit(commit);
  const answers = Promise.all(["a", "b", "c"].map(put));
  await work();
  expect(await answers).toEqual(["a!", "b!", "c!"]);
  expect(commits).toEqual([["a", "b", "c"]]);
});

test("what comes during a commit waits for the next one", async () => {
  const { commits, commit, work } = disk();
  const put = groupCommit(commit);
  const first = put("a");
  await new Promise((resolve) => setImmediate(resolve));
  const others = Promise.all([put("b"), put("c")]);
  await work();
  expect([await first, ...(await others)]).toEqual(["a!", "b!", "c!"]);
  expect(commits).toEqual([["a"], ["b", "c"]]);
});

test("one that cannot be committed fails alone", async () => {
  const { commit, work } = disk();
  const put = groupCommit(commit);
  const outcomes = Promise.allSettled(["a", "bad", "c"].map(put));
  await work();
  expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("goes on after a failure", async () => {
  const { commit, work } = disk();
  const put = groupCommit(commit);
  const failed = expect(put("bad")).rejects.toThrow("not bad");
  await work();
  await failed;
  const next = put("a");
  await work();
  expect(await next).toBe("a!");
});
