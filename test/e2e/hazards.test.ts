import { describe, expect, test } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { opened } from "../gate/row.ts";

const CONFIG = "version: 1\nbuilt-in: false\n";
const DATABASE = "infra/production/main.tf";
const RULE = "terraform/resource-removed";
const SENTENCE = "removes aws_db_instance.main: the database and its data are destroyed on apply";

/** A gate whose config knows no area but the control files, and Kiro's deletion of the database. */
function deletion(config = ""): { readonly gate: Gate; readonly pull: ReturnType<Gate["kirosChange"]> } {
  const gate = opened();
  gate.configure(CONFIG + config);
  return { gate, pull: gate.kirosChange({ [DATABASE]: null }) };
}

const answer = (reason: string) => `Looks right.\n\nFalse alarm: \`${RULE}\`: ${reason}`;

describe("an AI deletes the database, outside every area of the config", () => {
  test("which waits for an owner of the file, says why beside the code, and passes with the signature", async () => {
    const { gate, pull } = deletion();
    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/sre: destructive change",
    });
    await gate.says(pull, `${DATABASE}:1 ${SENTENCE} (${RULE})`);
    expect(gate.annotationsOf(pull)).toEqual([
      expect.objectContaining({
        path: DATABASE,
        start_line: 1,
        annotation_level: "warning",
        title: RULE,
        message:
          "This change removes `aws_db_instance.main`: the database and its data are destroyed on apply.",
      }),
    ]);
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "needs-countersign", "production"]);
    expect(gate.askedOf(pull)).toEqual(["sre"]);

    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "Countersigned by @olga" });
  });

  test("B17 passes when as many owners call it a false alarm as have to sign, and says so", async () => {
    const { gate, pull } = deletion("hazards: { destructive: { countersignatures: 2 } }\n");
    gate.world.review(pull, gate.people.olga, "APPROVED", answer("it was moved to its own account by hand"));
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    gate.world.review(pull, gate.people.sam, "APPROVED", answer("I moved it"));
    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
    await gate.says(
      pull,
      /Dismissed as a false alarm by @olga: .*moved to its own account by hand.* and @sam: .*I moved it/,
    );
    expect(gate.annotationsOf(pull)).toEqual([]);
  });

  test.each([
    [
      "whoever asked for the change",
      "kira",
      "asked Kiro for this change, and contributors cannot countersign",
    ],
    ["who owns something else", "dana", "does not own anything that needs a countersignature"],
  ] as const)("still waits when %s calls it a false alarm", async (_, login, clause) => {
    const { gate, pull } = deletion();
    gate.world.review(pull, gate.people[login], "APPROVED", answer("it is fine"));
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `@${login} called ${RULE} a false alarm, but ${clause}.`);
  });

  test("asks for nothing where the rule is off, and says why it is", async () => {
    const { gate, pull } = deletion(`hazards: { rules: { ${RULE}: { off: "a playground" } } }\n`);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
    await gate.says(
      pull,
      `${RULE} is disabled in .github/countersign.yml:3 (1 finding ignored): a playground`,
    );
  });
});

describe("a change of some lines is read as a whole", () => {
  test("with the text before it made from the diff, at no request more", async () => {
    const gate = opened();
    gate.configure(CONFIG);
    const text = 'resource "aws_db_instance" "main" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
    gate.world.setFile(gate.repo, "main", DATABASE, text, gate.people.olga);
    const cost = async (changes: Parameters<Gate["kirosChange"]>[0]) => {
      await gate.settle();
      const before = gate.double.requests.length;
      const pull = gate.kirosChange(changes);
      await gate.settle();
      return { pull, requests: gate.double.requests.slice(before).filter(({ counted }) => counted).length };
    };
    await cost({ "infra/production/network.tf": null });
    const plain = await cost({ "infra/production/network.tf": null, "infra/new.tf": "locals {}\n" });
    const { pull, requests } = await cost({ [DATABASE]: text.replace("true", "false") });
    await gate.says(pull, `${DATABASE}:3 sets lifecycle.prevent_destroy of aws_db_instance.main to false`);
    expect(requests).toBe(plain.requests);
  });

  test("a person's change is shown, and asks for nothing", async () => {
    const gate = opened();
    gate.configure(CONFIG);
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, { [DATABASE]: null })] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, /No AI took part, so these need no countersignature:/);
    expect(gate.annotationsOf(pull)).toEqual([]);
  });

  test("unless the config asks everybody", async () => {
    const gate = opened();
    gate.configure(`${CONFIG}hazards: { destructive: { applies-to: everyone } }\n`);
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, { [DATABASE]: null })] });
    expect(await gate.check(pull)).toMatchObject({
      title: "Needs @acme/sre: destructive change",
    });
  });
});
