import { describe, expect, test } from "@jest/globals";
import { EVALUATION, MORE_COMMENTS, MORE_PAGES } from "../../src/github/document.ts";
import { OPEN_PULLS } from "../../src/github/list-pulls.ts";
import { teamsDocument } from "../../src/github/teams.ts";
import { faultsOf } from "./github-schema.ts";

describe("every document is one GitHub would run", () => {
  test.each([
    ["the evaluation", EVALUATION],
    ["further pages", MORE_PAGES],
    ["further comments of a review", MORE_COMMENTS],
    ["one team", teamsDocument(1)],
    ["many teams", teamsDocument(25)],
    ["the open pull requests", OPEN_PULLS],
  ])("%s", (_, document) => {
    expect(faultsOf(document)).toEqual([]);
  });

  test("and a field of a newer GitHub is found out", () => {
    expect(faultsOf("query { viewer { login stack } }")).toHaveLength(1);
  });
});
