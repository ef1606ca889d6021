import { type Command, InvalidArgumentError } from "commander";
import { type RepositoryName, repositoryNameOf } from "../github/repository-name.ts";
import type { BacktestOptions } from "./backtest.ts";

const HELP = `
Reads the latest merged pull requests, newest first, and judges each as it was when it was merged:
by the owners of its base of then and, unless --config says otherwise, by today's config. Nothing is
written to GitHub. The token is read from GITHUB_TOKEN, GH_TOKEN or \`gh auth token\`, and sent only
to the host in GHE_HOST (default: github.com).

Nobody can know from here who belonged to a team then, or who could write: both are as of today. A
team that the token cannot read is unknown. So it says what would have been asked of whom, never
that somebody was wrong.

What was read is kept, one file for each pull request, in the folder for caches of this machine or
in --state; reviews given later are seen with --fresh. It ends early after --most requests, when
80 % of the token's hour are used up, or by Ctrl-C; the same command then goes on where it ended.

Exit codes:
  0  all of them were read
  2  not all of them, or the command was used incorrectly

Examples:
  countersign backtest acme/shop                                the last 200, by today's config
  countersign backtest acme/shop --config strict.yml            by a config that is not merged yet
  countersign backtest acme/shop --config today then try.yml    several, side by side
  countersign backtest acme/shop --last 50 --html shop.html     also write a page
`;

export function addBacktest(
  program: Command,
  run: (repository: RepositoryName, options: BacktestOptions) => Promise<void>,
): void {
  program
    .command("backtest")
    .description("Replay a policy over the merged pull requests of a repository on GitHub.")
    .argument("<repository>", "OWNER/REPO, or the URL of its page", repositoryNameOf)
    .option("--last <number>", "how many of the latest merged pull requests", numberUpTo(1000), 200)
    .option(
      "--config <name...>",
      "a file, or `today` (default) or `then` for the repository's; several are compared",
    )
    .option("--most <requests>", "how many requests to make at most", numberUpTo(100_000), 900)
    .option("--state <folder>", "where to keep what was read")
    .option("--fresh", "read all anew, whatever is kept")
    .option("--html <file>", "also write a page to this file")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action(run);
}

function numberUpTo(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < 1 || number > most)
      throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
    return number;
  };
}
