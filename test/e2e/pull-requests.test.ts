import { describe, expect, test } from "@jest/globals";
import { opened } from "../gate/row.ts";

const DELETION = { "infra/production/main.tf": null } as const;

describe("the origin story", () => {
  test("each step of it", async () => {
    const gate = opened();
    const { kira, olga, dana } = gate.people;
    const pull = gate.kirosChange({ ...DELETION, "infra/production/network.tf": null });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/sre: infrastructure",
    });
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "needs-countersign", "production"]);
    expect(gate.askedOf(pull)).toEqual(["sre"]);
    expect(gate.world.merge(pull, kira)).toMatchObject({
      status: 405,
      message: expect.stringContaining('Required status check "countersign" is failing.'),
    });

    gate.world.review(pull, kira, "APPROVED");
    await gate.says(
      pull,
      "@kira approved, but asked Kiro for this change, and contributors cannot countersign.",
    );

    gate.world.review(pull, gate.bots.coderabbit, "APPROVED");
    await gate.says(pull, /@coderabbitai\[bot\] approved, but is .*; only humans can countersign\./);

    gate.world.review(pull, dana, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@dana approved, but does not own anything that needs a countersignature.");

    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "production"]);
    expect(gate.world.whyNotMergeable(pull, kira)).toBeNull();

    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/dns.tf": "# new\n" } });
    expect(gate.world.merge(pull, kira)).toMatchObject({ status: 405 });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but infra\/production\/dns\.tf changed since [0-9a-f]{7}/);
    expect(gate.labelsOf(pull)).toContain("needs-countersign");

    gate.world.review(pull, olga, "APPROVED");
    await gate.settle();
    expect(gate.world.merge(pull, kira)).toMatchObject({ status: 200 });
  });
});

describe("a pull request by people alone", () => {
  test("passes, with no label and nobody asked", async () => {
    const gate = opened();
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, DELETION)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
    expect(gate.labelsOf(pull)).toEqual([]);
    expect(gate.askedOf(pull)).toEqual([]);
  });
});

describe("an AI change outside production", () => {
  test("is neutral, and its owner is asked", async () => {
    const gate = opened();
    const pull = gate.kirosChange({ "app/cart.ts": "export const cart = [2];\n" });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
    expect(gate.labelsOf(pull)).toEqual(["ai-authored"]);
    expect(gate.askedOf(pull)).toEqual(["web"]);
    expect(gate.world.whyNotMergeable(pull, gate.people.kira)).toBeNull();
  });

  test("blocks where the policy says so", async () => {
    const gate = opened();
    gate.configure("version: 1\nreview: { block: true }\n");
    const pull = gate.kirosChange({ "app/cart.ts": "export const cart = [2];\n" });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    gate.world.review(pull, gate.people.wes, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});

describe("a config that is not valid", () => {
  test("on the pull request's head blocks it and is annotated there", async () => {
    const gate = opened();
    const { wes } = gate.people;
    const config = "version: 1\nproduction:\n  - name: infra\n    path: [infra/]\n";
    const pull = gate.openPull({
      author: wes,
      commits: [gate.humanCommit(wes, { ".github/countersign.yml": config })],
    });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "failure",
      title: expect.stringMatching(/^Would break \.github\/countersign\.yml:4:5: /),
    });
    expect(gate.annotationsOf(pull)).toEqual([
      expect.objectContaining({
        path: ".github/countersign.yml",
        start_line: 4,
        message: expect.stringContaining("paths"),
      }),
    ]);
  });

  test("on the default branch blocks every pull request, naming line and column", async () => {
    const gate = opened();
    const { wes } = gate.people;
    gate.configure("version: 1\nmode: obsreve\n");
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, ".github/countersign.yml:2:7");

    gate.configure("version: 1\nmode: observe\n");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
  });
});

describe("observing", () => {
  test("says what would block and lets it through", async () => {
    const gate = opened();
    gate.configure("version: 1\nmode: observe\n");
    const pull = gate.kirosChange(DELETION);

    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "neutral", title: expect.stringMatching(/observ/i) });
    expect(gate.askedOf(pull)).toEqual([]);
    expect(gate.world.whyNotMergeable(pull, gate.people.kira)).toBeNull();
  });

  test("is refused where the organization enforces", async () => {
    const gate = opened();
    gate.world.repository(gate.org, ".github", {
      files: { ".github/countersign.yml": "version: 1\nmode: enforce\n" },
    });
    gate.configure("version: 1\nmode: observe\n");
    const pull = gate.kirosChange(DELETION);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /\.github\/countersign\.yml:2/);
  });
});

describe("reviews that change", () => {
  test("an approval that is dismissed no longer counts", async () => {
    const gate = opened();
    const { olga, sam } = gate.people;
    const pull = gate.kirosChange(DELETION);
    const approval = gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.dismiss(pull, approval, sam, "Wait for the backup.");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga approved, but @sam dismissed it.");
  });

  test("changes requested after an approval block until lifted", async () => {
    const gate = opened();
    const { olga, sam } = gate.people;
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, olga, "APPROVED");
    gate.world.review(pull, sam, "CHANGES_REQUESTED", "Not before the backup.");
    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    expect(check?.title).toMatch(/[Rr]efused by @sam/);

    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});

describe("the state of a pull request", () => {
  test("a draft is judged, and nobody is asked until it is ready", async () => {
    const gate = opened();
    const pull = gate.openPull({ author: gate.bots.kiro, commits: [gate.kirosCommit()], draft: true });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    expect(gate.askedOf(pull)).toEqual([]);

    gate.world.readyForReview(pull, gate.people.kira);
    await gate.settle();
    expect(gate.askedOf(pull)).toEqual(["sre"]);
  });

  test("a pull request from a fork is judged like any other", async () => {
    const gate = opened();
    const fork = gate.world.fork(gate.repo, gate.people.mallory);
    const pull = gate.openPull({ author: gate.bots.kiro, commits: [gate.kirosCommit()], headRepo: fork });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  test("a closed pull request gets no new check", async () => {
    const gate = opened();
    const pull = gate.kirosChange(DELETION);
    await gate.settle();
    gate.world.close(pull, gate.people.kira);
    await gate.settle();
    const before = gate.double.transitions.length;

    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/more.ts": "1\n" } });
    gate.world.editPull(pull, { title: "Closed, really" }, gate.people.kira);
    await gate.settle();
    expect(gate.double.transitions.length).toBe(before);

    gate.world.reopen(pull, gate.people.kira);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  });

  test("a rename out of an area still needs the area's owners", async () => {
    const gate = opened();
    const renames = { "infra/production/main.tf": "app/main.txt" };
    const pull = gate.openPull({ author: gate.bots.kiro, commits: [{ ...gate.kirosCommit({}), renames }] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    expect(gate.askedOf(pull)).toContain("sre");
  });
});

describe("the evidence of a body that was edited", () => {
  test("stays with the pull request", async () => {
    const gate = opened();
    const { wes, kira } = gate.people;
    const footer = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, DELETION)], body: footer });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.world.editPull(pull, { body: "All by hand." }, kira);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "Claude Code");
  });
});
