import { listMerges } from "../../../github/listing/list-merges.ts";
import { failureAbout } from "../../github/failure.ts";
import { withPersonToken } from "../../github/person-token.ts";
import type { Progress } from "../../output/progress.ts";
import { readingClient } from "../../simulate/reading-client.ts";
import type { ComparedMerges, HeldMerges } from "../population/merges.ts";
import type { Period } from "../population/period.ts";
import type { LedgerPorts } from "../ports.ts";

interface ComparePorts extends LedgerPorts {
  readonly progress: Progress;
}

/** Asks GitHub, with a person's token, what was merged into each branch of which the ledger holds changes. Throws a `Failure`. */
export async function mergesOnGitHub(
  held: HeldMerges,
  period: Period,
  { environment, terminal: { directory }, progress }: ComparePorts,
): Promise<readonly ComparedMerges[]> {
  const compared: ComparedMerges[] = [];
  for (const one of held.branches) {
    const { repository: name, branch: base } = one;
    const [owner = "", repo = ""] = name.split("/");
    progress.report(`asking GitHub what was merged into ${base} of ${name}`);
    const own = await withPersonToken({ repository: { owner, repo }, environment }, directory);
    const merged = await listMerges(readingClient(own), {
      owner,
      repo,
      base,
      from: period.from,
      until: period.until,
    }).catch((error: unknown) => {
      throw failureAbout(error, name);
    });
    compared.push(held.comparedWith(one, merged));
  }
  return compared;
}
