import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import type { Evidence } from "../../src/provenance/evidence.ts";
import { account, commit, detector, pullRequest } from "./texts.ts";

/** A wider list of marks kept beside the repository; without it there is nothing to compare. */
const FILE = new URL("../../../shared/data/ai-signals.json", import.meta.url);
const REVIEWERS = new URL("../../../shared/data/ai-signals-extra.json", import.meta.url);

const list = z.array(
  z.object({
    tool: z.string(),
    signals: z.array(
      z.object({
        kind: z.string(),
        pattern: z.string(),
        regex: z.string().nullish(),
        confidence: z.string(),
        source: z.string(),
      }),
    ),
  }),
);

const SIGNALS = (existsSync(FILE) ? list.parse(JSON.parse(readFileSync(FILE, "utf8"))) : []).flatMap(
  ({ tool, signals }) => signals.map((signal) => ({ tool, ...signal })),
);

/** Nobody saw it made: its strength is not to be taken over. */
const UNVERIFIED = /unverified|source id not kept|user-made/;
/** Seen in commits or in the maker's own words. */
const SEEN = /^fetched|; fetched|[\w.-]+\/[\w.-]+#\d/;
const ELSEWHERE = /schema\.ts/;

const addresses = SIGNALS.flatMap(({ tool, kind, regex, confidence, source }) => {
  if (kind !== "author-email" && kind !== "coauthor-email") return [];
  return samples(regex ?? "").map((email) => ({ tool, kind, email, confidence, source }));
});

/** Judged otherwise here, with the reason. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["opensource@block.xyz", "the company writes from it too, so a name must stand beside it"],
  ["noreply@bytedance.com", "the company writes from it too, so a name must stand beside it"],
  ["openharness[bot]@users.noreply.github.com", "only with its number"],
  ["roomote@roomote.dev", "not seen in the commits that are the source"],
  ["genie@cosine.sh", "not seen in the commits that are the source"],
  ["antigravity@google.com", "invented, and a stranger's"],
  ["antigravity@antigravity.ai", "invented"],
  ["antigravity@antigravity.dev", "invented"],
]);

/** Marked as not verified there, and seen since. */
const VERIFIED_SINCE: ReadonlySet<string> = new Set(["charliecreates[bot]"]);

const logins = SIGNALS.filter(({ kind }) => kind === "author-login").flatMap((signal) =>
  [...signal.pattern.matchAll(/([\w-]+\[bot\])/g)].map(([login]) => ({
    ...signal,
    login,
    id: Number(/\bid (\d+)/.exec(signal.pattern)?.[1] ?? 4_000_000_000),
  })),
);

if (SIGNALS.length > 0) {
  describe("every address and account of the list", () => {
    test("was read", () => {
      expect(addresses.length).toBeGreaterThan(200);
      expect(logins.length).toBeGreaterThan(50);
    });

    test.each(addresses)("$tool as $kind: $email", ({ kind, email, confidence, source }) => {
      const identity = { name: "Somebody", email, account: null };
      const change =
        kind === "author-email"
          ? { author: identity }
          : { message: `Fix it\n\nCo-authored-by: Somebody <${email}>` };
      const { writer, evidence } = detector.commit(commit(change));

      if (OTHERWISE.has(email)) return expect(writer).not.toBe("ai");
      expect(evidence).not.toEqual([]);
      if (confidence !== "weak" && SEEN.test(source) && !ELSEWHERE.test(source)) expect(writer).toBe("ai");
      if (confidence === "weak") expect(writer).not.toBe("ai");
    });

    test.each(logins)("$tool as author: $login ($id)", ({ id, login }) => {
      const author = account(id, login, "Bot");
      expect(detector.pullRequest(pullRequest({ author }))).not.toEqual([]);
      expect(detector.machine(author)).not.toBeNull();
    });

    test.each(logins.filter(({ login, source }) => UNVERIFIED.test(source) && !VERIFIED_SINCE.has(login)))(
      "$tool: $login is not verified, so weak",
      ({ id, login }) => {
        const found = detector.pullRequest(pullRequest({ author: account(id, login, "Bot") }));
        expect(strengths(found)).toEqual(["weak"]);
      },
    );
  });

  describe("every reviewer of the list", () => {
    const named = z
      .object({ ai_reviewers: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(REVIEWERS, "utf8")));
    const reviewers = named.ai_reviewers.flatMap((text) =>
      [...text.matchAll(/[\w-]+\[bot\]/g)].map(([login]) => ({
        login,
        id: Number(/\[bot\][^\d]* (\d+)/.exec(text)?.[1] ?? 4_000_000_000),
      })),
    );
    const NO_AI = ["github-actions[bot]", "grafana-pr-approver[bot]"];

    test.each(reviewers)("$login is a machine", ({ id, login }) => {
      const kind = NO_AI.includes(login) ? "automation" : "agent";
      expect(detector.machine(account(id, login, "Bot"))).toEqual({ kind, name: login });
      expect(detector.machine(account(id + 1, login, "User"))).toBeNull();
    });
  });
} else {
  // The list is no part of the project: where the repository stands alone there is nothing to compare with.
  test.skip("every address and account of a list that is not beside this repository", () => {});
}

function strengths(evidence: readonly Evidence[]): readonly string[] {
  return [...new Set(evidence.map(({ strength }) => strength))];
}

/** Strings that an anchored pattern of literals, groups and \d+ matches: every choice of every group. */
function samples(source: string): readonly string[] {
  const whole = source.split("|^");
  if (whole.length > 1) return whole.flatMap(samples);
  const group = /\(([^()]*)\)(\?)?/.exec(source);
  if (group === null) {
    return source === ""
      ? []
      : [
          source
            .replace(/^\^|\$$/g, "")
            .replaceAll("\\d+", "41898282")
            .replaceAll(/-\?/g, "-")
            .replaceAll("\\", ""),
        ];
  }
  const choices = [...(group[1] ?? "").split("|"), ...(group[2] === undefined ? [] : [""])];
  return choices.flatMap((choice) => samples(source.replace(group[0], () => choice)));
}
