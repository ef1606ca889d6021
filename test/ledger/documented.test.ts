import { expect, test } from "@jest/globals";
import { ENTRY_KINDS } from "../../src/ledger/entry.ts";
import { read } from "../repository/files.ts";

test.each(ENTRY_KINDS)("docs/ledger.md says when an entry is written: %s", (kind) => {
  const rows = read("docs/ledger.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  expect(rows.some((row) => row.split("|")[1]?.includes(`\`${kind}\``))).toBe(true);
});
