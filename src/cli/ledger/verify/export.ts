import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type KnownKey, keysIn } from "../../../attestation/key-set.ts";
import { bundleSentence, openBundle } from "../../../attestation/verify.ts";
import type { LinkedEntry } from "../../../ledger/entry.ts";
import { Failure } from "../../failure.ts";
import { readOrdinaryFile } from "../../files/ordinary-file.ts";
import { neutralJsonLine, neutralRow } from "../../output/neutral.ts";
import { ownPackage } from "../../version.ts";
import { entryIn } from "../files/entry-line.ts";
import { linesOf } from "../files/lines.ts";
import { FILES, MANIFEST, type Manifest, manifest, SIGNED_MANIFEST } from "../files/manifest.ts";
import { reportOf } from "../files/report.ts";
import { type RowSource, RowsSeen, rowsIn } from "../files/rows.ts";
import { digestOfFile } from "../files/sealed-file.ts";
import { changeIn } from "../population/change.ts";
import { fieldsOfRow, TITLES } from "../population/columns.ts";
import { isIn, type Period } from "../population/period.ts";
import { ChainsCheck } from "./chains.ts";
import { DamageList, type Findings } from "./findings.ts";
import { StatementsCheck } from "./statements.ts";

interface Given {
  readonly folder: string;
  readonly anchors: readonly string[];
  /** Those of the reader; `null` for none: then those of the export itself are taken. */
  readonly keys: readonly KnownKey[] | null;
}

const LARGEST_MANIFEST = 16 << 20;

/** Checks an export by itself. Throws a `Failure` for what is none. */
export async function verifyExport({ folder, anchors, keys: trusted }: Given): Promise<Findings> {
  const text = await readOrdinaryFile(folder, MANIFEST, LARGEST_MANIFEST);
  const described = manifestIn(text);
  const list = new DamageList();
  await checkFiles(folder, described, list);
  const keys = trusted ?? (await ownKeys(folder));
  const isSigned = await checkSignature({ folder, text, keys, list });
  const entries = () => entriesIn(folder);
  const chains = await checkChains({ folder, described, anchors, keys, list });
  const isOurs = described.predicate.madeBy === `countersign ${ownPackage().version}`;
  if (isOurs) await checkRows({ folder, described, entries, list });
  return {
    ...{ damages: list.damages, more: list.more, chains: chains.reports },
    remarks: [
      ...chains.remarks,
      ...(isSigned
        ? []
        : ["The manifest is not signed: whoever changed the export could have written it anew."]),
      ...(isOurs ? [] : ["Another version made it, so its rows were compared with the manifest alone."]),
      ...(trusted === null
        ? [
            "No keys were given, so the export’s own were taken: whoever made all of it could have made those too.",
          ]
        : []),
    ],
  };
}

function manifestIn(text: string): Manifest {
  try {
    const read = manifest.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // Said below.
  }
  throw new Failure(`${MANIFEST} is no manifest of an export, or was changed`);
}

async function checkFiles(folder: string, { subject }: Manifest, list: DamageList): Promise<void> {
  const named = new Map(subject.map(({ name, digest }) => [String(name), digest.sha256]));
  for (const name of Object.values(FILES)) {
    const found = await digestOfFile(join(folder, name));
    if (found === null) list.note(`${name} is missing.`);
    else if (!named.has(name)) list.note(`The manifest does not name ${name}.`);
    else if (found !== named.get(name))
      list.note(`${name} was changed: its SHA-256 is not the one in the manifest.`);
  }
  const known = new Set<string>([...Object.values(FILES), MANIFEST, SIGNED_MANIFEST]);
  for (const name of await readdir(folder))
    if (!known.has(name)) list.note(`${name} is no part of the export.`);
  if (named.size !== subject.length) list.note("The manifest names a file twice.");
}

async function ownKeys(folder: string): Promise<readonly KnownKey[]> {
  return (await documentIn(folder, FILES.keys).then(keysIn)) ?? [];
}

/** Whether it is signed at all. */
async function checkSignature({
  folder,
  text,
  keys,
  list,
}: {
  readonly folder: string;
  readonly text: string;
  readonly keys: readonly KnownKey[];
  readonly list: DamageList;
}): Promise<boolean> {
  if ((await digestOfFile(join(folder, SIGNED_MANIFEST))) === null) return false;
  const opened = openBundle(await documentIn(folder, SIGNED_MANIFEST), keys);
  if (opened.status === "damaged") list.note(`${SIGNED_MANIFEST}: ${bundleSentence(opened)}`);
  else if (opened.body.toString("utf8") !== text)
    list.note(`${MANIFEST} is not what was signed: one of both was changed.`);
  else if (opened.key.revokedAt !== undefined && madeAfter(text, opened.key.revokedAt))
    list.note(`${SIGNED_MANIFEST} is signed with a key that had been revoked by then.`);
  return true;
}

function madeAfter(text: string, revokedAt: string): boolean {
  return Date.parse(manifestIn(text).predicate.madeAt) >= Date.parse(revokedAt);
}

/** `null` for what is missing or no JSON. */
async function documentIn(folder: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readOrdinaryFile(folder, name, LARGEST_MANIFEST));
  } catch {
    return null;
  }
}

async function* entriesIn(folder: string): AsyncGenerator<LinkedEntry> {
  for await (const text of linesIn(folder, FILES.chain)) {
    const linked = entryIn(text);
    if (linked !== null) yield linked;
  }
}

/** None of a file that is missing. */
async function* linesIn(folder: string, name: string): AsyncGenerator<string> {
  const path = join(folder, name);
  if ((await digestOfFile(path)) !== null) yield* linesOf(path, name);
}

