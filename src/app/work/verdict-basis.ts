import { sha256 } from "../../ledger/chain.ts";
import type { ChangedFile, Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";

/** What a verdict was made of: which content, by which rules. */
export interface VerdictBasis {
  /** The branch it goes into, and the commit whose CODEOWNERS applied. */
  readonly base: { readonly ref: string; readonly sha: string };
  /** Of the config, the organization's floor and CODEOWNERS together. SHA-256, as all digests here. */
  readonly policyDigest: string;
  /** See `Snapshot.contentDigest`; `null` where it is not known. */
  readonly contentDigest: string | null;
  /** What is signed for: of each area touched, the changed paths with the ids of their content. */
  readonly areas: readonly { readonly name: string; readonly contentDigest: string }[];
}

export function basisOf(snapshot: Snapshot, { areas }: Verdict): VerdictBasis {
  const { policySources, codeowners, pullRequest, files, contentDigest = null } = snapshot;
  const { organization, repository } = policySources;
  const { ref, sha } = pullRequest.governedBy;
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    base: { ref, sha },
    policyDigest: digestOf([organization, repository, codeowners]),
    contentDigest,
    areas: areas.map(({ name, paths }) => ({
      name,
      contentDigest: digestOf(paths.toSorted().map((path) => contentOf(path, byPath.get(path)))),
    })),
  };
}

function contentOf(path: string, file: ChangedFile | undefined): readonly unknown[] {
  return [
    path,
    file?.previousPath ?? null,
    file?.status ?? null,
    file?.contentId ?? null,
    file?.mode ?? null,
  ];
}

function digestOf(value: unknown): string {
  return sha256(JSON.stringify(value));
}
