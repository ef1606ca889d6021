import { describe, expect, test } from "@jest/globals";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Account, Authority, Permission, SignerSet, Snapshot } from "../../../src/signoff/snapshot.ts";
import { bot, nils, olga, policy, recorded, snapshot, sven } from "../build.ts";

const NOW = snapshot().now;
const EARLIER = "2026-11-01T00:00:00Z";
const SRE = "@acme/sre";

/** Those who may do something now, and who is in the team. */
const reading = (more: Partial<Authority>): Partial<Snapshot> => ({
  authority: { permissions: {}, teams: {}, ...more },
});
const team = (...members: readonly Account[]) =>
  reading({ teams: { "acme/sre": { status: "known", members } } });
const named = (permission?: Permission, account: Account | null = olga) =>
  reading({
    users: { olga: account },
    permissions: permission === undefined ? {} : { [olga.id]: permission },
  });
const set = (owner: string, accounts: readonly number[], former: SignerSet["former"] = []): SignerSet => {
  return { owner, accounts, former };
};

interface Row {
  readonly why: string;
  readonly reads: Partial<Snapshot>;
  readonly known?: readonly SignerSet[];
  readonly accounts?: Snapshot["recorded"]["accounts"];
  readonly notes: readonly SignerSet[];
}

describe("who can sign through an owner is noted", () => {
  test.each<Row>([
    {
      why: "of a team: its people",
      reads: team(sven, olga, bot("helper[bot]", 900)),
      notes: [set(SRE, [olga.id, sven.id])],
    },
    { why: "of nobody new: not again", reads: team(olga), known: [set(SRE, [olga.id])], notes: [] },
    {
      why: "with one more",
      reads: team(olga, sven),
      known: [set(SRE, [olga.id])],
      notes: [set(SRE, [olga.id, sven.id])],
    },
    {
      why: "with who left, and until when at the latest",
      reads: team(sven),
      known: [set(SRE, [olga.id, sven.id])],
      notes: [set(SRE, [sven.id], [{ account: olga.id, until: NOW }])],
    },
    {
      why: "with who left before them",
      reads: team(sven),
      known: [set(SRE, [olga.id, sven.id], [{ account: nils.id, until: EARLIER }])],
      notes: [
        set(
          SRE,
          [sven.id],
          [
            { account: nils.id, until: EARLIER },
            { account: olga.id, until: NOW },
          ],
        ),
      ],
    },
    {
      why: "without who came back",
      reads: team(olga),
      known: [set(SRE, [], [{ account: olga.id, until: EARLIER }])],
      notes: [set(SRE, [olga.id])],
    },
    {
      why: "of a team that may not sign any more: all of them left",
      reads: reading({ teams: { "acme/sre": { status: "unknown", reason: "is a secret team" } } }),
      known: [set(SRE, [olga.id])],
      notes: [set(SRE, [], [{ account: olga.id, until: NOW }])],
    },
    {
      why: "of a team that nobody can look into: nothing",
      reads: reading({ teams: { "acme/sre": { status: "unlisted", reason: "is not known here" } } }),
      known: [set(SRE, [olga.id])],
      notes: [],
    },
    { why: "of a person who may write", reads: named("write"), notes: [set("@olga", [olga.id])] },
    { why: "of a person who may not: nothing new", reads: named("read"), notes: [] },
    {
      why: "of a person who may no longer",
      reads: named("triage"),
      known: [set("@olga", [olga.id])],
      notes: [set("@olga", [], [{ account: olga.id, until: NOW }])],
    },
    {
      why: "of a person of whom it is not told: nothing",
      reads: named(),
      known: [set("@olga", [olga.id])],
      notes: [],
    },
    {
      why: "of a name that nobody bears any more",
      reads: named("write", null),
      known: [set("@olga", [olga.id])],
      notes: [set("@olga", [], [{ account: olga.id, until: NOW }])],
    },
    {
      why: "of a name that was another account's: nothing",
      reads: named("write"),
      accounts: [{ login: "@olga", id: 999 }],
      notes: [],
    },
  ])("$why", ({ reads, known, accounts = [], notes }) => {
    const memory = recorded({ accounts, ...(known && { signers: known }) });
    const { signers = [] } = evaluate(snapshot({ ...reads, recorded: memory }), policy()).toRecord;
    expect(signers).toEqual(notes);
  });
});
