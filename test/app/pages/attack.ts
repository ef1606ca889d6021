import { afterEach, beforeEach } from "@jest/globals";
import { row as plainRow, titled } from "../../attacks/plain-row.ts";
import { openVisits, type Visits } from "./visiting.ts";

/** The pages of the running test: @olga may write to their one repository, and @sam may see nothing. */
let open: Visits | null = null;

beforeEach(async () => {
  open = await openVisits();
  open.rights.set("olga shop", "write");
});
afterEach(async () => {
  await open?.store.close();
  open = null;
});

function opened(): Visits {
  if (open === null) throw new Error("no pages are open outside a test");
  return open;
}

/** One row of the list of attacks about the pages. */
export function row(number: string, situation: string, run: (visits: Visits) => Promise<void>): void {
  plainRow(number, situation, () => run(opened()));
}

row.each =
  <Rows extends readonly (readonly [unknown, ...unknown[]])[]>(rows: Rows) =>
  (
    number: string,
    situation: string,
    run: (visits: Visits, ...values: Rows[number]) => Promise<void>,
  ): void => {
    for (const values of rows) row(number, titled(situation, values), (visits) => run(visits, ...values));
  };

/** Somebody who is logged in. */
export async function loggedIn(visits: Visits, login = "olga") {
  const browser = visits.browser();
  await browser.logIn(login);
  return browser;
}
