import { z } from "zod";
import type { Floor, Installation, OwnApp } from "../../doctor/facts.ts";
import { type Known, known, unknown } from "../../doctor/known.ts";
import { CONFIG_PATH, type PolicySources } from "../../policy/source.ts";
import type { SourceFile } from "../../signoff/snapshot.ts";
import { Cache } from "../client/cache.ts";
import { parsed } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { GOVERNED_FRAGMENT, governedAnswer } from "../reading/rules/governed.ts";
import { SOURCE_FILE_FRAGMENT, sourceFileAnswer } from "../reading/rules/source-file.ts";
import { policySources, readCodeowners } from "../reading/rules/sources.ts";
import { type Asker, seen } from "./ask.ts";
import type { ReadRepository } from "./repository.ts";
import { reading } from "./rights.ts";

const DEFAULT_BRANCH_CONFIG = `
  defaultBranchRef { target { oid ... on Commit { config: file(path: "${CONFIG_PATH}") { ...SourceFile } } } }`;

const DOCUMENT = `
query CountersignSources($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ${DEFAULT_BRANCH_CONFIG} governed: defaultBranchRef { ...Governed } }
  floor: repository(owner: $owner, name: ".github") { isPrivate ${DEFAULT_BRANCH_CONFIG} }
}
${GOVERNED_FRAGMENT}
${SOURCE_FILE_FRAGMENT}`;

const configAnswer = z
  .object({ target: z.object({ oid: z.string(), config: sourceFileAnswer.nullable() }).nullable() })
  .nullable();

const sourcesAnswer = z.object({
  repository: z.object({ defaultBranchRef: configAnswer, governed: governedAnswer.nullable() }),
  floor: z.object({ isPrivate: z.boolean(), defaultBranchRef: configAnswer }).nullable(),
});

/** The files on the default branch by which changes are judged. */
export interface ReadSources {
  readonly policy: PolicySources;
  readonly codeowners: Known<SourceFile | null>;
  /** The commit they were read from. */
  readonly sha: string;
  /** The repository that may hold the organization's config; `null` where it is not seen. */
  readonly floor: { readonly isPrivate: boolean; readonly hasConfig: boolean } | null;
}

/** @throws {GitHubUnavailable | GitHubProblem} */
export async function readSources(asker: Asker, now: Date): Promise<Known<ReadSources>> {
  return seen(reading(asker), async () => {
    const { client, owner, repo: name } = asker;
    const variables = { owner, name };
    const tolerated = ({ type, path }: { readonly type: string; readonly path: string }) =>
      type === "NOT_FOUND" && path === "floor";
    const data = await graphql(client, { document: DOCUMENT, variables, tolerated });
    const answer = parsed(sourcesAnswer, data, `the config of ${owner}/${name}`);
    const { repository, floor } = answer;
    const policy = policySources({ repository: { ...repository, head: null }, floor }, { owner }, []);
    return {
      policy,
      codeowners: await codeownersOf(asker, repository.governed, now),
      sha: repository.defaultBranchRef?.target?.oid ?? "",
      floor: floor && {
        isPrivate: floor.isPrivate,
        hasConfig: floor.defaultBranchRef?.target?.config != null,
      },
    };
  });
}

async function codeownersOf(
  { client, owner, repo }: Asker,
  governed: z.infer<typeof governedAnswer> | null,
  now: Date,
): Promise<Known<SourceFile | null>> {
  const repository = { owner, repo, installationId: 0, repositoryId: 0 };
  const blobs = new Cache<string>({ capacity: 1 });
  try {
    return known(await readCodeowners(client, { repository, evaluation: { governed }, blobs, now }));
  } catch (error) {
    if (error instanceof GitHubProblem && error.problem.code === "codeowners/unreadable")
      return unknown(`a CODEOWNERS that can be read (${error.problem.message})`);
    throw error;
  }
}

export interface FloorView {
  readonly repository: ReadRepository;
  readonly sources: ReadSources;
  readonly app: Known<OwnApp>;
  readonly installations: Known<readonly Installation[]>;
}

/** Whether the App sees the organization's config, as far as the token sees both. */
export function floorOf({ repository, sources, app, installations }: FloorView): Known<Floor> {
  const { owner, name } = repository;
  const { floor } = sources;
  // GitHub says the same of what is not there and of what may not be seen; only an owner's whole view tells.
  const owns = repository.ownedBy === "user" ? repository.administrates : "known" in installations;
  if (floor === null)
    return owns && repository.seesAll
      ? known({ status: "none" })
      : unknown(`an owner of ${owner} with a classic token with the scope “repo”`);
  if (!floor.hasConfig) return known({ status: "none" });
  if (!floor.isPrivate || name === ".github") return known({ status: "seen" });
  const own =
    "known" in app && "known" in installations
      ? installations.known.find(({ appId }) => appId === app.known.id)
      : undefined;
  return own?.repositories === "all"
    ? known({ status: "seen" })
    : known({ status: "out-of-sight", right: "the list of the App's repositories" });
}
