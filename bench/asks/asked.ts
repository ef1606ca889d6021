import { Failure } from "../../src/cli/failure.ts";
import { readHistory } from "../../src/cli/local-git/objects/history.ts";
import { findRange, headOf } from "../../src/cli/local-git/range.ts";
import { findRepository, type LocalRepository } from "../../src/cli/local-git/repository/repository.ts";
import { readLocalChange } from "../../src/cli/local-git/snapshot.ts";
import { isoTime } from "../../src/cli/local-git/time.ts";
import { cacheIdentities } from "../../src/cli/scan/counts/identity-cache.ts";
import { rememberIdentities } from "../../src/cli/scan/counts/remember.ts";
import { factsOf } from "../../src/cli/scan/history/facts.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { createDetector } from "../../src/provenance/detector.ts";
import { evaluate } from "../../src/signoff/evaluate.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";

/** The changes from here on are measured: before, few were made by AI. */
const SINCE = "2026-01-01";

interface Ask {
  readonly area: string;
  readonly because: string;
  readonly paths: readonly string[];
}

/** One change of an AI, and what it asks for by each policy. */
export interface Asked {
  readonly sha: string;
  readonly before: readonly Ask[];
  readonly after: readonly Ask[];
}

interface Measure {
  readonly most: number;
  readonly policies: { readonly before: Policy; readonly after: Policy };
}

/** What the commits of a default branch ask for that an AI wrote, each taken as a pull request. Merges are left out. */
export async function askedIn(
  repository: string,
  { most, policies }: Measure,
): Promise<{ readonly newest: string; readonly changes: readonly Asked[]; readonly unread: number }> {
  const opened = await findRepository({ from: ".", directory: repository, naming: "its path" });
  const changes: Asked[] = [];
  let unread = 0;
  for (const sha of evenly(await aiCommits(opened), most)) {
    const snapshot = await snapshotOf(opened, sha);
    if (snapshot === null) unread += 1;
    else changes.push({ sha, ...askedOf(snapshot, policies) });
  }
  const { sha: head } = await headOf(opened.refs, undefined);
  const newest = await opened.git.text(["log", "-1", "--format=%h %cs", "--abbrev=12", head]);
  return { newest: newest.trim(), changes, unread };
}

/** `null` where a clone lacks what changed. */
async function snapshotOf(opened: LocalRepository, sha: string): Promise<Snapshot | null> {
  try {
    const range = await findRange(opened, { base: `${sha}^`, head: sha });
    const asked = { policySources: NO_FILES, resolve: resolvePolicy, now: NOW, onCommit: () => {} };
    return (await readLocalChange(opened, range, asked)).snapshot;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return null;
  }
}

function askedOf(snapshot: Snapshot, policies: Measure["policies"]): Omit<Asked, "sha"> {
  const asks = (policy: Policy) =>
    evaluate(snapshot, policy).requirements.map(({ requirement: { area, because, from } }) => ({
      area,
      because,
      paths: from.paths,
    }));
  const before = asks(policies.before);
  // The areas of the second policy ask for less, and for nothing else.
  return { before, after: before.length === 0 ? [] : asks(policies.after) };
}

const NO_FILES = { organization: { status: "absent" }, repository: { status: "absent" } } as const;
const NOW = "2026-11-30T00:00:00Z";

async function aiCommits({ git, refs }: LocalRepository): Promise<readonly string[]> {
  const detector = createDetector({ tools: [], agents: [], notAi: [], cacheIdentities });
  const readers = { identityOf: rememberIdentities(detector), timeOf: isoTime };
  const { sha: head } = await headOf(refs, undefined);
  const found: string[] = [];
  const options = ["--no-merges", `--since=${SINCE}`];
  await readHistory(git, { tips: [head], options, notes: [] }, (commit) => {
    if (detector.commit(factsOf({ ...commit, note: "" }, readers)).writer === "ai") found.push(commit.sha);
  });
  return found;
}

function evenly(all: readonly string[], most: number): readonly string[] {
  const step = Math.max(1, all.length / most);
  return Array.from(
    { length: Math.min(most, all.length) },
    (_, index) => all[Math.floor(index * step)] ?? [],
  ).flat();
}
