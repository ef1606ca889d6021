import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import type { IdentityField } from "../../src/provenance/tool.ts";
import { account, commit, detector, pullRequest } from "./texts.ts";

/** A wider list of marks kept beside the repository; without it there is nothing to compare. */
const FILE = new URL("../../../shared/data/ai-signals.json", import.meta.url);

const TOOLS =
  /^(Amazon (Kiro|Q)|Claude Code|Cursor|Sourcegraph|GitHub Copilot|OpenAI Codex|Devin|Google Jules|Gemini|Aider)/;

const tools = z.array(
  z.object({
    tool: z.string(),
    signals: z.array(
      z.object({
        kind: z.string(),
        pattern: z.string(),
        regex: z.string().nullish(),
        confidence: z.string(),
      }),
    ),
  }),
);

const definitive = (existsSync(FILE) ? tools.parse(JSON.parse(readFileSync(FILE, "utf8"))) : [])
  .filter(({ tool }) => TOOLS.test(tool))
  .flatMap(({ tool, signals }) => signals.map((signal) => ({ tool, ...signal })))
  .filter(({ confidence }) => confidence === "definitive");

const FIELDS: ReadonlyMap<string, IdentityField> = new Map([
  ["author-email", "author"],
  ["coauthor-email", "co-author"],
]);

const emails = definitive.flatMap(({ tool, kind, regex }) => {
  const field = FIELDS.get(kind);
  return field === undefined ? [] : samples(regex ?? "").map((email) => ({ tool, field, email }));
});

const logins = definitive
  .filter(({ kind }) => kind === "author-login")
  .map(({ tool, pattern }) => ({
    tool,
    login: /^[\w-]+(\[bot\])?/.exec(pattern)?.[0] ?? "",
    id: Number(/\bid (\d+)/.exec(pattern)?.[1]),
  }));

if (definitive.length > 0) {
  describe("every definitive signal of the named tools", () => {
    test("was read", () => {
      expect(emails.length).toBeGreaterThan(40);
      expect(logins.length).toBeGreaterThan(10);
    });

    test.each(emails)("$tool as $field: $email", ({ field, email }) => {
      const identity = { name: "Somebody", email, account: null };
      const change =
        field === "author"
          ? { author: identity }
          : { message: `Fix it\n\nCo-authored-by: Somebody <${email}>` };
      expect(detector.commit(commit(change)).writer).toBe("ai");
    });

    test.each(logins)("$tool as author: $login ($id)", ({ id, login }) => {
      const author = account(id, login, "Bot");
      const found = detector.pullRequest(pullRequest({ author }));
      expect(detector.judge(found, "human").writer).toBe("ai");
      expect(detector.machine(author)?.kind).toBe("agent");
    });
  });
} else {
  test.todo("every definitive signal of the named tools (the list is not here)");
}

/** Strings that an anchored pattern of literals, groups and \d+ matches: every choice of every group. */
function samples(source: string): readonly string[] {
  const group = /\(([^()]*)\)(\?)?/.exec(source);
  if (group === null) {
    return [
      source
        .replace(/^\^|\$$/g, "")
        .replaceAll("\\d+", "41898282")
        .replaceAll("\\", ""),
    ];
  }
  const choices = [...(group[1] ?? "").split("|"), ...(group[2] === undefined ? [] : [""])];
  return choices.flatMap((choice) => samples(source.replace(group[0], () => choice)));
}
