import { expect, test } from "@jest/globals";
import { CHECK_BODY_BYTES } from "../../../src/signoff/limits.ts";
import { withAnchor } from "../../../src/signoff/report/anchor.ts";

const HASH = "a".repeat(64);
const LINE = `\n\nLedger: \`${HASH}\``;

test.each([
  ["some text", "Evaluated.", true],
  ["as much as leaves room", "ö".repeat((CHECK_BODY_BYTES - LINE.length) / 2), true],
  ["more", "x".repeat(CHECK_BODY_BYTES - LINE.length + 1), false],
])("The ledger's hash stands at the end of a check, where there is room: %s", (_, text, isNoted) => {
  const explanation = { title: "t", summary: "s", text, annotations: [] };
  expect(withAnchor(explanation, HASH)).toEqual(
    isNoted ? { ...explanation, text: text + LINE } : explanation,
  );
});
