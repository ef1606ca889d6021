import { describe, expect, test } from "@jest/globals";
import { GitHubUnavailable, NotFound } from "../../../src/github/client/errors.ts";
import { settled } from "../manual-clock.ts";
import { type Listed, ListedGitHub, listOf } from "./listed-github.ts";
import { EVERY_MS, Polled } from "./polled.ts";

function polled(list: Listed[] = []): { readonly github: ListedGitHub; readonly app: Polled } {
  const github = new ListedGitHub();
  const app = new Polled(github);
  github.list = list;
  return { github, app };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
const START = new Date(Date.UTC(2026, 0, 1));
const HOUR_MS = 3_600_000;

/** Questions about the list, of those that were asked since. */
const pages = ({ asked }: ListedGitHub, since = 0) =>
  asked.slice(since).filter((one) => one.startsWith("list"));

describe("a look", () => {
  test("takes in what was not accepted before, oldest first, and each once", async () => {
    const { app } = polled(listOf(3, START));
    app.accepted.add("2");
    await app.look();
    await app.look();
    expect(app.ids).toEqual(["1", "3"]);
  });

  test("costs one request where nothing happened, however much there was", async () => {
    const { github, app } = polled(listOf(150, START));
    await app.look();
    await app.clock.advance(3 * 60_000);
    await app.look();
    const before = github.asked.length;
    await app.look();
    expect(github.asked.slice(before)).toEqual(["list"]);
  });

  test("asks for no payload that tells nothing, and notes that it was seen", async () => {
    const { github, app } = polled(listOf(1, START, { event: "check_suite", action: "requested" }));
    await app.look();
    expect(github.asked).toEqual(["list"]);
    expect(app.taken).toEqual([{ id: "1", event: "check_suite", payload: { action: "requested" } }]);
  });

  test("takes in what has just happened before what was missed while the app was away", async () => {
    const missed = listOf(2, new Date(START.getTime() - HOUR_MS));
    const { app } = polled([
      { guid: "4", delivered_at: "2026-01-01T00:00:00Z" },
      { guid: "3", delivered_at: "2025-12-31T23:59:30Z" },
      ...missed,
    ]);
    await app.look();
    expect(app.ids).toEqual(["3", "4", "1", "2"]);
  });

  test("of one delivery with several attempts takes in one", async () => {
    const at = { delivered_at: "2026-01-01T00:00:00Z" };
    const { app } = polled([
      { guid: "1", ...at },
      { guid: "1", ...at },
    ]);
    await app.look();
    expect(app.ids).toEqual(["1"]);
  });
});

describe("a list that moves", () => {
  test("loses nothing when deliveries come while it is read", async () => {
    const { github, app } = polled(listOf(250, START));
    github.onAsked = (question) => {
      if (question !== "list 150") return;
      github.list = [{ guid: "251", delivered_at: "2026-01-01T00:00:01Z" }, ...github.list];
      github.onAsked = () => {};
    };
    await app.look();
    await app.look();
    expect(app.ids.toSorted()).toEqual(numbers(1, 251).toSorted());
    expect(new Set(app.ids).size).toBe(251);
  });

  test("gives up a delivery that it lists late, below newer ones", async () => {
    const { github, app } = polled(listOf(300, START));
    await app.look();
    await app.clock.advance(EVERY_MS);
    github.list.splice(20, 0, { guid: "999", delivered_at: github.list[20]?.delivered_at ?? "" });
    await app.look();
    expect(app.ids.at(-1)).toBe("999");
  });

  test("gives it up within the hour where that is pages further down", async () => {
    const { github, app } = polled(listOf(1000, START));
    await app.look();
    await app.clock.advance(10 * 60_000);
    github.list.splice(950, 0, { guid: "9999", delivered_at: github.list[950]?.delivered_at ?? "" });
    await app.look();
    expect(app.ids).not.toContain("9999");
    await app.clock.advance(HOUR_MS);
    await app.look();
    await app.look();
    expect(app.ids).toContain("9999");
  });

  test("is read some pages at a time, down to its end", async () => {
    const { github, app } = polled(listOf(2_000, START));
    await app.poller.look();
    expect(pages(github)).toHaveLength(15);
    const before = github.asked.length;
    await app.poller.look();
    expect(pages(github, before).length).toBeLessThanOrEqual(15);
    await app.look();
    expect(new Set(app.ids).size).toBe(2_000);
  });

  test("is begun anew where the place in it is gone", async () => {
    const { github, app } = polled(listOf(1_200, START));
    github.onAsked = (question) => {
      if (question === "list 200") throw new NotFound("no such cursor");
    };
    await app.look();
    expect(app.ids).not.toContain("1");
    github.onAsked = () => {};
    await app.clock.advance(HOUR_MS);
    for (let time = 0; time < 3; time++) await app.look();
    expect(app.ids).toContain("1");
  });
});

describe("what cannot be read", () => {
  const broken = (): never => {
    throw new GitHubUnavailable("bad gateway", 10_000);
  };

  test("does not hold up the others, and is asked for again", async () => {
    const { github, app } = polled(listOf(3, START));
    github.onAsked = (question) => {
      if (question.endsWith("00002")) throw new NotFound("Not Found");
    };
    await app.look();
    expect(app.ids).toEqual(["1", "3"]);
    expect(app.poller.unread).toBe(1);
    const before = github.asked.length;
    await app.look();
    expect(github.asked.slice(before)).toEqual(["list"]);
    github.onAsked = () => {};
    await app.clock.advance(5_000);
    await app.look();
    expect([app.ids.at(-1), app.poller.unread]).toEqual(["2", 0]);
  });

  test("ends the look where GitHub is away, and the next one goes on with the others", async () => {
    const { github, app } = polled(listOf(3, START));
    github.onAsked = (question) => {
      if (question.endsWith("00001")) broken();
    };
    await expect(app.look()).rejects.toThrow("bad gateway");
    await app.look();
    expect(app.ids).toEqual(["2", "3"]);
    github.onAsked = () => {};
    await app.clock.advance(10_000);
    await app.look();
    expect(app.ids).toEqual(["2", "3", "1"]);
  });

  test("is read from its newest attempt, which GitHub keeps the longest", async () => {
    const again = { guid: "1", delivered_at: "2026-01-01T00:00:00Z", id: "00009" };
    const { github, app } = polled([again, { guid: "1", delivered_at: "2025-12-30T00:00:00Z" }]);
    await app.look();
    expect(github.asked.at(-1)).toMatch(/00009$/);
  });

  test("a delivery that the disk does not take is taken in again", async () => {
    const { app } = polled(listOf(2, START));
    app.onAccept = () => {
      app.onAccept = () => {};
      throw new Error("disk full");
    };
    await expect(app.look()).rejects.toThrow("disk full");
    await app.clock.advance(10_000);
    await app.look();
    expect(app.ids).toEqual(["1", "2"]);
  });

  test("a process that is killed between two leaves the rest to the next one", async () => {
    const { github, app } = polled(listOf(4, START));
    app.onAccept = () => {
      if (app.ids.length === 2) throw new Error("killed");
    };
    await expect(app.look()).rejects.toThrow("killed");
    const next = new Polled(github, app);
    await next.look();
    expect([app.ids, next.ids]).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });
});

describe("the loop", () => {
  test("looks every few seconds, and says at the start what that costs", async () => {
    const { github, app } = polled();
    app.poller.start();
    await settled();
    for (let time = 0; time < 3; time++) await app.clock.advance(EVERY_MS);
    await app.poller.stop();
    expect(pages(github)).toHaveLength(4);
    expect(app.log.lines[0]?.fields).toEqual({ seconds: 5, idleHour: 720, busyHour: 4000 });
  });

  test("waits no longer than a minute of itself, however long GitHub has failed", async () => {
    const { github, app } = polled();
    github.onAsked = () => {
      throw new NotFound("Not Found");
    };
    app.poller.start();
    await settled();
    for (let time = 0; time < 60; time++) await app.clock.advance(60_000);
    const before = github.asked.length;
    await app.clock.advance(60_000);
    await app.poller.stop();
    expect(github.asked.length).toBe(before + 1);
    expect(before).toBeGreaterThan(60);
  });

  test("says where GitHub lists nothing at all, as where the App's webhook is not active", async () => {
    const { github, app } = polled();
    await app.look();
    expect(app.poller.standing).toMatch(
      /^GitHub lists no delivery .* webhook in the App's settings is active$/,
    );
    github.list = listOf(1, START);
    await app.look();
    expect(app.poller.standing).toBe("ok");
  });

  test("waits for as long as GitHub says, says so, and goes on", async () => {
    const { github, app } = polled(listOf(1, START));
    github.onAsked = () => {
      throw new GitHubUnavailable("limited", 90_000);
    };
    app.poller.start();
    await settled();
    await app.clock.advance(89_000);
    expect(github.asked).toHaveLength(1);
    expect(app.poller.standing).toMatch(
      /^deliveries could not be read from GitHub since 2026-01-01T00:00:00/,
    );
    github.onAsked = () => {};
    await app.clock.advance(1_000);
    await app.poller.stop();
    expect([app.ids, app.poller.standing]).toEqual([["1"], "ok"]);
  });
});

describe("what strangers can cause without end", () => {
  /** So many comments in an hour, and somebody leaving a team at its end. */
  const flooded = () => {
    const leaving = {
      guid: "9000",
      event: "membership",
      action: "removed",
      delivered_at: "2026-01-01T00:00:00Z",
    };
    return polled([leaving, ...listOf(3_500, new Date(START.getTime() - 1_000))]);
  };

  test("keeps nobody from hearing of what only people with rights can do", async () => {
    const { github, app } = flooded();
    for (let time = 0; time < 3; time++) await app.look();
    expect(app.ids).toContain("9000");
    expect(app.poller.unread).toBeGreaterThan(0);
    github.list = [
      { guid: "9001", event: "member", action: "removed", delivered_at: "2026-01-01T00:00:01Z" },
      ...github.list,
    ];
    const before = app.ids.length;
    await app.look();
    expect(app.ids.slice(before)).toEqual(["9001"]);
    expect(github.asked.length).toBeLessThan(4_000);
  });

  test("has the repository swept, once in a while, and the rest read in the next hour", async () => {
    const { app } = flooded();
    const shop = {
      installationId: 7,
      repositoryId: 70,
      owner: "acme",
      repo: "shop",
      nodeId: null,
      createdAt: null,
    };
    app.repositories.push(shop);
    for (let time = 0; time < 3; time++) await app.look();
    const { nodeId: _, createdAt: __, ...where } = shop;
    expect(app.swept).toEqual([{ kind: "repository", routine: true, ...where }]);
    await app.clock.advance(HOUR_MS);
    await app.look();
    expect(app.poller.unread).toBe(0);
  });
});
