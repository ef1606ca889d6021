import { expect, test } from "@jest/globals";
import { clocked } from "../gate/clocked-row.ts";
import { Visitor } from "./visitor.ts";

const SAID = "It is said. The check follows in a moment.";

test("on a page, two override a head as they would by comments, and people freeze and lift", () =>
  clocked(
    async (gate, time) => {
      const { people, double } = gate;
      gate.configure('version: 1\noverride: { by: ["@olga", "@sam"], approvals: 2 }\nfreeze: []\n');
      const pull = gate.kirosChange({ "infra/production/main.tf": "# out\n" });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await time.leap(60);
      const path = `/acme/shop/pull/${pull.number}`;
      const [olga, sam] = [await Visitor.logIn(gate, people.olga), await Visitor.logIn(gate, people.sam)];
      const send = async (who: Visitor, form: Readonly<Record<string, string>>) => {
        expect(await who.send(`${path}/act`, { sha: pull.headSha, ...form })).toContain(SAID);
        await gate.settle();
        await time.leap(60);
      };
      const line = { kind: "override", reason: "The shop is down" };
      await send(olga, line);
      expect(gate.passes(pull)).toBe(false);
      expect((await sam.see(`${path}/act`)).text).toContain("Repeat this line");
      await send(sam, line);
      expect(gate.shown(pull)).toMatchObject({
        conclusion: "success",
        title: expect.stringMatching(/^Overridden by @olga and @sam until .*: The shop is down$/),
      });
      expect((await olga.see(path)).text).toContain("Override asked by");
      await send(olga, { kind: "withdraw" });
      expect(gate.passes(pull)).toBe(false);

      await send(olga, { kind: "freeze", area: "infrastructure", until: "2026-01-05", reason: "Look first" });
      expect(gate.shown(pull)?.title).toMatch(/^Frozen until .* by @olga: Look first$/);
      await send(olga, { kind: "unfreeze", area: "infrastructure" });
      expect(gate.shown(pull)?.title).not.toContain("Frozen");
      const asked = double.requests.filter(({ operation }) => operation.includes("/issues/comments/"));
      expect(asked).toEqual([]);
    },
    { pages: true },
  ));

test("on a page, an owner accepts what was let through there, and nobody who let it through does", () =>
  clocked(
    async (gate, time) => {
      const { people, world, repo } = gate;
      gate.configure('version: 1\noverride: { by: ["@acme/web", "@acme/data"] }\n');
      const pull = gate.kirosChange({ "infra/production/main.tf": "# out\n" });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await time.leap(60);
      const path = `/acme/shop/pull/${pull.number}/act`;
      const send = async (who: Visitor, form: Readonly<Record<string, string>>) => {
        const text = await who.send(path, { reason: "The shop is down", ...form });
        await gate.settle();
        await time.leap(60);
        return text;
      };
      const [wes, dana, olga] = [
        await Visitor.logIn(gate, people.wes),
        await Visitor.logIn(gate, people.dana),
        await Visitor.logIn(gate, people.olga),
      ];
      for (const who of [wes, dana])
        expect(await send(who, { kind: "override", sha: pull.headSha })).toContain(SAID);
      expect(world.merge(pull, people.wes).status).toBe(200);
      await gate.settle();
      const [issue] = [...repo.issues.values()];
      const sha = world.tip(repo, "main");
      expect((await olga.see(path)).text).toContain(`value="${sha}"`);
      const acceptance = { kind: "accept", sha };
      expect(await send(dana, acceptance)).toContain("its issue says so in a moment");
      expect(issue?.state).toBe("open");
      expect(await send(olga, acceptance)).toContain("its issue says so in a moment");
      expect(issue?.state).toBe("closed");
      expect((await olga.see(path)).text).not.toContain("got in without its owners");
      expect((await olga.see("/acme/shop")).text).toMatch(/<code>@olga<\/code>/);
    },
    { pages: true },
  ));
