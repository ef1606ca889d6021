import { expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { changed } from "../../../src/production/hazards/rule.ts";
import {
  SERVICES_KEEPING,
  SERVICES_OPENING,
} from "../../../src/production/hazards/rule-sets/servers/services.ts";

const idsIn = (path: string, before: string, after: string) =>
  findHazards([changed(path, before, after)]).map(({ id }) => id);

test.each(SERVICES_OPENING)("asks when $says.1 comes, and not for $near", ({ says: [path, line], near }) => {
  expect(idsIn(path, "a\n", `a\n${line}\n`)).toContain("servers/opened");
  expect(idsIn(path, "a\n", `a\n${near}\n`)).not.toContain("servers/opened");
});

test.each(SERVICES_KEEPING)("asks when $says.1 goes, and not for $near", ({ says: [path, line], near }) => {
  expect(idsIn(path, `a\n${line}\n`, "a\n")).toContain("servers/opened");
  expect(idsIn(path, `a\n${near}\n`, "a\n")).not.toContain("servers/opened");
});
