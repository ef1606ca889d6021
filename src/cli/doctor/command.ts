import { type Command, InvalidArgumentError } from "commander";
import { CODES, type Code } from "../../doctor/rules/rules.ts";
import { type RepositoryName, repositoryNameOf } from "../github/repository-name.ts";
import type { DoctorOptions } from "./doctor.ts";

const HELP = `
Reads the rules of every governed branch and whatever else decides whether the check can be got
round. What the token may not see is unknown, never fine; the finding says whose token would tell.
The token is read from GITHUB_TOKEN, GH_TOKEN or, without those, from the GitHub CLI ("gh auth
token"), and sent only to the host in GHE_HOST (default: github.com). An administrator's sees most.

Nothing is written, unless --fix and --yes are given together: then the ruleset "countersign" of
the repository is created or changed, and no other rule is touched.

Exit codes:
  0  everything holds
  1  something does not hold
  2  something is unknown, it could not be read, or the command was used incorrectly

Examples:
  countersign doctor acme/shop
  countersign doctor acme/shop --app-id 12345               an App under another name
  countersign doctor acme/shop --allow-unknown ai-approvals
  countersign doctor acme/shop --json
  countersign doctor acme/shop --fix                        show the ruleset that would be written
  countersign doctor acme/shop --fix --yes                  write it
`;

export function addDoctor(
  program: Command,
  run: (repository: RepositoryName, options: DoctorOptions) => Promise<void>,
): void {
  program
    .command("doctor")
    .description("Say whether the check really blocks merges in a repository on GitHub.")
    .argument("<repository>", "OWNER/REPO, or the URL of its page", repositoryNameOf)
    .option("--app-id <id>", "the number of your App (default: the one installed as countersign…)", appIdOf)
    .option("--allow-unknown <code>", "a finding that may stay unknown (repeatable)", collectCodes)
    .option("--fix", "show the ruleset that makes the check required")
    .option("--yes", "with --fix: write it")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .action(run);
}

function appIdOf(text: string): number {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
  if (id === null) throw new InvalidArgumentError("Expected the number on the App's page.");
  return id;
}

function collectCodes(text: string, codes: readonly Code[] = []): readonly Code[] {
  const code = CODES.find((each) => each === text);
  if (code === undefined) throw new InvalidArgumentError(`Expected one of ${CODES.join(", ")}.`);
  return [...codes, code];
}
