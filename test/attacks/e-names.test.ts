import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { FILES } from "../gate/people.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "Shrinks the database.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

const RENAMES: readonly (readonly [string, (gate: Gate) => void])[] = [
  [
    "the organization is renamed",
    (gate) => gate.world.renameAccount(gate.org, "acme-group", gate.people.olga),
  ],
  ["the repository is renamed", (gate) => gate.world.renameRepository(gate.repo, "store", gate.people.olga)],
  [
    "the organization is renamed, and nobody says so",
    (gate) => {
      const heard = gate.double.webhooks.drop(() => true);
      gate.world.renameAccount(gate.org, "acme-group", gate.people.olga);
      heard();
    },
  ],
  [
    "the repository is renamed, and another takes its name",
    (gate) => {
      gate.world.renameRepository(gate.repo, "store", gate.people.olga);
      gate.world.repository(gate.org, "shop", { files: FILES });
    },
  ],
];

/** Wes's pull request, from whose text the mark was taken again. */
async function onceMarked(gate: Gate): Promise<Pull> {
  const { wes } = gate.people;
  const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: FOOTER });
  await gate.settle();
  gate.world.editPull(pull, { body: "Shrinks the database." }, wes);
  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  return pull;
}

describe("The machine, when names change", () => {
  row.each(RENAMES)("E22", "a mark was seen, and names change: %s", async (gate, _what, rename) => {
    const pull = await onceMarked(gate);
    rename(gate);
    await gate.settle();
    gate.pushTo(pull, { author: gate.people.wes, changes: { "app/notes.md": "notes\n" } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /Claude Code/);
  });

  row.each(RENAMES)("E22", "an owner refuses after names changed: %s", async (gate, _what, rename) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    rename(gate);
    await gate.settle();

    gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No.");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga/);
  });

  row.each(RENAMES)("E22", "an approval stays when names change: %s", async (gate, _what, rename) => {
    // By CODEOWNERS' own name, which GitHub does not change with the organization's.
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @sam\n", gate.people.olga);
    await gate.settle();
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    rename(gate);
    await gate.settle();
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("E22", "who refused is renamed", async (gate) => {
    const { olga, sam } = gate.people;
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, sam, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    gate.world.renameAccount(sam, "samantha");
    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@samantha requested changes/);

    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("E22", "the repository is deleted and made anew: the new one inherits nothing", async (gate) => {
    const { olga, wes } = gate.people;
    const before = await onceMarked(gate);
    gate.world.deleteRepository(gate.repo, olga);
    await gate.settle();
    const repo = gate.world.repository(gate.org, "shop", { files: FILES });
    for (const team of Object.values(gate.teams)) gate.world.permission(repo, team, "write", olga);
    gate.world.branch(repo, "work", "main");
    gate.world.push(repo, "work", [gate.humanCommit(wes, EDIT)], wes);
    const pull = gate.world.openPull(repo, { head: "work", base: "main", title: "Shrink it", author: wes });

    expect(pull.number).toBe(before.number);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
  });

  row("E22", "a repository made anew: what an agent's App opens there is its own", async (gate) => {
    const { olga, wes } = gate.people;
    const before = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    expect(await gate.check(before)).toMatchObject({ conclusion: "success" });
    gate.world.deleteRepository(gate.repo, olga);
    await gate.settle();
    const repo = gate.world.repository(gate.org, "shop", { files: FILES });
    for (const team of Object.values(gate.teams)) gate.world.permission(repo, team, "write", olga);
    gate.world.branch(repo, "work", "main");
    gate.world.push(repo, "work", [gate.humanCommit(wes, EDIT)], wes);
    const { id } = gate.world.app("cursor");
    const pull = gate.world.openPull(repo, {
      ...{ head: "work", base: "main", title: "Shrink it", author: wes },
      performedVia: id,
    });

    expect(pull.number).toBe(before.number);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  });

  row.each<readonly (readonly [string, (gate: Gate) => void])[]>([
    ["the repository", (gate) => gate.world.deleteRepository(gate.repo, gate.people.olga)],
    ["the installation", (gate) => gate.world.uninstall(gate.installation, gate.people.olga)],
    [
      "the sight of the repository",
      (gate) => {
        const other = gate.world.repository(gate.org, "other", { files: FILES });
        gate.world.selectRepositories(gate.installation, [other], gate.people.olga);
      },
    ],
  ])("E32", "work waits for what is gone when its turn comes: %s", async (gate, _what, remove) => {
    const idle = await gate.waiting();
    gate.double.webhooks.pause();
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    gate.world.enqueue([pull], gate.people.wes);
    remove(gate);
    gate.double.webhooks.resume();
    await gate.settle();

    expect(await gate.waiting()).toBeLessThanOrEqual(idle);
  });

  clockedRow("E32", "a merge group's commit is gone: its job ends within a day", async (gate, time) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    await time.pass(5);
    gate.double.webhooks.pause();
    const group = gate.world.enqueue([pull], gate.people.wes);
    gate.world.dequeue(pull, gate.people.wes);
    gate.repo.objects.commits.delete(group.headSha);
    gate.double.webhooks.resume();
    await gate.settle();
    for (let tries = 0; tries < 18; tries++) await time.leap(600);
    const asked: string[] = [];
    gate.double.faults.add({
      match: ({ path, body }) => {
        const request = `${path} ${JSON.stringify(body)}`;
        if (request.includes(group.headSha)) asked.push(request);
        return false;
      },
      respond: "hang",
    });
    await time.leap(3600);

    expect(asked).toEqual([]);
  });

  row("E32", "work waits, the repository is renamed, and it goes on under the new name", async (gate) => {
    const { olga, sam } = gate.people;
    gate.double.webhooks.pause();
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, sam, "APPROVED");
    gate.world.renameRepository(gate.repo, "store", olga);
    gate.double.webhooks.resume();

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("E30", "the repository's name is a part of a hundred others'", async (gate) => {
    // Nothing is to be said of these: what counts is that they are there, before the one in question.
    const heard = gate.double.webhooks.drop(() => true);
    for (let n = 0; n < 120; n++) {
      const other = gate.world.repository(gate.org, `${n % 2 === 0 ? "a-" : ""}till-${n}`);
      gate.world.permission(other, gate.teams.sre, "write");
    }
    const repo = gate.world.repository(gate.org, "till", { files: FILES });
    for (const team of Object.values(gate.teams)) gate.world.permission(repo, team, "write");
    heard();
    gate.world.branch(repo, "work", "main");
    gate.world.push(repo, "work", [gate.kirosCommit(EDIT)], gate.bots.kiro);
    const words = { title: "Fix the slow checkout", author: gate.bots.kiro };
    const pull = gate.world.openPull(repo, { head: "work", base: "main", ...words });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@acme\/sre/);

    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("E30", "the owning team has more members than fit on a page", async (gate) => {
    const names = Array.from({ length: 130 }, (_, n) => `member-${n}`);
    const crowd = names.map((name) => gate.world.user(name, { email: `${name}@acme.example` }));
    const team = gate.world.team(gate.org, "crowd", { members: crowd });
    gate.world.permission(gate.repo, team, "write");
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @acme/crowd\n", gate.people.olga);
    const [first, last] = [crowd[0], crowd.at(-1)];
    if (!first || !last) throw new Error("no crowd");
    for (const member of [first, last]) {
      const pull = gate.kirosChange({ "infra/production/main.tf": `# signed by ${member.login}\n` });
      gate.world.review(pull, member, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    }
  });
});
