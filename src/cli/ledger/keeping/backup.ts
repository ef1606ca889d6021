import { embeddedFolder } from "../../app-store.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import { placeOf, statsOf } from "../../files/place.ts";
import type { Environment } from "../../github/host.ts";
import { printReport } from "../../output/print.ts";
import { line } from "../../report/lines.ts";
import type { Terminal } from "../../terminal.ts";

export interface BackupOptions {
  readonly data?: string;
}

interface BackupRun {
  readonly file: string;
  readonly options: BackupOptions;
  readonly environment: Environment;
}

/** `countersign ledger backup`. Throws a `Failure` when it cannot be made. */
export async function backup(
  { file, options, environment }: BackupRun,
  terminal: Terminal,
): Promise<ExitCode> {
  const { directory } = terminal;
  const folder = await embeddedFolder({ ...options, directory, environment, command: "ledger backup" });
  const place = await placeOf(directory, file);
  if ((await statsOf(place)) !== null) throw new Failure(`${file} is there already: name a new file`);
  const { backupSqliteStore } = await import("../../../store/sqlite/backup.ts");
  const { entries, unchained } = await backupSqliteStore(folder, place).catch((error: unknown) => {
    throw new Failure(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  });
  printReport(terminal.stdout, [
    line(0, `Copied the store to ${file}, with ${entries} entries of the ledger, without names and reasons.`),
    ...(unchained === 0
      ? []
      : [
          line(
            0,
            `${unchained} entries of an earlier version are in no chain yet, and in the copy with names: make another once the App has chained them.`,
          ),
        ]),
  ]);
  return EXIT.pass;
}
