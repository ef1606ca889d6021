import { expect, test } from "@jest/globals";
import { byAvailability } from "../../../src/signoff/signatures/availability.ts";
import type { Attention } from "../../../src/signoff/snapshot.ts";
import type { Signer } from "../../../src/signoff/verdict.ts";
import { olga, snapshot, sven, verdict } from "../build.ts";

const ada: Signer = { id: 1, login: "Ada" };
const ben: Signer = { id: 2, login: "ben" };
const cleo: Signer = { id: 3, login: "cleo" };
const unknown: Signer = { id: null, login: "yan" };

test.each<{
  situation: string;
  attention?: Attention;
  asked?: readonly string[];
  turn: readonly string[];
}>([
  { situation: "nothing is known: by name, whatever its case", turn: ["Ada", "ben", "cleo", "yan"] },
  {
    situation: "who has less to do comes first",
    attention: { busy: [], waiting: { 1: 10, 2: 9 } },
    turn: ["cleo", "yan", "ben", "Ada"],
  },
  {
    situation: "who is busy comes after all the free, however much those have to do",
    attention: { busy: [1, 2], waiting: { 1: 1, 3: 50 } },
    turn: ["yan", "cleo", "ben (busy)", "Ada (busy)"],
  },
  {
    situation: "who was asked already comes first all the same",
    attention: { busy: [2], waiting: { 2: 9, 3: 1 } },
    asked: ["BEN", "cleo"],
    turn: ["cleo", "ben (busy)", "Ada", "yan"],
  },
])("the order of people when $situation", ({ attention, asked = [], turn }) => {
  const { pullRequest } = snapshot();
  const given = snapshot({
    pullRequest: { ...pullRequest, requestedReviewers: { users: asked, teams: [] } },
    ...(attention && { attention }),
  });
  for (const people of [
    [ada, ben, cleo, unknown],
    [unknown, cleo, ben, ada],
  ]) {
    const shown = byAvailability(given)(people).map(({ login, busy }) => (busy ? `${login} (busy)` : login));
    expect(shown).toEqual(turn);
  }
});

test("a busy owner can sign, and is shown as busy", () => {
  const { requirements } = verdict({ attention: { busy: [olga.id], waiting: { [sven.id]: 3 } } });

  expect(requirements).toMatchObject([
    { status: "waiting", canSign: [{ login: "sven" }, { login: "olga", busy: true }] },
  ]);
});
