import { expect, test } from "@jest/globals";
import { commandsIn } from "../../../src/app/intake/commands.ts";
import { readHint } from "../../../src/app/intake/hint.ts";

const AT = "2026-11-20T12:00:00Z";
const FREEZE = "/countersign freeze all until 2026-12-24 Look first";

function heard(comment: object, { action = "created", event = "issue_comment" } = {}) {
  const user = { id: 5, login: "sam", type: "User" };
  const hint = readHint({
    action,
    issue: { number: 7 },
    comment: { id: 11, user, created_at: AT, ...comment },
  });
  return hint === null ? [] : commandsIn(event, hint);
}

const SAM = { pull: 7, commentId: 11, account: 5, login: "sam" };

test.each<{ why: string; comment: object; action?: string; keeps: boolean }>([
  { why: "a freeze", comment: { body: `So:\r\n\r\n${FREEZE}` }, keeps: true },
  { why: "a withdrawal", comment: { body: "/countersign withdraw" }, keeps: true },
  { why: "what would let something through", comment: { body: "/countersign unfreeze all" }, keeps: false },
  { why: "what was edited into a comment", comment: { body: FREEZE }, action: "edited", keeps: false },
  {
    why: "what an App wrote for somebody",
    comment: { body: FREEZE, performed_via_github_app: { id: 1 } },
    keeps: false,
  },
  { why: "a comment without its time", comment: { body: FREEZE, created_at: "yesterday" }, keeps: false },
  { why: "a very long comment", comment: { body: `${FREEZE}${"!".repeat(2000)}` }, keeps: false },
])(
  "a command is heard, and kept as it was written only if it is a no: $why",
  ({ comment, action, keeps }) => {
    const said = { body: "body" in comment ? comment.body : "", at: AT };
    expect(heard(comment, action === undefined ? {} : { action })).toEqual([keeps ? { ...SAM, said } : SAM]);
  },
);

test.each([
  { why: "no command", comment: { body: "LGTM" } },
  { why: "of a machine", comment: { body: FREEZE, user: { id: 6, login: "a[bot]", type: "Bot" } } },
])("nothing is heard of what is $why", ({ comment }) => {
  expect(heard(comment)).toEqual([]);
});
