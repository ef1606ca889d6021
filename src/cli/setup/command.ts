import { type Command, InvalidArgumentError } from "commander";
import { type RepositoryName, repositoryNameOf } from "../github/repository-name.ts";

export interface SetupOptions {
  /** The organization that the App will belong to; absent: whoever registers it. */
  readonly org?: string;
  readonly host?: string;
  /** Where GitHub can reach the App. */
  readonly url?: string;
  readonly poll?: true;
  readonly browser: boolean;
  readonly yes?: true;
}

const HELP = `
Registers your own App on GitHub with the permissions and events of app.yml, writes .env and the
private key into this folder (mode 600, never over files that are there), waits until you have
installed the App on the repository, and offers the ruleset that makes its check required. The
findings of "countersign doctor" come last. No secret is shown, and none has to be copied.

Run it where the App will run: "npm start" in this folder starts it with what was written.
The ruleset needs your own token, as "countersign doctor" does: from GITHUB_TOKEN, GH_TOKEN or the
GitHub CLI. Without one, everything else is done.

Exit codes:
  0  the App is set up, and everything that doctor looks at holds
  1  the App is set up, and something does not hold
  2  something is unknown, it could not be set up, or the command was used incorrectly

Examples:
  countersign setup acme/shop --org acme --poll                deliveries are read from GitHub
  countersign setup acme/shop --org acme --url https://countersign.acme.example
  countersign setup ada/site --poll --no-browser               print the link, open nothing
  countersign setup acme/shop --org acme --poll --host github.acme.example
`;

export function addSetup(
  program: Command,
  run: (repository: RepositoryName, options: SetupOptions) => Promise<void>,
): void {
  program
    .command("setup")
    .description("Register your own App on GitHub, and make its check required in a repository.")
    .argument("<repository>", "OWNER/REPO, or the URL of its page", repositoryNameOf)
    .option("--org <name>", "the organization that the App belongs to (default: you)", orgOf)
    .option("--url <address>", "where GitHub can reach the App, such as https://gate.acme.example", urlOf)
    .option("--poll", "read deliveries from GitHub: the App needs no address")
    .option("--host <host>", "GitHub Enterprise Server or data residency (default: GHE_HOST)")
    .option("--no-browser", "print the link instead of opening it")
    .option("--yes", "write the ruleset without asking")
    .addHelpText("after", HELP)
    .action(run);
}

function orgOf(text: string): string {
  if (!/^[a-z0-9][\w-]*$/i.test(text)) throw new InvalidArgumentError("Expected an organization's login.");
  return text;
}

function urlOf(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.search !== "" || url.hash !== "" || url.username !== "")
    throw new InvalidArgumentError("Expected an https address, such as https://gate.acme.example.");
  return url.href;
}
