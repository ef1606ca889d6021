import { expect, test } from "@jest/globals";
import type { Evidence } from "../../src/provenance/evidence.ts";
import { inherited } from "../../src/signoff/inherited.ts";
import { HEAD, kira, kiro, OLD_HEAD, olga, pushed, requester } from "./build.ts";

const EVIDENCE: readonly Evidence[] = [
  {
    tool: "Kiro",
    kind: "account",
    strength: "certain",
    where: { on: "commit", sha: OLD_HEAD, field: "author" },
    text: "kiro-agent[bot]",
  },
];

test("A17 a commit that was made of others keeps their evidence and people, none of whom pushed it", () => {
  const known = {
    evidence: EVIDENCE,
    participants: [
      { ...pushed(kiro, OLD_HEAD), introduced: true as const },
      requester(kira),
      { account: olga, role: "opener" as const, because: "opened #12" },
    ],
  };
  expect(inherited(known, { sha: HEAD, how: "in #12" })).toEqual({
    sha: HEAD,
    evidence: EVIDENCE,
    participants: [
      { account: kiro, role: "opener", because: "pushed aaaaaaa in #12" },
      { account: kira, role: "requester", because: "asked Kiro to start (2026-11-20) in #12" },
      { account: olga, role: "opener", because: "opened #12 in #12" },
    ],
  });
});

test("A17 and that more was seen than is kept", () => {
  expect(inherited({ evidence: [], participants: [], dropped: true }, { sha: HEAD, how: "in #12" })).toEqual({
    sha: HEAD,
    evidence: [],
    participants: [],
    dropped: true,
  });
});

test("A21 and that somebody is known by an address alone", () => {
  const participants = [{ ...requester(kira), presumed: true as const }];
  expect(inherited({ evidence: [], participants }, { sha: HEAD, how: "in #12" }).participants).toEqual([
    { account: kira, role: "requester", because: "asked Kiro to start (2026-11-20) in #12", presumed: true },
  ]);
});
