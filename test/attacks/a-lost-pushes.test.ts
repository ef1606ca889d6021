import { expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const NOTES = { "app/notes.md": "notes\n" } as const;
const MORE = { "app/more.md": "more\n" } as const;

type Act = (gate: Gate) => Pull | Promise<Pull>;
type Ways = readonly (readonly [string, Act])[];

/** Does something whose pushes no webhook tells of. */
async function missed<T>(gate: Gate, act: () => T): Promise<T> {
  await gate.settle();
  const found = gate.double.webhooks.drop(({ event }) => event === "push");
  const result = act();
  found();
  return result;
}

const push = (gate: Gate, branch: string, changes: Record<string, string>, by: Account) =>
  gate.world.push(gate.repo, branch, [gate.kirosCommit(changes)], by);

function open(gate: Gate, head: string, author: Account = gate.bots.kiro): Pull {
  return gate.world.openPull(gate.repo, {
    ...{ head, base: "main", author },
    title: "Fix the slow checkout",
    body: KIRO_LINE("kira"),
  });
}

/** Olga's push of Kiro's commit, in each of these ways, is not heard of; what Kiro does after it is. */
const PUSHES: Ways = [
  [
    "together with more of the agent's in one push",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      await missed(gate, () =>
        gate.world.push(
          gate.repo,
          "kiros",
          [gate.kirosCommit(EDIT), gate.kirosCommit(NOTES)],
          gate.people.olga,
        ),
      );
      push(gate, "kiros", MORE, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "it is the last one",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      push(gate, "kiros", NOTES, gate.bots.kiro);
      await missed(gate, () => push(gate, "kiros", EDIT, gate.people.olga));
      return open(gate, "kiros");
    },
  ],
  [
    "to another branch, from which the agent's is made",
    async (gate) => {
      gate.world.branch(gate.repo, "olgas", "main");
      await missed(gate, () => push(gate, "olgas", EDIT, gate.people.olga));
      gate.world.createBranch(gate.repo, "kiros", "olgas", gate.bots.kiro);
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "to another branch, whose last commit the agent's begins with",
    async (gate) => {
      gate.world.branch(gate.repo, "olgas", "main");
      await missed(gate, () => push(gate, "olgas", EDIT, gate.people.olga));
      gate.world.createBranch(gate.repo, "kiros", "olgas", gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "to another branch, which goes on, and from whose middle the agent's is made",
    async (gate) => {
      gate.world.branch(gate.repo, "olgas", "main");
      const [first] = await missed(gate, () =>
        gate.world.push(
          gate.repo,
          "olgas",
          [gate.kirosCommit(EDIT), gate.kirosCommit(MORE)],
          gate.people.olga,
        ),
      );
      gate.world.createBranch(gate.repo, "kiros", first?.sha ?? "", gate.bots.kiro);
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "to another branch, which is pushed to again and deleted",
    async (gate) => {
      gate.world.branch(gate.repo, "olgas", "main");
      await missed(gate, () => push(gate, "olgas", EDIT, gate.people.olga));
      gate.world.createBranch(gate.repo, "kiros", "olgas", gate.bots.kiro);
      push(gate, "olgas", MORE, gate.people.olga);
      gate.world.deleteBranch(gate.repo, "olgas", gate.people.olga);
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "to the branch under the name that it had before",
    async (gate) => {
      await missed(gate, () => {
        gate.world.branch(gate.repo, "draft", "main");
        push(gate, "draft", EDIT, gate.people.olga);
        gate.world.createBranch(gate.repo, "kiros", "draft", gate.people.kira);
        gate.world.deleteBranch(gate.repo, "draft", gate.people.kira);
      });
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "to the branch, which is deleted and made again",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      const [commit] = await missed(gate, () => push(gate, "kiros", EDIT, gate.people.olga));
      gate.world.deleteBranch(gate.repo, "kiros", gate.people.kira);
      gate.world.createBranch(gate.repo, "kiros", commit?.sha ?? "", gate.bots.kiro);
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "it is by force, and the agent goes on from there",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      push(gate, "kiros", MORE, gate.bots.kiro);
      await missed(gate, () => {
        gate.world.branch(gate.repo, "scratch", "main");
        push(gate, "scratch", EDIT, gate.people.olga);
        gate.world.forcePush(gate.repo, "kiros", gate.world.tip(gate.repo, "scratch"), gate.people.olga);
      });
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "together with one on top that the agent takes off by force",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      const [first] = await missed(gate, () =>
        gate.world.push(
          gate.repo,
          "kiros",
          [gate.kirosCommit(EDIT), gate.kirosCommit(MORE)],
          gate.people.olga,
        ),
      );
      gate.world.forcePush(gate.repo, "kiros", first?.sha ?? "", gate.bots.kiro);
      push(gate, "kiros", NOTES, gate.bots.kiro);
      return open(gate, "kiros");
    },
  ],
  [
    "while the pull request is closed",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      push(gate, "kiros", NOTES, gate.bots.kiro);
      const pull = open(gate, "kiros");
      await gate.settle();
      gate.world.close(pull, gate.people.kira);
      await missed(gate, () => push(gate, "kiros", EDIT, gate.people.olga));
      push(gate, "kiros", MORE, gate.bots.kiro);
      await gate.settle();
      gate.world.reopen(pull, gate.people.kira);
      return pull;
    },
  ],
  [
    "while it is open, and all news of it is lost",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      push(gate, "kiros", NOTES, gate.bots.kiro);
      const pull = open(gate, "kiros");
      await gate.settle();
      const found = gate.double.webhooks.drop(() => true);
      push(gate, "kiros", EDIT, gate.people.olga);
      found();
      push(gate, "kiros", MORE, gate.bots.kiro);
      return pull;
    },
  ],
];

row.each(PUSHES)(
  "A16",
  "the news of somebody's push of an agent's commit is lost, and they approve: %s",
  async (gate, _how, act) => {
    const pull = await act(gate);
    await gate.settle();
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but .*pushed/);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  },
);

row("A16", "the news of all pushes is lost, and whoever dismisses a refusal pushed", async (gate) => {
  const { olga, sam } = gate.people;
  gate.world.branch(gate.repo, "kiros", "main");
  await missed(gate, () => push(gate, "kiros", EDIT, olga));
  const pull = open(gate, "kiros");
  const refusal = gate.world.review(pull, sam, "CHANGES_REQUESTED");
  await gate.settle();
  gate.world.dismiss(pull, refusal, olga, "Seen.");
  await gate.settle();
  expect(gate.passes(pull)).toBe(false);
});

/** What does not make a contributor of Olga, though the news of the pushes is lost. */
const NOT_PUSHED: Ways = [
  [
    "the agent alone pushed it",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      await missed(gate, () => push(gate, "kiros", EDIT, gate.bots.kiro));
      return open(gate, "kiros");
    },
  ],
  [
    "they pushed something else",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      gate.world.branch(gate.repo, "olgas", "main");
      await missed(gate, () => {
        push(gate, "kiros", EDIT, gate.bots.kiro);
        gate.world.push(gate.repo, "olgas", [gate.humanCommit(gate.people.olga)], gate.people.olga);
      });
      return open(gate, "kiros");
    },
  ],
  [
    "they pushed to another branch that had the agent's commits",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      await missed(gate, () => {
        push(gate, "kiros", EDIT, gate.bots.kiro);
        gate.world.createBranch(gate.repo, "olgas", "kiros", gate.bots.kiro);
        gate.world.push(gate.repo, "olgas", [gate.humanCommit(gate.people.olga)], gate.people.olga);
      });
      return open(gate, "kiros");
    },
  ],
  [
    "they pushed to the base, which the branch takes in",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      await missed(gate, () => {
        push(gate, "kiros", EDIT, gate.bots.kiro);
        gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", gate.people.olga);
        gate.world.commit(gate.repo, "kiros", {
          ...{ author: gate.bots.kiro, message: "Take main in", mergeFrom: "main", by: gate.bots.kiro },
        });
      });
      return open(gate, "kiros");
    },
  ],
  [
    "they merged the agent's pull request into the branch, by the button",
    async (gate) => {
      gate.world.branch(gate.repo, "kiros", "main");
      gate.world.branch(gate.repo, "part", "main");
      push(gate, "part", EDIT, gate.bots.kiro);
      push(gate, "kiros", NOTES, gate.bots.kiro);
      const { kiro } = gate.bots;
      const part = gate.world.openPull(gate.repo, {
        head: "part",
        base: "kiros",
        title: "Part",
        author: kiro,
      });
      const merged = await missed(gate, () => gate.world.merge(part, gate.people.olga, { method: "squash" }));
      expect(merged).toMatchObject({ status: 200 });
      push(gate, "kiros", MORE, kiro);
      return open(gate, "kiros");
    },
  ],
];

