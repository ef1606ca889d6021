import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { SeenRequest } from "../github-double/faults.ts";
import type { Pull } from "../github-double/world/model.ts";

const DELETION = { "infra/production/main.tf": null } as const;
const LAX = 'version: 1\nbranches: [main, lax, "release/*"]\n';

/** Asks for this pull request, by its number in a path or a query. */
function isAbout({ number }: Pick<Pull, "number">): (request: SeenRequest) => boolean {
  return ({ path, body }) =>
    path.includes(`/pulls/${number}`) || new RegExp(`"number":${number}\\b`).test(JSON.stringify(body));
}

/** A branch of which other people own the infrastructure. */
async function openLaxBranch(gate: Gate): Promise<void> {
  gate.configure(LAX);
  gate.world.branch(gate.repo, "lax", "main");
  gate.world.setFile(gate.repo, "lax", "CODEOWNERS", "/infra/ @acme/data\n", gate.people.olga);
  await gate.settle();
}

/** Kiro's change in a fork that GitHub does not name when it is asked for the pull requests at a commit. */
function fromFork(gate: Gate): Pull {
  const { mallory } = gate.people;
  const headRepo = gate.world.fork(gate.repo, mallory);
  return gate.openPull({ author: mallory, commits: [gate.kirosCommit(DELETION)], headRepo });
}

/** A head into the lax branch, which Dana signs. */
function signedIntoLax(gate: Gate, headRepo = gate.repo): Pull {
  const { kira, dana } = gate.people;
  gate.world.branch(headRepo, "work", gate.world.tip(gate.repo, "main"));
  gate.world.push(headRepo, "work", [gate.kirosCommit(DELETION)], gate.bots.kiro);
  const words = { title: "Fix the slow checkout", author: kira };
  const lax = gate.world.openPull(gate.repo, { head: "work", base: "lax", headRepo, ...words });
  gate.world.review(lax, dana, "APPROVED");
  return lax;
}

/** The head of another pull request into the lax branch, which Dana signs. */
function againIntoLax(gate: Gate, strict: Pull): Pull {
  const lax = gate.openAgain(strict, { author: gate.people.mallory, base: "lax" });
  gate.world.review(lax, gate.people.dana, "APPROVED");
  return lax;
}

/** How the strict pull request cannot be read. */
type Ways = readonly (readonly [string, (gate: Gate, strict: Pull) => void])[];

const UNREADABLE: Ways = [
  [
    "its list of files is not whole",
    (gate, strict) => gate.world.misreportFiles(strict, { restCount: 4000, graphqlCount: 4000 }),
  ],
  [
    "GitHub answers with an error",
    (gate, strict) => {
      gate.double.faults.refuse(isAbout(strict), 502);
    },
  ],
  [
    "the connection breaks",
    (gate, strict) => {
      gate.double.faults.add({ match: isAbout(strict), respond: "drop" });
    },
  ],
];

