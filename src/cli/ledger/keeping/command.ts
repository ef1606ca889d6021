import type { Command } from "commander";
import type { BackupOptions } from "./backup.ts";
import type { EraseOptions } from "./erase.ts";

/** What the commands do that keep a ledger. */
export interface KeepingRuns {
  readonly erase: (options: EraseOptions) => Promise<void>;
  readonly backup: (file: string, options: BackupOptions) => Promise<void>;
}

const ERASE_HELP = `
Erases the login of a person, texts that mention it, and what they said, from all entries. The entries stay,
with their numbers and account ids, and so does the chain: an entry says what was erased, and why. With the
embedded store, stop the App first. Names elsewhere in the store: see docs/operate.md, "Personal data".

Examples:
  countersign ledger erase --login olga --because "request of 2026-11-30"
  countersign ledger erase --login olga --text olga@acme.example --because "request of 2026-11-30"
`;

const BACKUP_HELP = `
Copies the embedded store to a new file, readable for its owner alone, while the App goes on. The copy has the
ledger without names and reasons, which could else not be erased from it.

Example:
  countersign ledger backup /backup/countersign.sqlite
`;

export function addKeeping(ledger: Command, runs: KeepingRuns): void {
  ledger
    .command("erase")
    .description("erase a person's name and words from the ledger")
    .requiredOption("--login <login>", "whom to erase")
    .option("--text <text>", "another text that names them; repeat it for several", collect, [])
    .requiredOption("--because <reason>", "by which request or law; it stays, so name nobody")
    .option("--data <dir>", "the App's data folder (default: COUNTERSIGN_DATA, or .countersign)")
    .addHelpText("after", ERASE_HELP)
    .action(runs.erase);
  ledger
    .command("backup")
    .description("copy the embedded store while the App goes on")
    .argument("<file>", "the new file")
    .option("--data <dir>", "the App's data folder (default: COUNTERSIGN_DATA, or .countersign)")
    .addHelpText("after", BACKUP_HELP)
    .action(runs.backup);
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
