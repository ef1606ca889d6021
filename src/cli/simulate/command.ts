import { type Command, InvalidArgumentError } from "commander";
import { hostIn } from "../github/host.ts";
import { collectLogins } from "../logins.ts";
import type { PullName } from "./read.ts";
import type { SimulateOptions } from "./simulate.ts";

const HELP = `
Reads the pull request from GitHub and evaluates it as the App would. Nothing is written. The token
is read from GITHUB_TOKEN or GH_TOKEN and sent only to the host in GHE_HOST (default: github.com).
It must be able to see the organization's teams, or nobody can countersign through them here.

The App's own memory is not available: an approval counts only if it was given for the current head,
and evidence that was edited away is not seen.

Exit codes:
  0  it may merge, there is nothing to check, or the config only observes
  1  it would be blocked
  2  it could not be evaluated, or the command was used incorrectly

Examples:
  countersign simulate acme/shop#7
  countersign simulate acme/shop#7 --approved-by @mona        would it pass if mona approved it now?
  countersign simulate acme/shop#7 --config countersign.yml   with a config that is not merged yet
  countersign simulate acme/shop#7 --base release/2           with the rules of another branch
  countersign simulate acme/shop#7 --snapshot seen.json       save everything that was evaluated
  countersign check --snapshot seen.json                      evaluate it again, without a network
`;

export function addSimulate(
  program: Command,
  run: (pull: PullName, options: SimulateOptions) => Promise<void>,
): void {
  program
    .command("simulate")
    .description("Evaluate a pull request on GitHub as the App would, without writing anything.")
    .argument("<pull>", "OWNER/REPO#NUMBER, or the URL of its page", pullNameOf)
    .option("--approved-by <login...>", "evaluate as if these users had approved it now", collectLogins)
    .option("--config <file>", "config to use instead of the default branch's")
    .option("--base <branch>", "branch whose rules apply; the changed files stay the same")
    .option("--snapshot <file>", "save everything that was evaluated to a file, as JSON")
    .option("--verbose", "show every path, commit and piece of evidence")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action(run);
}

const NAME = /^([a-z0-9][\w-]*)\/((?!\.{1,2}[#/])[\w.-]+)#([1-9]\d{0,9})$/i;
const PAGE = /^\/([^/]+)\/([^/]+)\/pull\/(\d+)(?:\/.*)?$/;

/** For commands that take a pull request. */
export function pullNameOf(text: string): PullName {
  const host = hostIn(text);
  const [, ownerOfPage, repoOfPage, numberOfPage] =
    host === null ? [] : (PAGE.exec(new URL(text).pathname) ?? []);
  const name = ownerOfPage === undefined ? text : `${ownerOfPage}/${repoOfPage}#${numberOfPage}`;
  const [, owner, repo, number] = NAME.exec(name) ?? [];
  if (owner === undefined || repo === undefined || number === undefined) {
    throw new InvalidArgumentError("Expected OWNER/REPO#NUMBER, such as acme/shop#7.");
  }
  return { owner, repo, number: Number(number), ...(host !== null && { host }) };
}
