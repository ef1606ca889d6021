import { expect, test } from "@jest/globals";
import { adoptFrom } from "../../src/store/sql/adoption.ts";
import { newsStatements } from "../../src/store/sql/news.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const repository = {
  ...{ installationId: 7, repositoryId: 70, owner: "acme", repo: "shop", nodeId: "R_70" },
  createdAt: "2026-01-01T00:00:00Z",
};

test.each([
  ["looked through while anything is kept there", [{ kept: 1 }], true],
  ["left alone once nothing is: each delivery would ask for it", [], false],
])("what earlier versions kept by name is %s", (_, kept, isAsked) => {
  const told = newsStatements({ tasks: [], repositories: [repository] }, NOW, adoptFrom(kept));
  expect(told.some(({ sql }) => sql.includes("named_"))).toBe(isAsked);
  expect(told[0]?.sql).toContain("INSERT INTO main.repository");
});
