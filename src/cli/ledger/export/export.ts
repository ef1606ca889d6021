import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { signedBundle } from "../../../attestation/bundle.ts";
import { type SigningKey, signingKeyOf } from "../../../attestation/key.ts";
import { keySetOf } from "../../../attestation/key-set.ts";
import type { LinkedEntry } from "../../../ledger/entry.ts";
import type { MemoryReader } from "../../../store/memory.ts";
import type { SigningKeyRecord } from "../../../store/signing-keys.ts";
import type { OrFailed } from "../../app-store.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import { LARGEST, readOrdinaryFile } from "../../files/ordinary-file.ts";
import { placeOf, statsOf } from "../../files/place.ts";
import { neutralJson, neutralJsonLine, neutralRow } from "../../output/neutral.ts";
import { printJson, printReport } from "../../output/print.ts";
import { type Progress, showProgress } from "../../output/progress.ts";
import { line } from "../../report/lines.ts";
import { grouped } from "../../scan/counts/figures.ts";
import type { Span } from "../../scan/history/period.ts";
import { ownPackage } from "../../version.ts";
import { entryIn } from "../files/entry-line.ts";
import { linesOf } from "../files/lines.ts";
import { type Description, FILES, MANIFEST, manifestOf, SIGNED_MANIFEST } from "../files/manifest.ts";
import { reportOf } from "../files/report.ts";
import { type RowSource, RowsSeen, rowsIn } from "../files/rows.ts";
import { SealedFile } from "../files/sealed-file.ts";
import { fieldsOfRow, TITLES } from "../population/columns.ts";
import { HeldMerges } from "../population/merges.ts";
import type { Period } from "../population/period.ts";
import { type LedgerPorts, withLedger } from "../ports.ts";
import { ChainCopy } from "./chain-copy.ts";
import { knownKey } from "./known-key.ts";
import { mergesOnGitHub } from "./merges-on-github.ts";

export interface ExportOptions {
  readonly from: Span;
  readonly to: Span;
  readonly repository?: string;
  readonly out?: string;
  /** Whether GitHub is asked what was merged. */
  readonly compare?: true;
  readonly json?: true;
}

/** `countersign ledger export`: writes the population of a period with its proof. Throws a `Failure`. */
export async function exportLedger(options: ExportOptions, ports: LedgerPorts): Promise<ExitCode> {
  const { terminal } = ports;
  const name = options.out ?? `countersign-export-${options.from.text}-to-${options.to.text}`;
  const described = await withLedger(ports, "export", async (reader, orFailed) => {
    const folder = await newFolder(terminal.directory, name);
    const progress = showProgress(terminal);
    return new Export({ ...ports, reader, orFailed, folder, progress }).write(options).finally(progress.end);
  });
  if (options.json) printJson(terminal, { version: 1, folder: name, ...described });
  else printReport(terminal.stdout, linesAbout(name, described));
  return EXIT.pass;
}

