import { type Command, InvalidArgumentError, Option } from "commander";
import type { Repository } from "./github.ts";
import type { ValidateOptions } from "./validate.ts";

const HELP = `
With --github the files are read from GitHub, and the errors that it finds in CODEOWNERS itself are
compared with ours; it alone knows which owners exist and may write. Nothing is written. The token
is taken from GITHUB_TOKEN or GH_TOKEN, another host than github.com from GHE_HOST.

Exit codes:
  0  nothing is wrong
  1  something is wrong
  2  a file could not be read, or the command was used wrongly

Examples:
  countersign validate
  countersign validate drafts/countersign.yml
  countersign validate --github acme/shop
  countersign validate --github acme/shop --ref release/2 --json
`;

export function addValidate(
  program: Command,
  run: (files: readonly string[], options: ValidateOptions) => Promise<void>,
): void {
  program
    .command("validate")
    .description("Say what is wrong with the config and CODEOWNERS, on disk or on GitHub.")
    .argument("[files...]", "CODEOWNERS or config files (default: those of --repo)")
    .option("--repo <dir>", "the folder that holds .github", ".")
    .addOption(
      new Option(
        "--github <owner/repo>",
        "those of a repository on GitHub, compared with what it says itself",
      )
        .argParser(repositoryOf)
        .conflicts("repo"),
    )
    .option("--ref <ref>", "with --github: the branch, tag or commit (default: the default branch)")
    .option("--json", "one JSON document instead of text")
    .addHelpText("after", HELP)
    .action(run);
}

function repositoryOf(text: string): Repository {
  const [, owner, repo] = /^([a-z0-9][\w-]*)\/(?!\.{1,2}$)([\w.-]+)$/i.exec(text) ?? [];
  if (owner === undefined || repo === undefined) {
    throw new InvalidArgumentError("It is OWNER/REPO, as in acme/shop.");
  }
  return { owner, repo };
}
