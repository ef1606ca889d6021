import { attestChange } from "../../../src/app/attesting/attest-change.ts";
import { prepareSigning } from "../../../src/app/attesting/signing.ts";
import { changeEntries } from "../../../src/app/watch/entries.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import type { RepositoryRef } from "../../../src/store/repository.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { WatchRules } from "../../../src/store/watch.ts";
import type { BranchMove } from "../../../src/watch/moves.ts";
import type { ChangeOutcome } from "../../../src/watch/outcome.ts";
import { ManualClock } from "../../app/manual-clock.ts";
import { notes } from "../../app/notes.ts";
import { VirtualAuthenticator } from "../../app/passkeys/virtual-authenticator.ts";
import { keepPasskey } from "../../attestation/kept-passkey.ts";

const SRE = "infrastructure: @acme/sre";
const SHOP: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const RULES: WatchRules = {
  branches: ["~DEFAULT_BRANCH"],
  defaultBranch: "main",
  allowed: [],
  followUp: "none",
};
const sam = { id: 1003, login: "sam" };
const olga = { id: 1002, login: "olga" };

/** Commits of a branch, by their number. */
const commit = (number: number): string => number.toString(16).padStart(2, "0").repeat(20);

interface Merged {
  readonly outcome: ChangeOutcome;
  readonly branch?: string;
  readonly repository?: typeof SHOP;
  /** What the check last said of it; left out for nothing. */
  readonly verdict?: object;
  /** Whether somebody had signed. */
  readonly signed?: boolean;
  /** ISO 8601. */
  readonly at: string;
  readonly allowed?: string;
  /** Whether whoever signed confirmed it with a passkey, or with another key than it says. */
  readonly passkey?: "own" | "forged";
}

/** A store as the App leaves it, of a shop that merges one change after the other. */
class LedgerShop {
  readonly store: Store;
  readonly clock = new ManualClock();
  #pulls = 0;
  readonly #tips = new Map<string, number>();

  constructor(folder: string) {
    this.store = openSqliteStore(folder);
  }

  async merge({
    outcome,
    branch = "main",
    repository = SHOP,
    verdict = SIGNED,
    signed = true,
    at,
    allowed,
    passkey,
  }: Merged): Promise<void> {
    const { store, clock } = this;
    clock.pass(Date.parse(at) - clock.now().getTime());
    this.#pulls += 1;
    const [pull, key] = [this.#pulls, `${repository.repo} ${branch}`];
    const tip = this.#tips.get(key) ?? 0;
    const headSha = commit(100 + pull);
    const entry = (kind: LedgerEntry["kind"], data: object): LedgerEntry => {
      return { at: clock.now().toISOString(), repository, pull, headSha, kind, data };
    };
    const evidence = {
      tool: "kiro",
      kind: "trailer",
      strength: "certain",
      text: "Co-authored-by: Kiro <kiro@kiro.dev>",
    };
    await store.seeRepositories([{ ...repository, nodeId: null, createdAt: null }]);
    const authenticator = new VirtualAuthenticator();
    const signedBy = passkey === "forged" ? new VirtualAuthenticator() : authenticator;
    const confirmed = passkey && {
      passkey: (await keepPasskey(store, { repository, pull, authenticator, signedBy, at: clock.now() }))
        .counted,
    };
    await store.append([
      entry("evidence", { ...evidence, where: { on: "commit", sha: headSha, field: "message" } }),
      entry("verdict", verdict),
      ...(signed ? [entry("countersignature", { ...SIGNATURE, headSha, at, ...confirmed })] : []),
    ]);
    const was = tip === 0 ? null : { branch, tip: commit(tip), move: `${tip}` };
    if (was === null) await store.beginWatch(repository, { rules: RULES, branches: [] }, clock.now());
    clock.pass(60_000);
    const move: BranchMove = {
      ...{ id: `${pull}`, branch, before: commit(tip), after: commit(pull), kind: "pr_merge" },
      ...{ at: new Date(at).toISOString(), by: { ...olga, type: "User" } },
    };
    const signing = await prepareSigning({ store, clock, log: notes() }, undefined);
    const github = { commitFacts: async () => ({ parents: [], tree: commit(200) }) };
    const attest = attestChange({ store, github, log: notes(), signing, host: "https://github.com" });
    const change = { outcome, pull, headSha };
    const attested = await attest({ repository, move, change, served: [headSha], tree: null });
    await store.recordMove(
      repository,
      {
        ...{ was, now: { branch, tip: commit(pull), move: `${pull}` }, served: [] },
        entries: [changeEntries({ repository, clock }, { move, change, allowed: allowed ?? null }, attested)],
        outcomes: [{ outcome, allowed: allowed !== undefined, count: 1 }],
      },
      clock.now(),
    );
    this.#tips.set(key, pull);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

const SIGNED = {
  ...{ conclusion: "success", writer: "ai", tools: ["kiro"], problems: [] },
  requirements: [{ id: SRE, count: 1, status: "signed", signedBy: [sam], refusedBy: [] }],
};
const WAITING = {
  ...SIGNED,
  conclusion: "action_required",
  requirements: [{ id: SRE, count: 1, status: "waiting", signedBy: [], refusedBy: [] }],
};
const OVERRIDDEN = {
  ...WAITING,
  override: { status: "granted", by: [sam, olga], reason: "an outage" },
};
const HARMLESS = { ...SIGNED, writer: "human", tools: [], requirements: [] };

const SIGNATURE = {
  ...{ requirement: SRE, reviewId: 501, by: sam, kept: false },
  as: { kind: "team", org: "acme", slug: "sre" },
};

/** One change of each kind, in two repositories. */
export async function quarter(folder: string, passkey: "own" | "forged" = "own"): Promise<void> {
  const shop = new LedgerShop(folder);
  const pay = { ...SHOP, repositoryId: 71, repo: "pay" };
  await shop.merge({ outcome: "let-through", at: "2026-08-31T10:00:00Z" });
  await shop.merge({ outcome: "let-through", passkey, at: "2026-09-01T10:00:00Z" });
  await shop.merge({ outcome: "let-through", verdict: HARMLESS, signed: false, at: "2026-09-02T10:00:00Z" });
  await shop.merge({ outcome: "red", verdict: WAITING, signed: false, at: "2026-09-03T10:00:00Z" });
  await shop.merge({ outcome: "overridden", verdict: OVERRIDDEN, signed: false, at: "2026-09-04T10:00:00Z" });
  await shop.merge({ outcome: "turned-red-after", at: "2026-09-05T10:00:00Z" });
  await shop.merge({ outcome: "let-through", repository: pay, at: "2026-09-06T10:00:00Z" });
  await shop.merge({ outcome: "let-through", verdict: WAITING, signed: false, at: "2026-09-07T10:00:00Z" });
  await shop.merge({
    ...{ outcome: "no-check", verdict: WAITING, signed: false, allowed: "Lock files, reviewed weekly." },
    at: "2026-09-08T10:00:00Z",
  });
  await shop.merge({ outcome: "let-through", at: "2026-10-01T10:00:00Z" });
  await shop.close();
}
