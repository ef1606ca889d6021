import { expect, test } from "@jest/globals";
import { releaseNotes } from "../../scripts/release/notes.ts";

const CHANGELOG = `# Changelog

## Unreleased

### Added

- More.

## 0.2.0 - 2026-12-01

### Added

- The second.

## 0.1.10 - 2026-11-30

- The first.

## 0.1.1

- Without a date.

## 0.0.1 - 2026-01-01

## 0.0.0 - 2025-01-01
`;

test.each([
  ["v0.2.0", "### Added\n\n- The second."],
  ["v0.1.10", "- The first."],
])("of %s are its section of the changelog", (tag, notes) => {
  expect(releaseNotes({ tag, version: tag.slice(1), changelog: CHANGELOG })).toBe(notes);
});

test.each([
  {
    why: "another version",
    tag: "v0.2.1",
    version: "0.2.0",
    says: "the tag is v0.2.1, but package.json says 0.2.0",
  },
  { why: "a tag without its letter", tag: "0.2.0", version: "0.2.0", says: "the tag is 0.2.0" },
  { why: "no section", tag: "v0.3.0", version: "0.3.0", says: "has no section “## 0.3.0 - YYYY-MM-DD”" },
  { why: "a section of another version", tag: "v0.1.0", version: "0.1.0", says: "has no section" },
  { why: "a section without a date", tag: "v0.1.1", version: "0.1.1", says: "has no date" },
  { why: "an empty section", tag: "v0.0.1", version: "0.0.1", says: "is empty" },
  { why: "an empty last section", tag: "v0.0.0", version: "0.0.0", says: "is empty" },
])("are refused for $why", ({ tag, version, says }) => {
  expect(() => releaseNotes({ tag, version, changelog: CHANGELOG })).toThrow(says);
});
