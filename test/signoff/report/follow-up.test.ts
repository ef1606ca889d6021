import { expect, test } from "@jest/globals";
import { answerOf } from "../../../src/signoff/report/answer.ts";
import {
  acceptedText,
  followUpBody,
  followUpMarker,
  followUpTitle,
  overrideStory,
  REOPENED,
  reminderText,
} from "../../../src/signoff/report/follow-up.ts";
import type { Override } from "../../../src/signoff/verdict.ts";
import { nils, olga, sven } from "../build.ts";

const commitSha = "c".repeat(40);
const OLGAS = [{ kind: "user", login: "olga" }] as const;
const ofAreas = (...areas: readonly string[]) => areas.map((area) => ({ area, owners: OLGAS }));
const asked = {
  reason: "override",
  commitSha,
  says: "It was let in.",
  passedOver: ofAreas("infra*"),
} as const;

test.each([
  ["override", "To be accepted afterwards: what an override let in as ccccccc"],
  ["bypass", "To be accepted afterwards: what got in past the check as ccccccc"],
] as const)("the title after an %s", (reason, title) => {
  expect(followUpTitle({ ...asked, reason })).toBe(title);
});

test("the issue begins with the mark, tells what got in, names the owners and shows the line", () => {
  const body = followUpBody(asked);
  expect(body.split("\n")[0]).toBe(followUpMarker(asked));
  expect(body).toBe(`<!-- countersign follow-up ${commitSha} -->
It was let in.

**Who has to accept it.** One of the owners of each area, with write access, who neither took part in the change nor let it through nor merged it:

- infra\\*: @olga

**How.** By a comment here that is this line, with a reason:

    /countersign accept cccccccccccc REASON

An approving review on the merged pull request serves too. If it cannot be accepted, revert it, and accept the revert. To close this issue by hand accepts nothing.`);
});

test("an override's story names who let it through, and why", () => {
  const override: Override = {
    ...{ status: "granted" as const, by: [olga, nils], reason: "It *burns*", missing: 0 },
    ...{ until: "2026-11-20T13:20:00.000Z", passedOver: [] },
  };
  expect(overrideStory(override, { pull: 7, headSha: commitSha })).toBe(
    "Pull request #7 at ccccccc: `@olga` and `@nils` let this through without the countersignatures: `It *burns*`.",
  );
});

test("it says who accepted it", () => {
  expect(acceptedText([olga])).toBe("Accepted by `@olga`. It is in the ledger.");
  expect(acceptedText([olga, sven])).toBe("Accepted by `@olga` and `@sven`. It is in the ledger.");
});

test("it says that closing accepts nothing", () => {
  expect(REOPENED).toContain("Closing this accepts nothing, so it is open again.");
});

test("the reminder names each owner once", () => {
  const passedOver = [
    ...ofAreas("a", "b"),
    { area: "c", owners: [{ kind: "user", login: "sven" }] as const },
  ];
  expect(reminderText({ ...asked, passedOver })).toBe(
    "@olga, @sven: nobody has accepted this yet. `/countersign accept cccccccccccc REASON`",
  );
});

const outcome = { commentId: 1, by: olga, at: "2026-11-20T12:00:00Z" };
const MORE = "[What commands there are](https://docs.example/override.md#commands).";

test.each([
  { why: "nothing where there is nothing to say", given: {}, says: null },
  { why: "what it came to", given: { answer: "No *way*." }, says: `@olga No \\*way\\*. ${MORE}` },
])("a command is answered with $why", ({ given, says }) => {
  expect(answerOf({ ...outcome, ...given }, "https://docs.example")).toBe(says);
});

test("a cry for help is answered with the commands", () => {
  const text = answerOf({ ...outcome, help: true, answer: "not this" }, "https://docs.example") ?? "";
  expect(text).toMatch(/^@olga Each is a line of its own/);
  for (const line of [
    "override SHA REASON",
    "withdraw",
    "freeze AREA until DATE REASON",
    "unfreeze AREA",
    "help",
  ])
    expect(text).toContain(`- \`/countersign ${line}\``);
  expect(text.endsWith(`\n\n${MORE}`)).toBe(true);
  expect(text).not.toContain("not this");
});
