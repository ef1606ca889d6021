import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Repository } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const PASSES = { conclusion: "success", title: "No AI-authored change" };
const NOT_KEPT = /It is not known who wrote .* more than is kept for one account/;

/** In two pull requests, as GitHub lists 250 commits of one. */
const COMMITS = [250, 50];

interface Outsider {
  readonly eve: Account;
  readonly fork: Repository;
}

/** Eve opens as many commits as take all that is kept for an account on one day. */
async function beyondCap(gate: Gate, { eve, fork }: Outsider): Promise<Outsider> {
  for (const length of COMMITS) {
    const commits = Array.from({ length }, (_, number) =>
      gate.humanCommit(eve, { [`docs/${length}-${number}.md`]: "more\n" }),
    );
    gate.openPull({ author: eve, headRepo: fork, commits });
    await gate.settle();
  }
  return { eve, fork };
}

/** A change of one commit, into production, which an agent made if it is said so. */
function evesChange(gate: Gate, { eve, fork }: Outsider, body = "") {
  const commits = [gate.humanCommit(eve, EDIT)];
  return gate.openPull({ author: eve, headRepo: fork, commits, body });
}

describe("More than is kept for an account without write permission", () => {
  row("E25", "its commit is unknown, whoever opens it, until it is amended", async (gate) => {
    const { wes } = gate.people;
    const outsider = await beyondCap(gate, await gate.outsider());
    const pull = evesChange(gate, outsider, FOOTER);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, NOT_KEPT);
    gate.world.editPull(pull, { body: "" }, outsider.eve);
    gate.world.close(pull, outsider.eve);
    await gate.settle();

    const again = gate.openAgain(pull, { author: wes });
    expect(await gate.check(again)).toMatchObject({ conclusion: "failure" });
    await gate.says(again, /Somebody with write permission can do so at once/);

    gate.rewrite(again, [gate.humanCommit(wes, EDIT)]);
    expect(await gate.check(again)).toMatchObject(PASSES);
  });

  row("E25", "its pull request with other people's commits leaves theirs as they are", async (gate) => {
    const { wes } = gate.people;
    const outsider = await beyondCap(gate, await gate.outsider());
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    expect(await gate.check(pull)).toMatchObject(PASSES);

    gate.openAgain(pull, { author: outsider.eve, headRepo: outsider.fork, body: FOOTER });
    await gate.settle();

    expect(await gate.check(pull)).toMatchObject(PASSES);
  });

  row("E25", "its mark that is edited away again blocks the pull request", async (gate) => {
    const { eve, fork } = await gate.outsider();
    const pull = evesChange(gate, { eve, fork });
    expect(await gate.check(pull)).toMatchObject(PASSES);
    await beyondCap(gate, { eve, fork });

    gate.world.editPull(pull, { body: FOOTER }, eve);
    await gate.settle();
    gate.world.editPull(pull, { body: "" }, eve);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /Not all that this pull request told of its writers is known/);
  });

  row("E25", "it gains write permission, and is judged like everybody", async (gate) => {
    const outsider = await beyondCap(gate, await gate.outsider());
    gate.world.permission(gate.repo, outsider.eve, "write");
    await gate.settle();

    expect(await gate.check(evesChange(gate, outsider))).toMatchObject(PASSES);
  });
});