row.each(NOT_PUSHED)(
  "A16",
  "the news of pushes is lost, and an owner approves who had no part in them: %s",
  async (gate, _what, act) => {
    const pull = await act(gate);
    await gate.settle();
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  },
);

row("A16", "the news of an agent's push is lost, and nothing else shows the agent", async (gate) => {
  const { kira } = gate.people;
  gate.world.branch(gate.repo, "work", "main");
  await missed(gate, () =>
    gate.world.push(gate.repo, "work", [gate.humanCommit(kira, EDIT)], gate.bots.kiro),
  );
  gate.world.push(gate.repo, "work", [gate.humanCommit(kira, NOTES)], kira);
  const title = "Fix the slow checkout";
  const pull = gate.world.openPull(gate.repo, { head: "work", base: "main", title, author: kira });
  await gate.settle();
  expect(gate.passes(pull)).toBe(false);
});

/** Once the look at governed branches is over that follows each start: it asks for their moves. */
async function activityFromNow(gate: Gate): Promise<() => readonly string[]> {
  await gate.settle();
  const before = gate.double.requests.length;
  return () =>
    gate.double.requests
      .slice(before)
      .map(({ operation }) => operation)
      .filter((operation) => operation.endsWith("/activity"));
}

row("A16", "all pushes are heard of: nobody asks GitHub who pushed", async (gate) => {
  const asked = await activityFromNow(gate);
  gate.world.branch(gate.repo, "kiros", "main");
  push(gate, "kiros", EDIT, gate.bots.kiro);
  gate.world.setFile(gate.repo, "kiros", "README.md", "# The shop\n", gate.people.kira);
  gate.world.createBranch(gate.repo, "more", "kiros", gate.people.kira);
  push(gate, "more", NOTES, gate.bots.kiro);
  await gate.settle();
  for (const pull of [open(gate, "kiros"), open(gate, "more")]) {
    await gate.settle();
    gate.world.review(pull, gate.people.olga, "APPROVED");
    await gate.settle();
    expect(gate.passes(pull)).toBe(true);
  }
  expect(asked()).toEqual([]);
});

row("A16", "a fork's pull request is approved: nobody asks GitHub who pushed", async (gate) => {
  const asked = await activityFromNow(gate);
  const { eve, fork } = await gate.outsider();
  const pull = gate.openPull({ author: eve, headRepo: fork, commits: [gate.kirosCommit(EDIT)] });
  await gate.settle();
  gate.world.review(pull, gate.people.olga, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  expect(asked()).toEqual([]);
});