async function newFolder(directory: string, name: string): Promise<string> {
  const place = await placeOf(directory, name);
  if ((await statsOf(place)) !== null)
    throw new Failure(`${name} is there already, and is not written over: name another folder with --out`);
  await mkdir(place, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${name} cannot be made: ${error.code}`);
  });
  return place;
}

interface ExportPorts extends LedgerPorts {
  readonly reader: MemoryReader;
  readonly orFailed: OrFailed;
  readonly folder: string;
  readonly progress: Progress;
}

class Export {
  readonly #ports: ExportPorts;
  readonly #files = new Map<string, string>();

  constructor(ports: ExportPorts) {
    this.#ports = ports;
  }

  async write({ from, to, repository, compare }: ExportOptions): Promise<Description> {
    const { reader, orFailed, terminal } = this.#ports;
    const period: Period = {
      ...{ from: from.from * 1000, until: (to.until + 1) * 1000 },
      ...(repository !== undefined && { repository: repository.toLowerCase() }),
    };
    const left = await orFailed(reader.unchained());
    if (left > 0)
      throw new Failure(
        `${grouped(left)} entries of earlier versions are in no chain yet: let the App run until they are`,
      );
    const held = compare ? new HeldMerges(period) : null;
    const { chains, watched, statements } = await this.#copyChains(period, held);
    const merges = held && { merges: await mergesOnGitHub(held, period, this.#ports) };
    const source: RowSource = { entries: () => this.#entries(), period, watched, ...merges };
    const { counts, shown } = await this.#writeRows(source);
    const { name, version } = { name: "countersign", ...ownPackage() };
    const description: Description = {
      period: { from: new Date(period.from).toISOString(), until: new Date(period.until).toISOString() },
      repository: period.repository ?? null,
      ...{ madeAt: terminal.now().toISOString(), madeBy: `${name} ${version}` },
      ...{ chains, counts, statements, watched, ...merges },
    };
    await this.#writeFile(FILES.report, [reportOf(description, shown)]);
    const keys = await orFailed(reader.signingKeys());
    await this.#writeFile(FILES.keys, [`${neutralJson(keySetOf(keys.map(knownKey)))}\n`]);
    await this.#writeManifest(description, keys);
    return description;
  }

  async #copyChains(period: Period, merges: HeldMerges | null) {
    const { folder, reader, orFailed, progress } = this.#ports;
    const copy = await ChainCopy.begin({ folder, reader, period, progress, merges });
    const copied = await orFailed(copy.all());
    for (const [name, digest] of copied.files) this.#files.set(name, digest);
    return copied;
  }

  async *#entries(): AsyncGenerator<LinkedEntry> {
    for await (const text of linesOf(join(this.#ports.folder, FILES.chain), FILES.chain)) {
      const linked = entryIn(text);
      if (linked === null) throw new Failure(`${FILES.chain} was changed while it was written`);
      yield linked;
    }
  }

  async #writeRows(source: RowSource): Promise<RowsSeen> {
    const { folder } = this.#ports;
    const seen = new RowsSeen();
    const table = await SealedFile.create(folder, FILES.table);
    const rows = await SealedFile.create(folder, FILES.rows);
    await table.add(neutralRow(TITLES));
    for await (const row of rowsIn(source)) {
      seen.add(row);
      await table.add(neutralRow(fieldsOfRow(row)));
      await rows.add(`${neutralJsonLine(row)}\n`);
    }
    for (const file of [table, rows]) this.#files.set(file.name, await file.close());
    return seen;
  }

  async #writeFile(name: string, texts: readonly string[]): Promise<void> {
    const file = await SealedFile.create(this.#ports.folder, name);
    for (const text of texts) await file.add(text);
    this.#files.set(name, await file.close());
  }

  async #writeManifest(description: Description, keys: readonly SigningKeyRecord[]): Promise<void> {
    const manifest = manifestOf(this.#files, description);
    const key = await this.#signingKey(keys);
    const text = `${JSON.stringify(manifest)}\n`;
    await this.#writeFile(MANIFEST, [text]);
    if (key !== null)
      await this.#writeFile(SIGNED_MANIFEST, [
        `${JSON.stringify(signedBundle(Buffer.from(text), key).bundle)}\n`,
      ]);
  }

  /** That of the settings, or that of the store; `null` where neither can be had here. */
  async #signingKey(keys: readonly SigningKeyRecord[]): Promise<SigningKey | null> {
    const { terminal, environment } = this.#ports;
    const path = environment.COUNTERSIGN_SIGNING_KEY_PATH;
    const current = keys.find(({ revokedAt }) => revokedAt === null);
    const pem = path
      ? await readOrdinaryFile(terminal.directory, path, LARGEST.config)
      : (current?.privateKey ?? null);
    const key = pem === null ? null : signingKeyOf(pem);
    if (path && key === null)
      throw new Failure(`${path} of COUNTERSIGN_SIGNING_KEY_PATH is not a private key of the curve P-256`);
    // One that the App does not sign with is nobody's that a reader could know.
    return key?.keyid === current?.keyid ? key : null;
  }
}

function linesAbout(folder: string, { counts, period, chains }: Description) {
  const { rows, exceptions, countersigned, notRequired, overridden, withdrawn, bypassed, unknown } = counts;
  return [
    line(
      0,
      { text: `${grouped(rows)} changes`, style: "bold" },
      `, ${grouped(exceptions)} of them exceptions`,
    ),
    line(
      2,
      `${period.from.slice(0, 10)} up to, not including, ${period.until.slice(0, 10)}, UTC, by the time of the merge`,
    ),
    line(
      2,
      `${grouped(countersigned)} countersigned, ${grouped(notRequired)} that nobody had to sign, ${grouped(overridden)} overridden, ${grouped(withdrawn)} withdrawn, ${grouped(bypassed)} bypassed, ${grouped(unknown)} not known`,
    ),
    ...chains.map(({ installation, last }) =>
      line(2, `installation ${installation} ends with entry ${last.seq}, hash ${last.hash}`),
    ),
    line(0, `Written to ${folder}. Open ${FILES.report}; check it with: countersign ledger verify ${folder}`),
  ];
}
