import type { Command } from "commander";

const HELP = `
Whoever runs the server prints a code for the first key of an installation, or where nobody is left
whose key is valid. With it, one person registers one key that counts without anybody's word, on the
App's own page, within 15 minutes. Give it to that person alone, and not through GitHub.

Run it where the App runs, with the App's SESSION_SECRET in the environment. It reads and writes
nothing else. That a code was used is in the App's ledger.

Exit codes:
  0  printed
  2  SESSION_SECRET is missing, or the command was used incorrectly

Examples:
  countersign passkey acme olga
  docker compose exec app npm run --silent countersign -- passkey acme olga
`;

export function addPasskey(
  program: Command,
  run: (whom: { readonly owner: string; readonly login: string }) => Promise<void>,
): void {
  program
    .command("passkey")
    .description("Print a one-time code to register a passkey that nobody has to vouch for.")
    .argument("<owner>", "the organization or account that the App is installed on")
    .argument("<login>", "the GitHub login of the person")
    .addHelpText("after", HELP)
    .action((owner: string, login: string) => run({ owner, login }));
}
