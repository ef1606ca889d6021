import { expect } from "@jest/globals";
import { repositoryPage } from "../../src/pages/repository.ts";
import { everything, PAGES, poisoned, visitor } from "../pages/everything.ts";
import { SITE } from "../signoff/build.ts";
import { row } from "./plain-row.ts";

/** Tags and the addresses in them; texts between them do not matter. */
function markupOf(html: string): string {
  const inside = html.replace(/<style>[\s\S]*?<\/style>/, "<style></style>");
  return [...inside.matchAll(/<[^>]*>/g)]
    .map(([tag]) => tag.replace(/ (?:href|value|datetime)="[^"]*"/g, ""))
    .join("\n");
}

const ADDRESS = /^(?:\/(?!\/)|#|https:\/\/github\.com\/|https:\/\/docs\.example\/)/;

const addressesIn = (html: string) =>
  [...html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, to = ""]) => to);

row.each(Object.entries(PAGES))("H05", "an outsider writes markup wherever they can write: %s", (_, page) => {
  const [clean, evil] = [page((value) => value), page(poisoned)];
  expect(evil).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(markupOf(evil)).not.toMatch(/<(?:img|script(?! src="\/sign\.js" defer="">))|onerror/i);
  const tags = (html: string) => new Set(markupOf(html).split("\n"));
  expect([...tags(evil)].filter((tag) => !tags(clean).has(tag))).toEqual([]);
  for (const address of addressesIn(evil)) expect(address).toMatch(ADDRESS);
});

row("H05", "an outsider chooses an address that a page would lead to", () => {
  const told = everything();
  const site = { site: SITE, visitor, repository: "acme/shop" };
  const nothing = { hasMore: false, answers: [], waits: [], exceptions: [], pulls: [], followUps: [] };
  const page = (fix: string) => {
    const finding = { code: "check-required", severity: "error", says: "x", where: [], holds: "no", fix };
    return repositoryPage({ ...site, ...nothing, gate: { at: 0, findings: [finding] as never } });
  };
  expect(page("javascript:alert(1)")).not.toContain('href="javascript');
  expect(JSON.stringify(told)).not.toContain("javascript:");
});
