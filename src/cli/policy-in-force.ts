import type { Policy } from "../policy/policy.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import type { PolicySource } from "../policy/source.ts";
import { placeOf } from "../signoff/wording/words.ts";
import { Failure } from "./failure.ts";
import type { LocalRepository } from "./local-git/repository/repository.ts";
import { readCommittedConfig, readConfigFile } from "./policy-files.ts";
import type { Scan } from "./scan/scanned.ts";

/** Today's policy: that of HEAD, or the one to be tried, by its path from the directory. Throws a `Failure` when it is invalid. */
export async function readPolicy(
  repository: LocalRepository,
  tried?: { readonly config: string; readonly directory: string },
): Promise<{ readonly policy: Policy; readonly told: Scan["policy"] }> {
  const source =
    tried === undefined
      ? await policyAtHead(repository)
      : await readConfigFile(tried.directory, tried.config);
  const { policy, problems } = resolvePolicy({ organization: { status: "absent" }, repository: source });
  if (policy !== null) {
    return {
      policy,
      told: { file: source.status === "found" ? source.path : null, warnings: problems },
    };
  }
  const [first] = problems;
  const reason = first === undefined ? "" : `: ${placeOf(first)}: ${first.message} ${first.remedy}`;
  throw new Failure(`the policy cannot be read, so the production areas are unknown${reason}`);
}

async function policyAtHead({ git, refs }: LocalRepository): Promise<PolicySource> {
  const head = await refs.head();
  return head === null ? { status: "absent" } : readCommittedConfig(git, head.sha);
}
