import type { Kind } from "./kind.ts";

/** A row of the list of attacks, by its number, as in `c15`. `npm run check` fails until it is filled in. */
export const attack: Kind = {
  summary: "a test of an attack; NAME is its number, as in c15",
  files: (name) => [{ path: `test/attacks/${name}.test.ts`, text: testOf(name.toUpperCase()) }],
  next: [
    "Say in test/attacks/list.ts what must happen; `npm run generate` fails until the number is there.",
    "Replace each FILL IN; `npm run check` lists what is left.",
    "Set the situation up, and hold the conclusion of the check and the sentence that a person reads.",
    "If a file of the same part fits, move the row there.",
    "Run `npm run generate`, and the row by its number: `npm test -- test/attacks -t NUMBER`.",
  ],
};

function testOf(number: string): string {
  return `import { expect } from "@jest/globals";
import { row } from "../gate/row.ts";

row("${number}", "FILL IN who does what, as one clause", async (gate) => {
  // What the attacker does: files by their paths, null for one that is deleted.
  const pull = gate.kirosChange({ "infra/production/main.tf": null });

  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: "FILL IN the title" });
  await gate.says(pull, "FILL IN the sentence that a person reads");
});
`;
}
