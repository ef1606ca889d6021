import { describe, expect, test } from "@jest/globals";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { refusedVerdict } from "../../../src/signoff/failed.ts";
import { COMMENT_BYTES } from "../../../src/signoff/limits.ts";
import { COMMENT_MARK, commentOf } from "../../../src/signoff/report/comment.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { unlinked } from "../../gate/plain.ts";
import { approval, file, humanChange, JUDGED, olga, policy, snapshot, verdict } from "../build.ts";

const COMMENT = { comment: true };
const textFor = (of: Verdict) => commentOf(of, explain(of, JUDGED));

describe("the comment", () => {
  test("begins with a line that GitHub hides", () => {
    expect(COMMENT_MARK).toBe("<!-- countersign -->");
  });

  test("does not exist unless the policy wants it", () => {
    expect(textFor(verdict())).toBeNull();
    expect(
      textFor(refusedVerdict({ code: "github/rejected", message: "No answer.", remedy: "Wait." })),
    ).toBeNull();
  });

  test("says who has to do what, as the check does", () => {
    const of = verdict({}, COMMENT);
    const { summary } = explain(of, JUDGED);
    expect(textFor(of)).toEqual({
      begin: true,
      text: `${COMMENT_MARK}\n${summary}`,
    });
  });

  test.each<{ why: string; of: () => Verdict; text: string }>([
    {
      why: "all is signed",
      of: () => verdict({ reviews: [approval(olga)] }, COMMENT),
      text: "**Countersigned by `@olga`**",
    },
    {
      why: "nobody is needed",
      of: () => evaluate(humanChange(), policy(COMMENT)),
      text: "**No AI-authored change**",
    },
    {
      why: "it only observes",
      of: () => verdict({}, { ...COMMENT, mode: "observe" }),
      text: "**Observe mode, would block: Needs `@olga` or 1 more: infrastructure**",
    },
  ])("is one line and is not created when $why", ({ of, text }) => {
    expect(textFor(of())).toEqual({ begin: false, text: `${COMMENT_MARK}\n${text}` });
  });

  test("is created if the pull request could not be evaluated", () => {
    const problem = {
      code: "config/syntax",
      severity: "error",
      message: "It is broken.",
      remedy: "Mend it.",
    } as const;
    const comment = textFor(evaluate(snapshot(), policy(COMMENT), [problem]));
    expect(comment).toMatchObject({ begin: true, text: expect.stringContaining("It is broken. Mend it.") });
  });

  test("notifies nobody, and no title makes it lie", () => {
    const { text = "" } = textFor(verdict({ files: [file("infra/**x** @kira <img>")] }, COMMENT)) ?? {};
    expect(unlinked(text).replaceAll(/`[^`]*`/g, "")).not.toMatch(/@\w|<(?!!-- countersign -->)/);
  });

  test("keeps GitHub's limit and says what is left out", () => {
    const names = Array.from({ length: 3000 }, (_, index) => `${index}`.padStart(40, "0"));
    const text = names.map((name) => `/infra/${name} @u${name}`).join("\n");
    const files = names.map((name) => file(`infra/${name}`));
    const comment = textFor(verdict({ files, codeowners: { path: "CODEOWNERS", text } }, COMMENT));

    expect(new TextEncoder().encode(comment?.text).length).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(comment?.text).toMatch(/more lines? not shown\.\*$/);
  });
});
