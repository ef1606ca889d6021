import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import type { Evidence } from "../../../src/provenance/evidence.ts";
import { account, commit, detector, pullRequest } from "../texts.ts";

/** A wider list of signals kept beside the repository; without it there is nothing to compare. */
const FILE = new URL("../../../../shared/data/ai-signals.json", import.meta.url);
const REVIEWERS = new URL("../../../../shared/data/ai-signals-extra.json", import.meta.url);

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

const SIGNALS = list
  .parse(jsonIn(FILE) ?? [])
  .flatMap(({ tool, signals }) => signals.map((signal) => ({ tool, ...signal })));

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

/** Listed as not verified there, and seen since. */
const VERIFIED_SINCE: ReadonlySet<string> = new Set(["charliecreates[bot]"]);

const logins = SIGNALS.filter(({ kind }) => kind === "author-login").flatMap((signal) =>
  [...signal.pattern.matchAll(/([\w-]+\[bot\])/g)].map(([login]) => ({
    ...signal,
    login,
    id: Number(/\bid (\d+)/.exec(signal.pattern)?.[1] ?? 4_000_000_000),
  })),
);

const reviewers = z
  .object({ ai_reviewers: z.array(z.string()) })
  .parse(jsonIn(REVIEWERS) ?? { ai_reviewers: [] })
  .ai_reviewers.flatMap((text) =>
    [...text.matchAll(/[\w-]+\[bot\]/g)].map(([login]) => ({
      login,
      id: Number(/\[bot\][^\d]* (\d+)/.exec(text)?.[1] ?? 4_000_000_000),
    })),
  );

const NO_AI = ["github-actions[bot]", "grafana-pr-approver[bot]"];

// The list is no part of the project: where the repository stands alone there is nothing to compare with.
(existsSync(FILE) ? test : test.skip)("the list was read", () => {
  expect(addresses.length).toBeGreaterThan(200);
  expect(logins.length).toBeGreaterThan(50);
  expect(reviewers.length).toBeGreaterThan(20);
});

describe("every address and account of the list", () => {
  for (const { tool, kind, email, confidence, source } of addresses) {
    test(`${tool} as ${kind}: ${email}`, () => {
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
  }

  for (const { tool, id, login, source } of logins) {
    const author = account(id, login, "Bot");

    test(`${tool} as author: ${login} (${id})`, () => {
      expect(detector.pullRequest(pullRequest({ author }))).not.toEqual([]);
      expect(detector.machine(author)).not.toBeNull();
    });

    if (!UNVERIFIED.test(source) || VERIFIED_SINCE.has(login)) continue;
    test(`${tool}: ${login} is not verified, so weak`, () => {
      expect(strengths(detector.pullRequest(pullRequest({ author })))).toEqual(["weak"]);
    });
  }
});

describe("every reviewer of the list is a machine", () => {
  for (const { id, login } of reviewers) {
    test(login, () => {
      const kind = NO_AI.includes(login) ? "automation" : "agent";
      expect(detector.machine(account(id, login, "Bot"))).toEqual({ kind, name: login });
      expect(detector.machine(account(id + 1, login, "User"))).toBeNull();
    });
  }
});

/** `undefined` where there is no such file. */
function jsonIn(file: URL): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
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
