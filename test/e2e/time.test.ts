import { describe, expect, test } from "@jest/globals";
import { clocked } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Pull } from "../github-double/world/model.ts";

const DELETION = { "infra/production/main.tf": null } as const;
const EDIT = (name: string) => ({ "infra/production/main.tf": `# ${name}\n` });

const TWO_OWNERS =
  'production:\n  - name: infrastructure\n    paths: ["/infra/"]\n    from: ["@olga", "@sam"]\n';

const config = (time: string, rest = "") => `version: 1\n${rest}time: { ${time} }\n`;

const askedOn = (pull: Pull) => [...pull.requested].map((each) => ("login" in each ? each.login : each.slug));

const MINUTE = 60;
const HOUR = 60 * MINUTE;

describe("time, end to end", () => {
  test("a destructive change stays in the open, signed or not, and is released when its time is over", () =>
    clocked(async (gate, time) => {
      gate.configure(config("wait: { destructive: 30m }"));
      const pull = gate.kirosChange(DELETION);
      await gate.settle();
      await time.leap(10 * MINUTE);
      gate.world.review(pull, gate.people.olga, "APPROVED");
      await gate.settle();
      expect(gate.shown(pull)).toMatchObject({
        conclusion: "action_required",
        title: "Waits until 2026-01-01 00:30 UTC: destructive change",
      });
      await time.leap(19 * MINUTE);
      expect(gate.passes(pull)).toBe(false);
      await time.leap(2 * MINUTE);
      expect(gate.passes(pull)).toBe(true);
    }));

  test("an area's people are asked about so many changes at once, in order; whoever signs one makes room", () =>
    clocked(async (gate, time) => {
      const { world, people } = gate;
      gate.configure(config("max-open-changes: 1"));
      const pulls: Pull[] = [];
      for (const name of ["first", "second", "third"]) {
        pulls.push(gate.kirosChange(EDIT(name)));
        await gate.settle();
        await time.leap(MINUTE);
      }
      const [first, second, third] = pulls as [Pull, Pull, Pull];
      expect(pulls.map(askedOn)).toEqual([["sre"], [], []]);
      await gate.says(second, `In line for infrastructure, 1st to be asked about: nobody is asked yet`);
      await gate.says(third, `because #${first.number} and #${second.number} come first`);

      // A person's change waits for nobody.
      const persons = gate.openPull({
        author: people.kira,
        commits: [gate.humanCommit(people.kira, EDIT("kira"))],
      });
      await gate.settle();
      expect(gate.passes(persons)).toBe(true);

      // It limits who is asked, never what is signed.
      world.review(third, people.olga, "APPROVED");
      await gate.settle();
      expect(gate.passes(third)).toBe(true);
      expect(askedOn(second)).toEqual([]);

      world.close(first, people.olga);
      await gate.settle();
      expect(askedOn(second)).toEqual(["sre"]);
    }));

  test("nobody is asked who has as many reviews waiting, in whatever repository", () =>
    clocked(async (gate) => {
      const { world, people, org } = gate;
      gate.configure(config("max-reviews-per-person: 1", TWO_OWNERS));
      const other = world.repository(org, "elsewhere", { files: { "README.md": "# Elsewhere\n" } });
      world.permission(other, gate.teams.everyone, "write");
      world.permission(other, gate.teams.sre, "write");
      await gate.settle();
      const busy = openIn(gate, other);
      world.requestReviewers(busy, [people.olga], people.kira);
      await gate.settle();

      const pull = gate.kirosChange(DELETION);
      await gate.settle();
      expect(askedOn(pull)).toEqual(["sam"]);
      await gate.says(
        pull,
        "Not asked, and able to sign: @olga (has as many reviews waiting as one person is asked for)",
      );
      expect(JSON.stringify(gate.shown(pull))).not.toContain("elsewhere");

      world.review(busy, people.olga, "COMMENTED");
      await gate.settle();
      const next = gate.kirosChange(EDIT("next"));
      await gate.settle();
      expect(askedOn(next)).toEqual(["olga"]);
    }));

  test("who does not answer in working time is not waited for alone, and no answer never means yes", () =>
    clocked(async (gate, time) => {
      gate.configure(config("respond-within: 4h", TWO_OWNERS));
      // It is Thursday, midnight UTC: the working day begins at nine.
      const pull = gate.kirosChange(DELETION);
      await gate.settle();
      expect(askedOn(pull)).toEqual(["olga"]);
      await time.leap(12 * HOUR);
      expect(askedOn(pull)).toEqual(["olga"]);
      await time.leap(HOUR + MINUTE);
      expect(askedOn(pull)).toEqual(["olga", "sam"]);
      await gate.says(
        pull,
        "No answer from @olga by 2026-01-01 13:00 UTC, so somebody else is asked as well.",
      );
      expect(gate.passes(pull)).toBe(false);
      await time.leap(24 * HOUR);
      await gate.says(pull, "No answer from @sam by 2026-01-02 09:");
      expect(gate.passes(pull)).toBe(false);
    }));

  test("an approval that nobody can have read counts once the same person approves again", () =>
    clocked(async (gate, time) => {
      const { world, people } = gate;
      gate.configure(config("fast-approvals: ask"));
      const pull = gate.kirosChange(DELETION);
      await gate.settle();
      await time.leap(20);
      world.review(pull, people.olga, "APPROVED");
      await gate.settle();
      await gate.says(pull, "that was sooner than it can be read");
      expect(gate.passes(pull)).toBe(false);
      await time.leap(50);
      world.review(pull, people.olga, "APPROVED");
      await gate.settle();
      expect(gate.passes(pull)).toBe(true);
    }));

  test("a change larger than people can read takes one signature more, without generated files", () =>
    clocked(async (gate) => {
      const { world, people } = gate;
      gate.configure(config("max-lines: 20"));
      world.setFile(gate.repo, "main", ".gitattributes", "infra/gen/** linguist-generated\n", people.olga);
      const lines = (count: number) => "# a line\n".repeat(count);
      const small = gate.kirosChange({ "infra/gen/all.tf": lines(90), "infra/production/a.tf": lines(19) });
      const large = gate.kirosChange({ "infra/production/b.tf": lines(21) });
      for (const pull of [small, large]) world.review(pull, people.olga, "APPROVED");
      await gate.settle();
      expect([small, large].map((pull) => gate.passes(pull))).toEqual([true, false]);
      await gate.says(large, "It changes 21 lines of production areas; at most 20 can be read at once.");
      world.review(large, people.sam, "APPROVED");
      await gate.settle();
      expect(gate.passes(large)).toBe(true);
    }));
});

function openIn(gate: Gate, repo: Gate["repo"]): Pull {
  const { world, people } = gate;
  world.branch(repo, "work", world.tip(repo, "main"));
  const changes = { "README.md": "# Elsewhere, more\n" };
  world.push(repo, "work", [{ author: people.kira, message: "More", changes }], people.kira);
  return world.openPull(repo, { head: "work", base: "main", title: "More", body: "", author: people.kira });
}
