import { afterAll, describe, expect, test } from "@jest/globals";
import { type Fact, installationFact, pullFact } from "../../../src/store/fact.ts";
import type { News } from "../../../src/store/jobs.ts";
import { openPostgresStore } from "../../../src/store/postgres/postgres.ts";
import type { RepositoryRef } from "../../../src/store/repository.ts";
import type { Store } from "../../../src/store/store.ts";
import { fc } from "../../fast-check.ts";
import { pass, publication } from "../passes-contract.ts";
import { playPasses, steps } from "../passes-model.ts";
import { startPostgres } from "./postgres-server.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const LEASE = 60_000;

(server ? describe : describe.skip)("passes that two replicas share", () => {
  const replicas = async () => {
    const url = (await server?.database()) ?? "";
    const [one, two] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
    return { one, two, close: () => Promise.all([one.close(), two.close()]) };
  };
  let deliveries = 0;
  const news = (store: Store, given: Partial<News>) => {
    deliveries += 1;
    const delivery = { id: String(deliveries), event: "push", action: null };
    return store.accept(delivery, { tasks: [], ...given }, at(1));
  };
  const doubt = (store: Store, ...facts: readonly Fact[]) => news(store, { invalidation: { facts } });
  const claimAll = async (store: Store, seconds: number) => {
    const heads: string[] = [];
    for (;;) {
      const next = await store.claimWithdrawal(at(seconds), LEASE);
      if (next === null) return heads;
      heads.push(next.headSha);
    }
  };

  test("E21 a doubt that comes while a pass is being noted is either seen by it or finds it", async () => {
    const { one, two, close } = await replicas();
    for (let round = 0; round < 40; round += 1) {
      const headSha = `s${round}`;
      const fact = pullFact(repository, round);
      const { invalidations: asOf } = await one.moment(7);
      const intended = publication(headSha, { facts: [fact], asOf });
      const [noted] = await Promise.all([one.intend(intended, at(0), at(40)), doubt(two, fact)]);
      expect(await claimAll(one, 1)).toEqual(noted ? [headSha] : []);
    }
    await close();
  });

  test("a doubt that comes while a write is reported finds its pass", async () => {
    const { one, two, close } = await replicas();
    for (let round = 0; round < 40; round += 1) {
      const fact = pullFact(repository, round);
      const { invalidations: asOf } = await one.moment(7);
      const written = publication(`s${round}`, { facts: [fact], asOf });
      await one.intend(written, at(0), at(40));
      await Promise.all([one.published(written, { id: 1, nodeId: null }, at(1)), doubt(two, fact)]);
      expect(await claimAll(two, 1)).toEqual([`s${round}`]);
    }
    await close();
  });

  test("a hundred claims of two replicas at once give each withdrawal to one of them", async () => {
    const { one, two, close } = await replicas();
    const facts = [installationFact(repository)];
    for (let index = 0; index < 50; index += 1) await pass(one, `s${index}`, facts);
    await doubt(one, ...facts);
    const claims = await Promise.all(
      Array.from({ length: 100 }, (_, index) => (index % 2 ? one : two).claimWithdrawal(at(1), LEASE)),
    );
    const heads = claims.flatMap((claim) => (claim === null ? [] : [claim.headSha]));
    heads.push(...(await claimAll(one, 1)));
    expect(heads).toHaveLength(50);
    expect(new Set(heads).size).toBe(50);
    await close();
  });

  test("deliveries that name the same things in other orders all get through", async () => {
    const { one, two, close } = await replicas();
    const all = [1, 2, 3, 4].map((id) => ({
      ...repository,
      repositoryId: id,
      nodeId: null,
      createdAt: null,
    }));
    const tell = (store: Store, order: typeof all) =>
      order.map((about) =>
        news(store, {
          about,
          repositories: order,
          heads: [{ pull: 1, headSha: "s1" }],
          invalidation: { facts: [pullFact(about, 1)] },
        }),
      );
    for (let round = 0; round < 15; round += 1) {
      const told = [...tell(one, all), ...tell(two, all.toReversed()), one.seeRepositories(all.toReversed())];
      expect((await Promise.allSettled(told)).filter(({ status }) => status === "rejected")).toEqual([]);
    }
    await close();
  });

  test("one process hears when another puts something in doubt", async () => {
    const { one, two, close } = await replicas();
    const heard = new Promise<void>((resolve) => two.onNews(resolve));
    await doubt(one, pullFact(repository, 1));
    await heard;
    await close();
  });

  test("property: whatever fails, GitHub shows no pass that the store does not know, and none in doubt for long", async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const url = (await server?.database()) ?? "";
        await playPasses(all, await openPostgresStore(url), async (killed) => {
          await killed.close();
          return openPostgresStore(url);
        });
      }),
      { numRuns: 4 },
    );
  });
});
