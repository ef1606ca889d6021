import { isArrayBuffer } from "node:util/types";
import { CODEOWNERS_LOCATIONS } from "../../../ownership/ownership.ts";
import { CODEOWNERS_SIZE_LIMIT } from "../../../ownership/parse.ts";
import { SHORTER } from "../../../policy/file/load.ts";
import { PROBLEMS } from "../../../policy/problems.ts";
import { CONFIG_PATH, type PolicySource, type PolicySources } from "../../../policy/source.ts";
import type { ChangedFile, SourceFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { GitHubProblem, permissionMissing } from "../../client/errors.ts";
import type { Governed } from "./governed.ts";
import { type SourceFileAnswer, sourceFileAnswer, sourceFileContent } from "./source-file.ts";

/** A default branch with its config. */
type DefaultBranchAnswer = {
  readonly target: { readonly config: SourceFileAnswer | null } | null;
} | null;

/** The part of an answer that holds the configs. */
interface PolicyAnswer {
  readonly repository: {
    readonly defaultBranchRef: DefaultBranchAnswer;
    readonly head: { readonly proposed: SourceFileAnswer | null } | null;
  };
  readonly floor: { readonly defaultBranchRef: DefaultBranchAnswer } | null;
}

/** @throws {GitHubProblem} when the default branch cannot be seen, which is not the same as no policy */
export function policySources(
  { repository, floor }: PolicyAnswer,
  { owner, floorSeen = false }: { readonly owner: string; readonly floorSeen?: boolean },
  files: readonly ChangedFile[],
): PolicySources {
  const branch = repository.defaultBranchRef?.target;
  if (branch == null) throw permissionMissing("Contents: read", "it does not see the default branch.");
  return {
    repository: policySource(branch.config, CONFIG_PATH),
    organization: floorSource(floor, `${owner}/.github: ${CONFIG_PATH}`, floorSeen),
    ...(files.some(({ path }) => path === CONFIG_PATH) && {
      proposed: policySource(repository.head?.proposed ?? null, CONFIG_PATH),
    }),
  };
}

/** A floor that was seen does not vanish with the repository that holds it. */
function floorSource(floor: PolicyAnswer["floor"], path: string, seen: boolean): PolicySource {
  if (floor !== null) {
    const source = policySource(floor.defaultBranchRef?.target?.config ?? null, path);
    return source.status === "absent" ? { status: "absent", certain: true } : source;
  }
  if (!seen) return { status: "absent" };
  const reason = "it was there before, and its repository can no longer be seen";
  const { remedy } = PROBLEMS["config/floor-not-visible"];
  return { status: "unreadable", path, reason, remedy, code: "config/floor-not-visible" };
}

function policySource(answer: SourceFileAnswer | null, path: string): PolicySource {
  if (answer === null) return { status: "absent" };
  const content = sourceFileContent(answer);
  switch (content.status) {
    case "text":
      return { status: "found", path, text: content.text };
    case "long":
      return { status: "unreadable", path, reason: `it has ${content.bytes} bytes`, remedy: SHORTER };
    case "unreadable":
      return { status: "unreadable", path, reason: content.reason };
  }
}

interface CodeownersRequest {
  readonly repository: RepositoryRef;
  readonly evaluation: { readonly governed: Governed | null };
  /** Text by blob id, which never changes. */
  readonly blobs: Cache<string>;
  readonly now: Date;
}

/**
 * CODEOWNERS of the governing branch: the first of GitHub's places that holds anything, even where that is
 * unreadable.
 * @throws {GitHubProblem} when it is there but cannot be read as GitHub would
 */
export async function readCodeowners(
  client: GitHubClient,
  request: CodeownersRequest,
): Promise<SourceFile | null> {
  const { governed } = request.evaluation;
  if (governed?.target == null)
    throw new GitHubProblem({
      code: "evidence/no-governing-branch",
      message: "The branch whose CODEOWNERS decides does not exist.",
      remedy: "Point the pull request, or the stack it belongs to, at a branch that exists.",
    });
  for (const [index, path] of CODEOWNERS_LOCATIONS.entries()) {
    const answer = parsed(sourceFileAnswer.nullable(), governed.target[`codeowners${index}`], path);
    if (answer !== null) return { path, text: await codeownersText(client, request, { path, answer }) };
  }
  return null;
}

/** The text of CODEOWNERS, as far as a branch's answer holds it; empty where that does not. For guesses alone. */
export function codeownersTold(governed: Governed | null): string {
  for (const [index, path] of CODEOWNERS_LOCATIONS.entries()) {
    const answer = parsed(sourceFileAnswer.nullish(), governed?.target?.[`codeowners${index}`], path);
    if (answer == null) continue;
    const content = sourceFileContent(answer);
    return content.status === "text" ? content.text : "";
  }
  return "";
}

async function codeownersText(
  client: GitHubClient,
  { repository, blobs, now }: CodeownersRequest,
  { path, answer }: { readonly path: string; readonly answer: SourceFileAnswer },
): Promise<string> {
  const content = sourceFileContent(answer);
  if (content.status === "text") return content.text;
  if (content.status === "unreadable") throw codeownersUnreadable(path, content.reason);
  if (content.bytes >= CODEOWNERS_SIZE_LIMIT)
    throw codeownersUnreadable(path, `it is of ${content.bytes} bytes, more than GitHub loads`);
  const known = blobs.get(content.blob, now);
  if (known !== undefined) return known;
  const { owner, repo } = repository;
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/git/blobs/{blob}",
    parameters: { owner, repo, blob: content.blob, headers: { accept: "application/vnd.github.raw+json" } },
    need: "Contents: read",
  });
  const text = decoded(data);
  if (text === null) throw codeownersUnreadable(path, "it is not text");
  blobs.set(content.blob, text, now);
  return text;
}

/** Raw content comes as text or as bytes, by the type GitHub gives it. */
function decoded(data: unknown): string | null {
  if (typeof data === "string") return data;
  if (!isArrayBuffer(data)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    return null;
  }
}

function codeownersUnreadable(path: string, reason: string): GitHubProblem {
  return new GitHubProblem({
    code: "codeowners/unreadable",
    file: path,
    message: `${path} of the base branch cannot be read: ${reason}.`,
    remedy: `Make ${path} a regular UTF-8 text file of less than ${CODEOWNERS_SIZE_LIMIT} bytes.`,
  });
}
