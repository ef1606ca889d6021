import type { Repository } from "../world/model.ts";
import { atLeast, organizationOf, permissionIn, teamPermission } from "../world/permissions.ts";
import type { Json } from "./links.ts";

/** Where GitHub looks, in its order; the first file found is the only one. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/**
 * The errors GitHub lists for the CODEOWNERS file of a commit, `null` without a file. Patterns it cannot read and
 * owners it does not know or who cannot write.
 */
export function codeownersErrors(repo: Repository, commitSha: string): readonly Json[] | null {
  const files = repo.objects.filesAt(commitSha);
  const path = PLACES.find((place) => files.has(place));
  const entry = path === undefined ? undefined : files.get(path);
  if (!path || !entry) return null;
  const lines = repo.objects.bytes(entry.sha).toString().split("\n");
  return lines.flatMap((source, index) =>
    lineErrors(repo, source).map((error) => ({ line: index + 1, path, source, ...error })),
  );
}

function lineErrors(repo: Repository, source: string): readonly Json[] {
  const words = [...source.replace(/(^|\s)#.*$/, "").matchAll(/(?:\\.|\S)+/g)];
  const [pattern, ...owners] = words;
  if (!pattern) return [];
  const bad = /^!|\[/.test(pattern[0]) ? [pattern] : [];
  return [
    ...bad.map((word) => error(word, source, "Invalid pattern")),
    ...owners.filter(([owner]) => !isOwner(repo, owner)).map((word) => error(word, source, kindOf(word[0]))),
  ];
}

function error(word: RegExpMatchArray, source: string, kind: string): Json {
  const column = (word.index ?? 0) + 1;
  return {
    column,
    kind,
    suggestion: null,
    message: `${kind} on line: ${source}\n${" ".repeat(column - 1)}^`,
  };
}

function kindOf(owner: string): string {
  return /^@[\w-]+(\/[\w.-]+)?$|^[^@\s]+@[^@\s]+$/.test(owner) ? "Unknown owner" : "Invalid owner";
}

function isOwner(repo: Repository, owner: string): boolean {
  const [, org, slug] = /^@([\w-]+)\/([\w.-]+)$/.exec(owner) ?? [];
  const home = organizationOf(repo);
  if (org && slug) {
    const team =
      home?.login.toLowerCase() === org.toLowerCase() ? home.teams.get(slug.toLowerCase()) : undefined;
    return team !== undefined && team.privacy === "closed" && atLeast(teamPermission(repo, team), "write");
  }
  const people = new Set([...(home?.members ?? []), ...repo.grants.keys(), repo.owner]);
  return [...people].some(
    (who) =>
      "kind" in who &&
      (owner === `@${who.login}` ||
        owner.toLowerCase() === `@${who.login.toLowerCase()}` ||
        owner === who.email) &&
      atLeast(permissionIn(repo, who), "write"),
  );
}
