import type { Policy } from "../../policy/policy.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import type { PolicySource } from "../../policy/source.ts";
import { placeOf } from "../../signoff/wording/words.ts";
import { Failure } from "../failure.ts";
import type { Git } from "../local-git/git.ts";
import { readCommittedConfig, readConfigFile } from "../policy-files.ts";
import type { Scan } from "./scanned.ts";

/** Today's policy: that of HEAD, or the one to be tried, by its path from the directory. Throws a `Failure` when it is invalid. */
export async function readPolicy(
  git: Git,
  tried?: { readonly config: string; readonly directory: string },
): Promise<{ readonly policy: Policy; readonly told: Scan["policy"] }> {
  const repository =
    tried === undefined ? await policyAtHead(git) : await readConfigFile(tried.directory, tried.config);
  const { policy, problems } = resolvePolicy({ organization: { status: "absent" }, repository });
  if (policy !== null) {
    return {
      policy,
      told: { file: repository.status === "found" ? repository.path : null, warnings: problems },
    };
  }
  const [first] = problems;
  const reason = first === undefined ? "" : `: ${placeOf(first)}: ${first.message} ${first.remedy}`;
  throw new Failure(`the policy cannot be read, so nobody knows what is production${reason}`);
}

async function policyAtHead(git: Git): Promise<PolicySource> {
  const head = await git.find(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return head === null ? { status: "absent" } : readCommittedConfig(git, head);
}