describe("The machine, with several pull requests of one head", () => {
  row.each(UNREADABLE)(
    "E18",
    "a fork's pull request cannot be read, and another of the same head passes elsewhere: %s",
    async (gate, _why, spoil) => {
      await openLaxBranch(gate);
      gate.double.webhooks.pause();
      const strict = fromFork(gate);
      spoil(gate, strict);
      gate.double.webhooks.resume();
      await gate.settle();
      expect(gate.passes(strict)).toBe(false);

      const lax = againIntoLax(gate, strict);
      await gate.settle();

      expect(lax.headSha).toBe(strict.headSha);
      expect(gate.passes(strict)).toBe(false);
      expect(gate.world.whyNotMergeable(strict, gate.people.mallory)).not.toBeNull();
    },
  );

  row("E18", "the lax pull request passed before the fork's was opened", async (gate) => {
    await openLaxBranch(gate);
    const { mallory } = gate.people;
    const headRepo = gate.world.fork(gate.repo, mallory);
    const lax = signedIntoLax(gate, headRepo);
    await gate.settle();
    expect(gate.passes(lax)).toBe(true);

    gate.double.faults.refuse(isAbout({ number: lax.number + 1 }), 502);
    const strict = gate.openAgain(lax, { author: mallory, headRepo });
    await gate.settle();

    expect(gate.passes(strict)).toBe(false);
  });

  row("E18", "one pull request of two cannot be read any more when the other is edited", async (gate) => {
    await openLaxBranch(gate);
    const { mallory } = gate.people;
    const strict = fromFork(gate);
    const lax = againIntoLax(gate, strict);
    expect(await gate.check(strict)).toMatchObject({ conclusion: "action_required" });

    gate.double.faults.refuse(isAbout(strict), 502);
    gate.world.editPull(lax, { title: "Harmless" }, mallory);
    await gate.settle();

    expect(gate.passes(strict)).toBe(false);
  });

  row("E18", "the fork's pull request can be read again, is signed, and the head passes", async (gate) => {
    await openLaxBranch(gate);
    const strict = fromFork(gate);
    gate.world.misreportFiles(strict, { restCount: 4000, graphqlCount: 4000 });
    await gate.settle();
    againIntoLax(gate, strict);
    await gate.settle();
    expect(gate.passes(strict)).toBe(false);

    gate.world.misreportFiles(strict, {});
    gate.world.review(strict, gate.people.olga, "APPROVED");

    expect(await gate.check(strict)).toMatchObject({ conclusion: "success" });
  });

  row("E18", "the fork's pull request is closed, and the other alone decides", async (gate) => {
    await openLaxBranch(gate);
    const strict = fromFork(gate);
    gate.world.misreportFiles(strict, { restCount: 4000, graphqlCount: 4000 });
    const lax = againIntoLax(gate, strict);
    await gate.settle();
    expect(gate.passes(lax)).toBe(false);

    gate.world.close(strict, gate.people.mallory);
    await gate.settle();

    expect(gate.passes(lax)).toBe(true);
  });

  row.each<readonly (readonly [string, (gate: Gate, lax: Pull) => void])[]>([
    ["closed", (gate, lax) => gate.world.close(lax, gate.people.kira)],
    [
      "retargeted to a branch that is not governed",
      (gate, lax) => gate.world.retarget(lax, "wild", gate.people.kira),
    ],
    [
      "closed by the deletion of its base",
      (gate) => gate.world.deleteBranch(gate.repo, "lax", gate.people.kira),
    ],
  ])(
    "C19",
    "a pull request into a laxer branch passes and ends, and its head is opened into main: %s",
    async (gate, _how, end) => {
      await openLaxBranch(gate);
      gate.world.branch(gate.repo, "wild", "main");
      await gate.settle();
      const lax = signedIntoLax(gate);
      await gate.settle();
      expect(gate.passes(lax)).toBe(true);

      end(gate, lax);
      await gate.settle();
      expect(gate.passes(lax)).toBe(false);

      gate.double.webhooks.pause();
      const strict = gate.openAgain(lax, { author: gate.people.kira });
      expect(gate.world.merge(strict, gate.people.kira)).toMatchObject({ status: 405 });
      gate.double.webhooks.resume();
      expect(await gate.check(strict)).toMatchObject({ conclusion: "action_required" });
    },
  );

  row(
    "C19",
    "one of two pull requests of a head is closed, and the pass still rests on the other",
    async (gate) => {
      await openLaxBranch(gate);
      gate.world.branch(gate.repo, "release/1", "lax");
      await gate.settle();
      const lax = signedIntoLax(gate);
      const other = gate.openAgain(lax, { author: gate.people.kira, base: "release/1" });
      gate.world.review(other, gate.people.dana, "APPROVED");
      await gate.settle();
      expect(gate.passes(lax)).toBe(true);

      gate.world.close(other, gate.people.kira);
      await gate.settle();

      expect(gate.passes(lax)).toBe(true);
    },
  );

  row("C19", "the closed pull request is opened once more, and passes once more", async (gate) => {
    await openLaxBranch(gate);
    const lax = signedIntoLax(gate);
    await gate.settle();
    gate.world.close(lax, gate.people.kira);
    await gate.settle();

    gate.world.reopen(lax, gate.people.kira);
    await gate.settle();

    expect(gate.passes(lax)).toBe(true);
  });
});
