import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { policy, refusal, snapshot, sven } from "../../signoff/build.ts";
import { keep, openVisits, type Visits } from "./visiting.ts";

const PULL = "/acme/shop/pull/7";

let visits: Visits;
beforeEach(async () => {
  visits = await openVisits();
  visits.rights.set("olga shop", "write");
  visits.rights.set("sven shop", "read");
  await keep(visits, 7);
  const judge = (given: typeof now) => evaluate(given, policy());
  const now = snapshot();
  visits.judged.now = async () => ({ snapshot: now, verdict: judge(now) });
  visits.judged.again = async (given) => judge(given);
});
afterEach(() => visits.store.close());

async function ask(people: string, login = "olga") {
  const browser = visits.browser();
  await browser.logIn(login);
  return browser.post(`${PULL}/what-if`, { form: { token: await browser.token(), people } });
}

const words = (text: string) => text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");

describe("what if these people approved", () => {
  test.each<[string, string, readonly string[]]>([
    ["an owner", "olga", ["If @olga approved", "May merge: Countersigned by @olga"]],
    ["an owner with an at sign, twice", " @olga, OLGA", ["May merge: Countersigned by @olga"]],
    [
      "nobody who is known",
      "nobody",
      ["@nobody: not among those who can sign", "Blocked: Needs @olga or @acme/sre"],
    ],
    ["an owner and nobody", "nobody olga", ["left out", "May merge"]],
    ["six people", "a b c d e f", ["Give the logins of at most 5 people."]],
    ["no people", " ", ["Give the logins of at most 5 people."]],
    ["what is no login", "<b>", ["Give the logins of at most 5 people."]],
  ])("%s", async (_, people, says) => {
    const { status, text } = await ask(people);
    expect(status).toBe(200);
    for (const sentence of says) expect(words(text)).toContain(sentence);
  });

  test("it is judged by the very rules: a refusal stands against another's approval", async () => {
    const refused = snapshot({ reviews: [refusal(sven)] });
    visits.judged.now = async () => ({ snapshot: refused, verdict: evaluate(refused, policy()) });
    expect(words((await ask("olga")).text)).toContain("Blocked: Refused by @sven");
  });

  test("what they may do is asked of GitHub, and an approval that nobody gave leads nowhere", async () => {
    const given = snapshot();
    const nobodyKnown = { ...given, authority: { ...given.authority, permissions: {} } };
    visits.judged.now = async () => ({
      ...{ snapshot: nobodyKnown, verdict: evaluate(nobodyKnown, policy()) },
    });
    const { text } = await ask("olga");
    expect(words(text)).toContain("May merge: Countersigned by @olga");
    expect(text).not.toContain("pullrequestreview");
    expect(words((await ask("sven")).text)).toContain("@sven approved, but has only read access");
  });

  test("nothing of it is kept or published", async () => {
    const browser = visits.browser();
    await browser.logIn("olga");
    const before = await browser.get(PULL);
    await ask("olga");
    expect((await browser.get(PULL)).text).toBe(before.text);
    expect(visits.judged.woken).toBe(0);
    expect(
      await visits.store.ledgerOf({ installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" }, 7, 9),
    ).toEqual([]);
  });

  test("only for who may write: others find neither the form nor an answer", async () => {
    const reader = visits.browser();
    await reader.logIn("sven");
    expect((await reader.get(PULL)).text).not.toContain("what-if");
    expect((await ask("olga", "sven")).status).toBe(404);
    expect(visits.judged.count).toBe(0);
  });

  test("it takes from what may be judged for people who sign", async () => {
    for (let time = 0; time < 20; time++) await ask("olga");
    expect(words((await ask("olga")).text)).toContain("Too much is being judged just now");
    expect(visits.judged.count).toBe(20);
  });
});
