import { describe, expect, test } from "@jest/globals";
import { mutationDocument } from "../../../src/github/client/mutation.ts";
import { OPEN_PULLS } from "../../../src/github/listing/list-pulls.ts";
import { MERGE } from "../../../src/github/listing/merge.ts";
import { MERGE_QUEUE } from "../../../src/github/listing/merge-group.ts";
import { writersDocument } from "../../../src/github/reading/addresses.ts";
import { baseFilesDocument } from "../../../src/github/reading/content/base-files.ts";
import { baseSidesDocument } from "../../../src/github/reading/content/base-sides.ts";
import { TREES } from "../../../src/github/reading/content/empty-change.ts";
import { modesDocument } from "../../../src/github/reading/content/modes.ts";
import { notesDocument } from "../../../src/github/reading/content/notes.ts";
import { blobsDocument } from "../../../src/github/reading/content/read-blobs.ts";
import { MERGED_PULLS, PLACE, RULES_OF_TODAY } from "../../../src/github/reading/past/merged-pulls.ts";
import { rulesOfThenDocument } from "../../../src/github/reading/past/rules-of-then.ts";
import { MORE_REMARKS } from "../../../src/github/reading/people/comments.ts";
import { issuesDocument, MORE_EVENTS } from "../../../src/github/reading/people/issues.ts";
import { teamsDocument } from "../../../src/github/reading/people/teams.ts";
import { usersDocument } from "../../../src/github/reading/people/users.ts";
import {
  MORE_COMMENTS,
  MORE_PAGES,
  pullRequestDocument,
} from "../../../src/github/reading/pull-request-document.ts";
import { rangeDocument } from "../../../src/github/reading/range/range-document.ts";
import { earlierDocument } from "../../../src/github/reading/reapplied.ts";
import { BRANCH_RULES } from "../../../src/github/reading/rules/branch-rules.ts";
import { GOVERNED } from "../../../src/github/reading/rules/governed.ts";
import { faultsOf, WITHOUT_STACKS } from "../github-schema.ts";

const BARE = { stacks: true, teams: 0, users: 0, labels: 0, paths: 0, blobs: 0, sides: 0 };

const write = (alias: string, name: Parameters<typeof mutationDocument>[0][number]["name"]) => ({
  alias,
  name,
  input: {},
  need: "",
});

describe("every document is one GitHub would run", () => {
  test.each([
    ["the evaluation", pullRequestDocument(BARE)],
    [
      "the evaluation with all it may foresee",
      pullRequestDocument({ ...BARE, teams: 25, users: 50, labels: 3, paths: 100, blobs: 50, sides: 100 }),
    ],
    ["the branch below a stack", GOVERNED],
    ["further pages", MORE_PAGES],
    ["further comments of a review", MORE_COMMENTS],
    ["further comments", MORE_REMARKS],
    ["the modes of many files", modesDocument(300)],
    ["notes of many commits", notesDocument(300)],
    ["the contents of many files", blobsDocument(50)],
    ["many files of the base", baseFilesDocument(50)],
    ["what the merge base has in many places", baseSidesDocument(300)],
    ["the trees of both sides", TREES],
    ["many issues", issuesDocument(20)],
    ["further events of an issue", MORE_EVENTS],
    ["the writers of many earlier commits", writersDocument(300)],
    ["many commits that were undone", earlierDocument(100)],
    ["one team", teamsDocument(1)],
    ["many teams", teamsDocument(25)],
    ["many people", usersDocument(50)],
    ["the open pull requests", OPEN_PULLS],
    ["a merge", MERGE],
    ["a merge queue", MERGE_QUEUE],
    ["the rules of branches", BRANCH_RULES],
    ["what came into a branch", rangeDocument(100)],
    ["what a branch lost", rangeDocument(0)],
    ["a repository by whichever name", PLACE],
    ["the rules of today", RULES_OF_TODAY],
    ["the merged pull requests", MERGED_PULLS],
    ["the rules of many commits", rulesOfThenDocument(20)],
    [
      "every kind of write at once",
      mutationDocument([
        write("check", "createCheckRun"),
        write("more0", "updateCheckRun"),
        write("add0", "addLabelsToLabelable"),
        write("remove0", "removeLabelsFromLabelable"),
        write("ask0", "requestReviews"),
      ]),
    ],
  ])("%s", (_, document) => {
    expect(faultsOf(document)).toEqual([]);
  });

  test("the evaluation without stacks, by the schema of Enterprise Server", () => {
    expect(faultsOf(pullRequestDocument({ ...BARE, stacks: false }), WITHOUT_STACKS)).toEqual([]);
  });

  test("and a field of a newer GitHub is found out", () => {
    expect(faultsOf(pullRequestDocument(BARE), WITHOUT_STACKS)).toHaveLength(1);
  });
});
