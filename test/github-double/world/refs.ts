import type { Repository } from "./model.ts";
import { Refused } from "./refused.ts";

/**
 * What a name means to REST and `object(expression:)`: a commit, a full ref, or a bare name, where a tag hides a
 * branch of the same name as it does in git itself.
 */
export function resolveRef(repo: Repository, name: string): string {
  const sha = findRef(repo, name);
  if (sha === null) throw new Refused(404, `No commit found for the ref ${name}`);
  return sha;
}

export function findRef(repo: Repository, name: string): string | null {
  if (repo.objects.commits.has(name)) return name;
  const candidates =
    name === "HEAD"
      ? [`refs/heads/${repo.defaultBranch}`]
      : [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`];
  for (const ref of candidates) {
    const sha = repo.refs.get(ref);
    if (sha) return sha;
  }
  return null;
}
