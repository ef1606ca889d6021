import { describe, test } from "@jest/globals";
import { opened } from "../gate/row.ts";

const DELETION = { "infra/production/main.tf": null } as const;

describe("those who can sign come in the order in which they are best asked", () => {
  test("who has least to do first", async () => {
    const gate = opened();
    const { wes, olga } = gate.people;
    gate.double.webhooks.pause();
    const other = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    gate.world.requestReviewers(other, [olga], wes);
    gate.double.webhooks.resume();

    await gate.says(gate.kirosChange(DELETION), "Can sign: @sam and @olga");
  });

  test("who says to be busy last", async () => {
    const gate = opened();
    gate.world.setBusy(gate.people.olga);

    await gate.says(gate.kirosChange(DELETION), "Can sign: @sam and @olga (busy)");
  });
});
