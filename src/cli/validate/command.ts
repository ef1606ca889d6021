import { type Command, Option } from "commander";
import { repositoryNameOf } from "../github/repository-name.ts";
import type { ValidateOptions } from "./validate.ts";

const HELP = `
With --github, both files are read from GitHub, and the errors that GitHub itself reports in
CODEOWNERS are compared with ours; only GitHub knows which owners exist and have write access.
Nothing is written. The token is read from GITHUB_TOKEN or GH_TOKEN and sent only to the host in
GHE_HOST (default: github.com).

Exit codes:
  0  no errors
  1  errors found
  2  a file could not be read, or the command was used incorrectly

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
    .description("Report errors in the config and CODEOWNERS, on disk or on GitHub.")
    .argument("[files...]", "CODEOWNERS or config files (default: those in --repo)")
    .option("--repo <dir>", "folder that contains .github", ".")
    .addOption(
      new Option(
        "--github <owner/repo>",
        "the files of a repository on GitHub, compared with what GitHub reports",
      )
        .argParser(repositoryNameOf)
        .conflicts("repo"),
    )
    .option("--ref <ref>", "with --github: branch, tag or commit (default: the default branch)")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action(run);
}