interface ChainsGiven {
  readonly folder: string;
  readonly described: Manifest;
  readonly anchors: readonly string[];
  readonly keys: readonly KnownKey[];
  readonly list: DamageList;
}

async function checkChains({ folder, described, anchors, keys, list }: ChainsGiven) {
  const { predicate } = described;
  const check = new ChainsCheck(anchors, { isPiece: true });
  const statements = new StatementsCheck(keys, list);
  for (const { installation } of predicate.chains) check.begin(installation);
  const bundles = new Comparison(FILES.statements, linesIn(folder, FILES.statements), list);
  const period = periodOf(described);
  let at = 0;
  for await (const text of linesIn(folder, FILES.chain)) {
    at += 1;
    const linked = entryIn(text);
    if (linked === null) {
      list.note(`Line ${at} of ${FILES.chain} is no entry of a ledger.`);
      continue;
    }
    check.take(linked.entry.installation, linked);
    const change = changeIn(linked);
    if (change === null || change === "unreadable" || !isIn(period, change)) {
      if (linked.entry.kind === "key") statements.take(linked);
      continue;
    }
    statements.take(linked);
    if (change.signed !== null) await bundles.expect(change.signed);
  }
  await bundles.end();
  statements.end();
  const reports = check.end(list, keys);
  checkEnds(predicate, reports, list);
  const { signed, missing } = statements.counts;
  if (signed !== predicate.statements)
    list.note(`The manifest says ${predicate.statements} statements, and ${signed} are there.`);
  return {
    reports,
    remarks: [
      `${signed} signed ${signed === 1 ? "statement" : "statements"} checked.`,
      ...(missing > 0
        ? [`${missing} statements that entries speak of are not kept: they were erased, or removed.`]
        : []),
    ],
  };
}

function checkEnds(
  { chains }: Manifest["predicate"],
  reports: Awaited<ReturnType<ChainsCheck["end"]>>,
  list: DamageList,
): void {
  for (const { installation, first, last } of reports) {
    const told = chains.find((chain) => chain.installation === installation);
    if (told === undefined) {
      list.note(`The manifest does not name the chain of installation ${installation}.`);
      continue;
    }
    if (first?.seq !== told.first?.seq)
      list.note(
        `The chain of installation ${installation} begins with entry ${first?.seq ?? "none"}, and the manifest says ${told.first?.seq ?? "none"}.`,
      );
    if (last !== null && (last.seq !== told.last.seq || last.hash !== told.last.hash))
      list.note(
        `The chain of installation ${installation} ends with entry ${last.seq}, hash ${last.hash}, and the manifest says entry ${told.last.seq}, hash ${told.last.hash}.`,
      );
    if (last === null && told.first !== null)
      list.note(`The chain of installation ${installation} is missing.`);
  }
}

function periodOf({ predicate: { period, repository } }: Manifest): Period {
  return {
    ...{ from: Date.parse(period.from), until: Date.parse(period.until) },
    ...(repository !== null && { repository }),
  };
}

interface RowsGiven {
  readonly folder: string;
  readonly described: Manifest;
  readonly entries: () => AsyncIterable<LinkedEntry>;
  readonly list: DamageList;
}

/** The rows are made once more from the chain, and have to be the same. */
async function checkRows({ folder, described, entries, list }: RowsGiven): Promise<void> {
  const { predicate } = described;
  const source: RowSource = {
    entries,
    period: periodOf(described),
    watched: predicate.watched,
    ...(predicate.merges && { merges: predicate.merges }),
  };
  const rows = new Comparison(FILES.rows, linesIn(folder, FILES.rows), list);
  const table = new Comparison(FILES.table, linesIn(folder, FILES.table), list);
  const seen = new RowsSeen();
  await table.expect(neutralRow(TITLES));
  for await (const row of rowsIn(source)) {
    seen.add(row);
    await rows.expect(neutralJsonLine(row));
    await table.expect(neutralRow(fieldsOfRow(row)));
  }
  await rows.end();
  await table.end();
  if (JSON.stringify(seen.counts) !== JSON.stringify(predicate.counts))
    list.note("The counts of the manifest are not those of the ledger’s changes.");
  const report = new Comparison(FILES.report, linesIn(folder, FILES.report), list);
  for (const text of reportOf(predicate, seen.shown).trimEnd().split("\n")) await report.expect(text);
  await report.end();
}

/** Compares the lines of a file with those that it should have, one by one. */
class Comparison {
  readonly #name: string;
  readonly #found: AsyncIterator<string>;
  readonly #list: DamageList;
  #at = 0;
  #isOver = false;

  constructor(name: string, found: AsyncIterable<string>, list: DamageList) {
    this.#name = name;
    this.#found = found[Symbol.asyncIterator]();
    this.#list = list;
  }

  async expect(text: string): Promise<void> {
    if (this.#isOver) return;
    const next = await this.#found.next();
    if (next.done) this.#differ(`${this.#name} ends after line ${this.#at}, and the ledger tells more.`);
    else if (next.value.trimEnd() !== text.trimEnd())
      this.#differ(`Line ${this.#at + 1} of ${this.#name} is not what the ledger says.`);
    this.#at += 1;
  }

  async end(): Promise<void> {
    if (this.#isOver || (await this.#found.next()).done) return;
    this.#differ(`${this.#name} goes on behind line ${this.#at}, and the ledger does not.`);
  }

  #differ(sentence: string): void {
    this.#isOver = true;
    this.#list.note(sentence);
  }
}
