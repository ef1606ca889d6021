import { expect, test } from "@jest/globals";
import type { Pull } from "../github-double/world/model.ts";
import { kirosPull, SWEEP } from "./kiro.ts";
import { type ActionBed, useAction } from "./workflow.ts";

/*
 * What only a memory could tell. The page of the Action names each: it blocks, or does nothing.
 */

const bed = useAction();

const rows: readonly {
  readonly why: string;
  readonly config?: string;
  readonly act?: (bed: ActionBed, pull: Pull) => void;
}[] = [
  { why: "a wait begins anew with each run", config: "time: { wait: { destructive: 1m } }" },
  { why: "there are no passkeys", config: "passkey: everything" },
  {
    why: "an approval of an earlier head is not known to cover this one",
    act: ({ world, story }, pull) =>
      world.commit(story.shop, pull.headRef, {
        ...{ author: story.bots.kiro, by: story.bots.kiro, message: "A note" },
        changes: { "README.md": "# shop\n" },
      }),
  },
  {
    why: "nobody overrides by a comment",
    config: 'override: { by: ["@wes", "@dana"] }',
    act: ({ world, story }, pull) => {
      const review = pull.reviews.at(-1);
      if (review !== undefined) world.dismiss(pull, review, story.people.olga, "No");
      for (const by of [story.people.wes, story.people.dana])
        world.comment(pull, by, `/countersign override ${pull.headSha.slice(0, 12)} The shop is down`);
    },
  },
];

test.each(rows)("$why", async ({ config, act }) => {
  const { world, story, run, status } = bed();
  const { olga } = story.people;
  const pull = kirosPull(bed());
  if (config !== undefined)
    world.setFile(story.shop, "main", ".github/countersign.yml", `version: 1\n${config}\n`, olga);
  world.review(pull, olga, "APPROVED");
  act?.(bed(), pull);
  for (let sweep = 0; sweep < 2; sweep += 1) await run("schedule", SWEEP);
  expect(status(pull.headSha)).toMatchObject({ state: "failure" });
});

test("without any of it, the approval counts", async () => {
  const { world, story, run, status } = bed();
  const pull = kirosPull(bed());
  world.review(pull, story.people.olga, "APPROVED");
  await run("schedule", SWEEP);
  expect(status(pull.headSha)).toMatchObject({ state: "success" });
});
