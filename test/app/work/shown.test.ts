import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ShownPull } from "../../../src/pages/shown-pull.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { HeadTask } from "../../../src/store/task.ts";
import { approval, HEAD, olga, SITE } from "../../signoff/build.ts";
import { FakeGitHub, pullRequest, UNGOVERNED } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const task = (...pulls: number[]): HeadTask => ({ kind: "head", headSha: HEAD, pulls, ...repository });
const PAGES = "https://countersign.test";

let store: Store;
let github: FakeGitHub;
let clock: ManualClock;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  github = new FakeGitHub();
  clock = new ManualClock();
});
afterEach(() => store.close());

function worker(ownPages?: string) {
  const site = { ...SITE, ...(ownPages !== undefined && { ownPages }) };
  return working({ store, github, clock, log: notes(), site });
}

async function shown(pull: number): Promise<ShownPull | null> {
  const kept = await store.shown(repository, pull);
  return kept && (JSON.parse(kept.record) as ShownPull);
}

describe("where there are pages", () => {
  test("a published verdict is kept as it was published, and the check leads to it", async () => {
    github.pulls = { 1: pullRequest(1, {}, { reviews: [approval(olga)] }) };
    await worker(PAGES).run(task(1));
    const [written] = github.written;
    expect(written).toMatchObject({ conclusion: "success", detailsUrl: `${PAGES}/acme/shop/pull/1` });
    const kept = await shown(1);
    expect(kept).toMatchObject({
      check: { conclusion: "success", title: written?.explanation.title, pulls: [1] },
      verdict: { conclusion: "success", requirements: [{ status: "signed" }] },
    });
    expect(kept?.verdict).not.toHaveProperty("toRecord");
  });

  test("one that is as it was published is kept too: the pages may have been switched on since", async () => {
    github.pulls = { 1: pullRequest(1) };
    await worker().run(task(1));
    await worker(PAGES).run(task(1));
    expect(github.written).toHaveLength(1);
    expect(await shown(1)).not.toBeNull();
  });

  test("each of several on a commit is kept by itself; the check leads to the repository", async () => {
    github.pulls = { 1: pullRequest(1), 2: pullRequest(2, {}, { reviews: [approval(olga)] }) };
    await worker(PAGES).run(task(1, 2));
    expect(github.written).toMatchObject([{ detailsUrl: `${PAGES}/acme/shop` }]);
    const conclusions = await Promise.all(
      [1, 2].map(async (pull) => (await shown(pull))?.verdict.conclusion),
    );
    expect(conclusions).toEqual(["action_required", "success"]);
    expect((await shown(2))?.check).toMatchObject({ conclusion: "action_required", pulls: [1, 2] });
  });

  test("what could not be read is kept as such", async () => {
    const problem = { code: "github/unavailable", severity: "error", message: "x.", remedy: "y." } as never;
    github.pulls = { 1: { status: "refused", problem, retryAfterMs: null } };
    await worker(PAGES).run(task(1));
    expect(await shown(1)).toMatchObject({ facts: null, verdict: { conclusion: "failure" } });
  });

  test("nothing is kept of what no check is on", async () => {
    github.pulls = { 1: pullRequest(1, UNGOVERNED) };
    await worker(PAGES).run(task(1));
    expect(await shown(1)).toBeNull();
  });

  test("little is kept of somebody without write permission because of whom too much is kept", async () => {
    const one = pullRequest(1);
    github.pulls = { 1: { ...one, recorded: { ...one.recorded, usedUp: true } } };
    await worker(PAGES).run(task(1));
    const kept = await shown(1);
    expect(kept?.isCut).toBe(true);
    expect(kept?.verdict.conclusion).toBe(github.written[0]?.conclusion);
  });
});

test("without pages nothing is kept, and the check leads where GitHub leads", async () => {
  github.pulls = { 1: pullRequest(1) };
  await worker().run(task(1));
  expect(github.written[0]).not.toHaveProperty("detailsUrl");
  expect(await shown(1)).toBeNull();
});
