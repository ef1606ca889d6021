import { beforeEach, describe, expect, test } from "@jest/globals";
import { Access } from "../../../src/app/pages/access.ts";
import type { Access as Right } from "../../../src/github/reading/read-snapshot.ts";
import { ManualClock, settled } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { SHOP } from "./visiting.ts";

const olga = { account: 3, login: "olga" };
const sam = { account: 4, login: "sam" };

let clock: ManualClock;
let asked: string[];
let answer: () => Promise<Right>;
let peopleSince: number;
let isOpen: boolean;
let access: Access;
beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  answer = async () => "read";
  peopleSince = 0;
  isOpen = true;
  access = new Access({
    ...{ clock, log: notes() },
    store: {
      repositoryCalled: async (owner, repo) => (`${owner}/${repo}` === "acme/shop" ? SHOP : null),
      moment: async () => ({ invalidations: 0, peopleSince }),
    },
    github: {
      access: async (_, { login }) => {
        asked.push(login);
        return answer();
      },
    },
    budgets: { isOpen: () => isOpen },
  });
});

const rightOf = async (who = olga) => (await access.toNamed(who, "acme", "shop"))?.right ?? null;

describe("who may see a repository", () => {
  test.each<[Right, Right | null]>([
    ["none", null],
    ["read", "read"],
    ["write", "write"],
    ["maintain", "maintain"],
  ])("is who GitHub says may: %s", async (right, expected) => {
    answer = async () => right;
    expect(await rightOf()).toBe(expected);
  });

  test("is nobody where the App does not know the repository, and GitHub is not asked", async () => {
    expect(await access.toNamed(olga, "acme", "other")).toBeNull();
    expect(asked).toEqual([]);
  });

  test("is known for a minute, each person by themselves", async () => {
    expect([await rightOf(), await rightOf(), await rightOf(sam)]).toEqual(["read", "read", "read"]);
    await clock.advance(59_999);
    await rightOf();
    expect(asked).toEqual(["olga", "sam"]);
    await clock.advance(1);
    answer = async () => "none";
    expect(await rightOf()).toBeNull();
    expect(asked).toEqual(["olga", "sam", "olga"]);
  });

  test("is asked about once where several want to know at the same time", async () => {
    expect(await Promise.all([rightOf(), rightOf()])).toEqual(["read", "read"]);
    expect(asked).toEqual(["olga"]);
  });
});

describe("what was known is not used", () => {
  test.each([
    "member",
    "membership",
    "organization",
    "team",
    "team_add",
    "repository",
    "installation_repositories",
  ])("after a delivery of %s", async (event) => {
    await rightOf();
    access.heard(event);
    answer = async () => "none";
    await clock.advance(1);
    expect(await rightOf()).toBeNull();
  });

  test("but it is after one that tells nothing of rights", async () => {
    await rightOf();
    access.heard("pull_request");
    await clock.advance(1);
    await rightOf();
    expect(asked).toEqual(["olga"]);
  });

  test("once another process heard that rights changed", async () => {
    await rightOf();
    await clock.advance(1);
    peopleSince = clock.now().getTime();
    answer = async () => "none";
    expect(await rightOf()).toBeNull();
  });

  test("where it was asked before the news and answered after it, by who asks again either", async () => {
    const { promise, resolve } = Promise.withResolvers<Right>();
    answer = () => promise;
    const before = rightOf();
    await clock.advance(1);
    access.heard("member");
    await clock.advance(1);
    answer = async () => "none";
    expect(await rightOf()).toBeNull();
    resolve("read");
    await before;
    expect(await rightOf()).toBeNull();
    expect(asked).toEqual(["olga", "olga"]);
  });
});

describe("nobody sees anything", () => {
  test("where GitHub fails; it is asked again", async () => {
    answer = async () => {
      throw new Error("502");
    };
    expect(await rightOf()).toBeNull();
    answer = async () => "read";
    expect(await rightOf()).toBe("read");
  });

  test("where GitHub takes long; what it says at last is known the next time", async () => {
    const { promise, resolve } = Promise.withResolvers<Right>();
    answer = () => promise;
    const first = rightOf();
    await settled();
    await clock.advance(800);
    expect(await first).toBeNull();
    resolve("read");
    expect(await rightOf()).toBe("read");
    expect(asked).toEqual(["olga"]);
  });

  test("where what is left of the installation's requests is kept for verdicts", async () => {
    isOpen = false;
    expect(await rightOf()).toBeNull();
    expect(asked).toEqual([]);
  });

  test("for whoever asks too often; others do, and they again a moment later", async () => {
    for (let time = 0; time < 130; time++) {
      access.heard("member");
      await clock.advance(2);
      await rightOf();
    }
    expect(asked).toHaveLength(120);
    expect(await rightOf()).toBeNull();
    expect(await rightOf(sam)).toBe("read");
    await clock.advance(2000);
    expect(await rightOf()).toBe("read");
  });

  test("where all of them together would use up an hour's requests", async () => {
    for (let account = 1; account <= 300; account++) await access.to({ account, login: `p${account}` }, SHOP);
    expect(asked).toHaveLength(200);
  });
});
