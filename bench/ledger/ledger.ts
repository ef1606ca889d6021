import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LedgerEntry } from "../../src/store/ledger.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { perSecond, print, seconds } from "./print.ts";

interface LedgerBench {
  readonly entries: number;
  /** Appends of one verdict with its signatures, each on disk before the next begins. */
  readonly appends: number;
}

const INSTALLATION = 7;
const BATCH = 500;
const MB = 1024 * 1024;

/** Appends to a ledger in the embedded store, lists all of it and checks its chain. */
export async function benchLedger({ entries, appends }: LedgerBench): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-ledger-"));
  try {
    const store = openSqliteStore(folder);
    const single = await seconds(async () => {
      for (let index = 0; index < appends; index += 1) await store.append(verdictAt(index));
    });
    print(
      `append a verdict with two signatures, ${appends} times`,
      single,
      `${perSecond(appends, single)} a second`,
    );
    const filling = await seconds(() => fill(store, entries - 3 * appends));
    print(
      `fill up to ${entries} entries, ${BATCH} at once`,
      filling,
      `${perSecond(entries, filling)} a second`,
    );
    await store.close();
    const bytes = statSync(join(folder, "countersign.sqlite")).size;
    print(
      "size of the store",
      0,
      `${Math.round(bytes / MB)} MB, ${Math.round(bytes / entries)} bytes an entry`,
    );
    reading(folder, entries);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, whose memory is nothing but that. */
function reading(folder: string, entries: number): void {
  const program = fileURLToPath(new URL("./read.ts", import.meta.url));
  const args = ["--disable-warning=ExperimentalWarning", program, folder, String(entries)];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error("the ledger could not be read");
}

async function fill(store: Store, entries: number): Promise<void> {
  for (let done = 0; done < entries; done += BATCH) {
    const size = Math.min(BATCH, entries - done);
    await store.append(Array.from({ length: size }, (_, index) => entryAt(done + index)));
  }
}

function verdictAt(index: number): readonly LedgerEntry[] {
  return [entryAt(3 * index), entryAt(3 * index + 1), entryAt(3 * index + 2)];
}

/** Of each three, one verdict and two signatures. */
function entryAt(index: number): LedgerEntry {
  const person = { id: 1_000 + (index % 40), login: `person-${index % 40}` };
  const place = {
    at: new Date(Date.UTC(2026, 0, 1) + index * 30_000).toISOString(),
    repository: { installationId: INSTALLATION, repositoryId: 70, owner: "acme", repo: "shop" },
    pull: Math.floor(index / 12),
    headSha: (index * 7919).toString(16).padStart(40, "0"),
  };
  if (index % 3 !== 0)
    return {
      ...{ ...place, kind: "countersignature", happenedAt: place.at },
      data: {
        requirement: "infrastructure: @acme/sre",
        reviewId: index,
        by: person,
        at: place.at,
        kept: false,
      },
    };
  const requirement = {
    id: "infrastructure: @acme/sre",
    count: 2,
    status: "signed",
    signedBy: [person],
    refusedBy: [],
  };
  const digest = (index * 104_729).toString(16).padStart(64, "0");
  return {
    ...{ ...place, kind: "verdict" },
    data: {
      ...{ conclusion: "success", writer: "ai", tools: ["Kiro"], requirements: [requirement], problems: [] },
      basis: {
        ...{ base: { ref: "main", sha: place.headSha }, policyDigest: digest, contentDigest: digest },
        areas: [{ name: "infrastructure", contentDigest: digest }],
      },
    },
  };
}
