import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { nock } from "../../nock.ts";
import { runIn } from "./run-in.ts";
import { faultsOf } from "./second-verifier.ts";
import { quarter } from "./shop.ts";

const PERIOD = ["--from", "2026-09", "--to", "2026-09", "--repository", "acme/shop"];
const WITH_TOKEN = { GITHUB_TOKEN: "ghp_ofAPerson" };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-compare-"));
  await quarter(join(folder, "data"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ledger = (settings: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runIn(folder, { COUNTERSIGN_DATA: join(folder, "data"), ...settings }, ["ledger", ...args]);

interface Closed {
  readonly number: number;
  readonly merged_at: string | null;
  readonly updated_at: string;
}

const closed = (number: number, day: string | null, updated = "2026-10-02"): Closed => ({
  ...{ number, merged_at: day && `${day}T10:00:00Z`, updated_at: `${updated}T10:00:00Z` },
});

/** One page of closed pull requests, as GitHub lists them. */
function answers(pulls: readonly Closed[], { page = 1, isLast = true } = {}): void {
  const link = `<https://api.github.com/repositories/70/pulls?page=${page + 1}>; rel="next"`;
  nock("https://api.github.com", { reqheaders: { authorization: "token ghp_ofAPerson" } })
    .get("/repos/acme/shop/pulls")
    .query({
      ...{ base: "main", state: "closed", sort: "updated", direction: "desc" },
      ...{ page: String(page), per_page: "100" },
    })
    .reply(200, pulls, isLast ? {} : { link });
}

/** All that the ledger holds of September. */
const HELD = [2, 3, 4, 5, 6, 8, 9];
const SAME = HELD.map((number) => closed(number, "2026-09-10"));

interface Read {
  readonly merges: unknown;
  readonly rows: readonly { readonly pull: number | null; readonly reason: string; readonly code: string }[];
  readonly report: string;
}

function readExport(name: string): Read {
  const text = (file: string) => readFileSync(join(folder, name, file), "utf8");
  const rows = text("population.jsonl").trimEnd().split("\n");
  return {
    merges: JSON.parse(text("manifest.json")).predicate.merges,
    rows: rows.flatMap((line) => {
      const { pull, exceptions } = JSON.parse(line);
      return exceptions.map((exception: object) => ({ pull, ...exception }));
    }),
    report: text("report.html"),
  };
}

describe("An export that is compared with GitHub", () => {
  test("says that both count the same, where they do", async () => {
    answers(SAME);
    const { code } = await ledger(WITH_TOKEN, "export", ...PERIOD, "--compare", "--out", "same");
    expect(code).toBe(0);
    const { merges, rows, report } = readExport("same");
    expect(merges).toEqual([
      {
        ...{ repository: "acme/shop", branch: "main", merged: 7, held: 7, missing: [], extra: [] },
        since: "2026-08-31T10:00:00.000Z",
      },
    ]);
    expect(rows.map(({ code: each }) => each)).not.toContain("not-in-ledger");
    expect(report).toContain(
      "GitHub counts 7 pull requests that were merged into main of acme/shop in the period, and the ledger holds changes of 7: the same ones.",
    );
  });

  test("has a row with the reason for each that one of the two does not have", async () => {
    answers([...SAME.slice(1), closed(40, "2026-09-12")]);
    await ledger(WITH_TOKEN, "export", ...PERIOD, "--compare", "--out", "other");
    expect(readExport("other").rows.slice(0, 2)).toEqual([
      {
        ...{ pull: 40, code: "not-in-ledger" },
        reason: "GitHub says that it was merged into main, and the ledger holds no change of it.",
      },
      { pull: 2, code: "not-on-github", reason: expect.stringContaining("GitHub does not count it") },
    ]);
  });

  test("is found whole by both verifiers, which ask nobody", async () => {
    const { code, stdout } = await ledger({}, "verify", "other");
    expect([code, stdout]).toEqual([0, expect.not.stringContaining("DAMAGED")]);
    expect(faultsOf(join(folder, "other"))).toEqual(new Set());
  });

  test.each<readonly [string, readonly Closed[]]>([
    ["merged before the period", [closed(1, "2026-08-31")]],
    ["merged after the period", [closed(10, "2026-10-01")]],
    ["closed, and not merged", [closed(41, null)]],
  ])("does not count what was %s", async (what, more) => {
    answers([...more, ...SAME]);
    const name = what.replaceAll(/\W+/g, "-");
    await ledger(WITH_TOKEN, "export", ...PERIOD, "--compare", "--out", name);
    expect(readExport(name).merges).toMatchObject([{ merged: 7, missing: [], extra: [] }]);
  });

  test("reads page after page, until nothing on one can have been merged in the period", async () => {
    answers(SAME.slice(0, 3), { isLast: false });
    answers([...SAME.slice(3), closed(1, "2026-08-31", "2026-08-31")], { page: 2, isLast: false });
    await ledger(WITH_TOKEN, "export", ...PERIOD, "--compare", "--out", "pages");
    expect(readExport("pages").merges).toMatchObject([{ merged: 7, missing: [] }]);
  });

  test("fails in one sentence where GitHub does not show the repository", async () => {
    nock("https://api.github.com")
      .get("/repos/acme/shop/pulls")
      .query(true)
      .reply(404, { message: "Not Found" });
    const { code, stderr } = await ledger(WITH_TOKEN, "export", ...PERIOD, "--compare", "--out", "hidden");
    expect([code, stderr]).toEqual([
      2,
      "countersign: acme/shop does not exist or is not visible: check its spelling, and that the token can read it\n",
    ]);
  });

  test("says without it that GitHub was not asked", async () => {
    await ledger({}, "export", ...PERIOD, "--out", "alone");
    const { merges, report } = readExport("alone");
    expect(merges).toBeUndefined();
    expect(report).toContain("GitHub was not asked what it counts: --compare does that.");
  });
});
