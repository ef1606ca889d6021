import { type Command, InvalidArgumentError } from "commander";
import type { PullName } from "./read.ts";
import type { SimulateOptions } from "./simulate.ts";

const HELP = `
Reads the pull request from GitHub and judges it as the app would; nothing is written. The token is
taken from GITHUB_TOKEN or GH_TOKEN, another host than github.com from GHE_HOST. It must see the
organization's teams, or nobody can sign through them here.

What the app alone remembers is not known: an approval counts only where it was given for the head,
and evidence that was edited away is not seen.

Exit codes:
  0  it may merge, or nothing is to be checked, or the config only observes
  1  it would be blocked
  2  it could not be evaluated, or the command was used wrongly

Examples:
  countersign simulate acme/shop#7
  countersign simulate acme/shop#7 --approve @mona            would it pass if mona approved it now?
  countersign simulate acme/shop#7 --config countersign.yml   by a config that is still to be merged
  countersign simulate acme/shop#7 --base release/2           by the rules and owners of another branch
  countersign simulate acme/shop#7 --snapshot seen.json       keep all that was judged
  countersign check --snapshot seen.json                      judge it again, without network
`;

export function addSimulate(
  program: Command,
  run: (pull: PullName, options: SimulateOptions) => Promise<void>,
): void {
  program
    .command("simulate")
    .description("Evaluate a pull request on GitHub as the app would, and write nothing.")
    .argument("<pull>", "OWNER/REPO#NUMBER, or the address of its page", pullNameOf)
    .option(
      "--approve <login...>",
      "suppose these people approve it now, with the access they have",
      loginsOf,
    )
    .option("--config <file>", "a config to try instead of the default branch's")
    .option("--base <branch>", "the branch whose rules to apply; the changed files stay those of its base")
    .option("--snapshot <file>", "write what was judged to a file, as JSON")
    .option("--verbose", "every path, commit and piece of evidence")
    .option("--json", "one JSON document instead of text")
    .addHelpText("after", HELP)
    .action(run);
}

const NAME = /^([a-z0-9][\w-]*)\/((?!\.{1,2}[#/])[\w.-]+)#([1-9]\d{0,9})$/i;
const ADDRESS = /^https?:\/\/[^/?#]+\/([^/?#]+)\/([^/?#]+)\/pull\/(\d+)(?:[/?#].*)?$/i;

/** For commands that take a pull request. */
export function pullNameOf(text: string): PullName {
  const [, ownerOfPage, repoOfPage, numberOfPage] = ADDRESS.exec(text) ?? [];
  const name = ownerOfPage === undefined ? text : `${ownerOfPage}/${repoOfPage}#${numberOfPage}`;
  const [, owner, repo, number] = NAME.exec(name) ?? [];
  if (owner === undefined || repo === undefined || number === undefined) {
    throw new InvalidArgumentError("It is OWNER/REPO#NUMBER, as in acme/shop#7.");
  }
  return { owner, repo, number: Number(number) };
}

function loginsOf(login: string, logins: readonly string[] = []): readonly string[] {
  const plain = login.replace(/^@/, "");
  if (!/^[a-z0-9][\w-]*$/i.test(plain)) throw new InvalidArgumentError("It is a login, as in @mona.");
  return logins.some((known) => known.toLowerCase() === plain.toLowerCase()) ? logins : [...logins, plain];
}
