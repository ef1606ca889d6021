import { describe, expect, test } from "@jest/globals";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { judge } from "../../src/signoff/evaluate.ts";
import type { ChangedFile, Snapshot } from "../../src/signoff/snapshot.ts";
import {
  approval,
  commit,
  file,
  HEAD,
  humanChange,
  kira,
  kiro,
  olga,
  recorded,
  requester,
  snapshot,
  sven,
} from "./build.ts";

const found = (text: string) => ({ status: "found", path: CONFIG_PATH, text }) as const;
const ABSENT = { status: "absent" } as const;
const INVALID = found("branchs: [main]\n");
const FOLDER_FLOOR = found(
  "production: [{ name: settings, paths: [/.github/], countersignatures: 2, applies-to: ai }]\n",
);
const FLOOR = found("mode: observe\nproduction: [{ name: control-files, countersignatures: 2 }]\n");
const UNREADABLE = { status: "unreadable", path: CONFIG_PATH, reason: "it is a folder" } as const;
const config = (more: Partial<ChangedFile> = {}) => file(CONFIG_PATH, more);

interface Given {
  readonly files?: readonly ChangedFile[];
  readonly sources?: Partial<Snapshot["policySources"]>;
}

/** Kira turns an invalid config into a valid one. */
function mend({ files = [config()], sources = {} }: Given = {}): Partial<Snapshot> {
  const policySources = { organization: ABSENT, repository: INVALID, proposed: found("branches: [main]\n") };
  return {
    files,
    policySources: { ...policySources, ...sources },
    codeowners: { path: "CODEOWNERS", text: "* @olga\n" },
  };
}

describe("a pull request that makes an invalid config valid", () => {
  test("is let through by no override, whatever the organization says of it", () => {
    const organization = found('override: { by: ["@olga", "@sven"] }\n');
    const line = {
      headSha: HEAD,
      named: HEAD.slice(0, 12),
      baseRef: "main",
      reason: "It burns",
      lasts: 3_600_000,
    };
    const overrides = [olga, sven].map((by, commentId) => ({
      commentId,
      by,
      at: "2026-11-20T12:50:00Z",
      ...line,
    }));
    const given = humanChange({ ...mend({ sources: { organization } }), recorded: recorded({ overrides }) });
    expect(judge(given).conclusion).toBe("action_required");
    const sound = { ...given, policySources: { organization, repository: ABSENT } };
    expect(
      judge({
        ...sound,
        files: [file("infra/main.tf")],
        participants: [requester(kira)],
        commits: [commit(kiro)],
      }).conclusion,
    ).toBe("success");
  });

  test.each<[why: string, given: Partial<Snapshot>, conclusion: string]>([
    ["a person's waits for an owner of the config", mend(), "action_required"],
    ["signed by an owner", { ...mend(), reviews: [approval(olga)] }, "success"],
    [
      "the organization's rule for it holds, and its mode does not let it through",
      { ...mend({ sources: { organization: FLOOR } }), reviews: [approval(olga)] },
      "action_required",
    ],
    ["what it leaves is invalid too", mend({ sources: { proposed: INVALID } }), "failure"],
    [
      "what it leaves is not known",
      { ...mend(), policySources: { organization: ABSENT, repository: INVALID } },
      "failure",
    ],
    ["what it leaves cannot be read", mend({ sources: { proposed: UNREADABLE } }), "failure"],
    ["it takes the config out of sight", mend({ sources: { proposed: ABSENT } }), "failure"],
    ["it changes nothing at all", mend({ files: [] }), "failure"],
    ["it deletes the config", mend({ files: [config({ status: "removed", contentId: null })] }), "failure"],
    ["it changes another file too", mend({ files: [config(), file("app/cart.ts")] }), "failure"],
    ["it changes another file alone", mend({ files: [file("app/cart.ts")] }), "failure"],
    ["the organization's file is invalid", mend({ sources: { organization: INVALID } }), "failure"],
    ["the config could not be read", mend({ sources: { repository: UNREADABLE } }), "failure"],
  ])("%s", (_why, given, conclusion) => {
    const judged = judge(humanChange(given));

    expect(judged.conclusion).toBe(conclusion);
    expect(judged.problems.some(({ code }) => code === "config/fix")).toBe(conclusion !== "failure");
  });

  test("says so", () => {
    expect(judge(humanChange(mend())).problems).toEqual([
      {
        code: "config/fix",
        severity: "warning",
        file: CONFIG_PATH,
        message: "The config on the default branch is invalid, and this pull request fixes it.",
        remedy:
          "An owner of the config must countersign this, even if a human wrote it. Everything else is blocked until it merges.",
      },
    ]);
  });

  test("requires from a human only the config's own area, not those for AI changes", () => {
    const areas = (given: Snapshot) => judge(given).requirements.map(({ requirement }) => requirement.area);
    const given = mend({ sources: { organization: FOLDER_FLOOR } });

    expect(areas(humanChange(given))).toEqual(["control-files"]);
    expect(areas(snapshot(given)).toSorted()).toEqual(["control-files", "settings"]);
  });

  test("needs the same from an agent", () => {
    expect(judge(snapshot(mend()))).toMatchObject({
      conclusion: "action_required",
      requirements: [{ requirement: { area: "control-files" } }],
    });
  });
});
