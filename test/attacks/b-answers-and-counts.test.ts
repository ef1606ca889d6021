import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Misreport, Pull } from "../github-double/world/model.ts";

const DELETION = { "infra/production/main.tf": null } as const;
/** Only what is destroyed asks for signatures, two of them. */
const TWO = "version: 1\nbuilt-in: false\nhazards: { destructive: { countersignatures: 2 } }\n";
const ALARM = "false alarm: terraform/resource-removed: moved by hand";

type Reviews = (gate: Gate, pull: Pull) => void;

const TOO_FEW: readonly (readonly [string, Reviews])[] = [
  ["one owner says so", (gate, pull) => gate.world.review(pull, gate.people.olga, "APPROVED", ALARM)],
  [
    "one owner says so twice",
    (gate, pull) => {
      gate.world.review(pull, gate.people.olga, "APPROVED", ALARM);
      gate.world.review(pull, gate.people.olga, "APPROVED", ALARM);
    },
  ],
  [
    "one owner and somebody who owns nothing of it",
    (gate, pull) => {
      gate.world.review(pull, gate.people.olga, "APPROVED", ALARM);
      gate.world.review(pull, gate.people.dana, "APPROVED", ALARM);
    },
  ],
  [
    "one owner, and one without approving",
    (gate, pull) => {
      gate.world.review(pull, gate.people.olga, "APPROVED", ALARM);
      gate.world.review(pull, gate.people.sam, "COMMENTED", ALARM);
    },
  ],
];

const ENOUGH: readonly (readonly [string, Reviews])[] = [
  [
    "both owners call it a false alarm",
    (gate, pull) => {
      gate.world.review(pull, gate.people.olga, "APPROVED", ALARM);
      gate.world.review(pull, gate.people.sam, "APPROVED", ALARM);
    },
  ],
  [
    "one owner calls it a false alarm, the other signs",
    (gate, pull) => {
      gate.world.review(pull, gate.people.olga, "APPROVED", ALARM);
      gate.world.review(pull, gate.people.sam, "APPROVED");
    },
  ],
];

const HIDDEN: readonly (readonly [string, string])[] = [
  ["in a fence", `Fine.\n\n\`\`\`\n${ALARM}\n\`\`\``],
  ["in a fence of tildes", `Fine.\n\n~~~text\n${ALARM}\n~~~`],
  ["in a quotation", `> ${ALARM}\n\nReally?`],
  ["in an HTML comment", `Fine. <!--\n${ALARM}\n-->`],
  ["in an HTML comment on one line", `<!-- ${ALARM} -->`],
  ["indented as code", `Fine.\n\n    ${ALARM}`],
];

/** The counts of changed files, by interface, and what the lists leave out. */
const WRONG: readonly (readonly [string, Misreport])[] = [
  ["no files, in both", { restCount: 0, graphqlCount: 0 }],
  ["no files, in REST", { restCount: 0 }],
  ["no files, in GraphQL", { graphqlCount: 0 }],
  ["fewer files than there are, in both", { restCount: 1, graphqlCount: 1 }],
  [
    "no files, and lists none",
    { restCount: 0, graphqlCount: 0, unlisted: new Set(["infra/production/main.tf", "app/cart.ts"]) },
  ],
];

describe("What was approved: answers and counts", () => {
  row.each(TOO_FEW)(
    "B17",
    "two signatures are needed for what is destroyed, and it is called a false alarm: %s",
    async (gate, _who, review) => {
      gate.configure(TWO);
      const pull = gate.kirosChange(DELETION);
      review(gate, pull);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /1 of 2/);
    },
  );

  row.each(ENOUGH)(
    "B17",
    "two signatures are needed for what is destroyed, and two owners answer: %s",
    async (gate, _who, review) => {
      gate.configure(TWO);
      const pull = gate.kirosChange(DELETION);
      review(gate, pull);

      await gate.settle();

      expect(gate.passes(pull)).toBe(true);
    },
  );

  row.each(HIDDEN)(
    "B18",
    "an owner's approval holds the words of a false alarm: %s",
    async (gate, _where, body) => {
      gate.configure("version: 1\nbuilt-in: false\n");
      const pull = gate.kirosChange(DELETION);
      gate.world.review(pull, gate.people.olga, "APPROVED", body);
      await gate.settle();

      expect(JSON.stringify(gate.shown(pull))).not.toMatch(/moved by hand/);
      expect(gate.passes(pull)).toBe(true);
    },
  );

  row("B18", "an owner's approval calls it a false alarm in plain words", async (gate) => {
    gate.configure("version: 1\nbuilt-in: false\n");
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, gate.people.olga, "APPROVED", `Checked.\n\n${ALARM}`);
    await gate.settle();

    expect(gate.passes(pull)).toBe(true);
    await gate.says(pull, /@olga[^\n]*moved by hand/);
  });

  row.each(WRONG)(
    "B19",
    "a pull request has commits, and GitHub counts otherwise: %s",
    async (gate, _what, wrong) => {
      gate.double.webhooks.pause();
      const pull = gate.kirosChange({ ...DELETION, "app/cart.ts": "export const cart = [2];\n" });
      gate.world.misreportFiles(pull, wrong);
      gate.double.webhooks.resume();
      await gate.settle();

      expect(gate.passes(pull)).toBe(false);
      await gate.says(pull, /changed files|@acme\/sre/);
    },
  );

  row("B19", "GitHub counts no files while an owner's approval is there", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    await gate.settle();
    gate.world.misreportFiles(pull, { restCount: 0, graphqlCount: 0 });
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/network.tf": null } });
    await gate.settle();

    expect(gate.passes(pull)).toBe(false);
  });

  row("B19", "the commits of a pull request undo one another, so it changes nothing", async (gate) => {
    const text = gate.world.fileText(gate.repo, "main", "app/cart.ts");
    const pull = gate.kirosChange({ "app/cart.ts": "export const cart = [2];\n" });
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/cart.ts": text ?? "" } });
    await gate.settle();

    expect(gate.passes(pull)).toBe(true);
  });

  row("B19", "a pull request of a merge alone", async (gate) => {
    const { wes } = gate.people;
    gate.world.branch(gate.repo, "work", "main");
    gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", gate.people.olga);
    gate.world.commit(gate.repo, "work", {
      author: wes,
      message: "Take main in",
      mergeFrom: "main",
      by: wes,
    });
    const pull = gate.world.openPull(gate.repo, {
      head: "work",
      base: "main",
      title: "Nothing",
      author: wes,
    });
    await gate.settle();

    expect(gate.passes(pull)).toBe(true);
  });
});
