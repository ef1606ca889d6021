import { z } from "zod";
import type { RepositoryRef } from "../../store/store.ts";
import { type GitHubClient, parsed, restList } from "../client/client.ts";

const repositoriesAnswer = z.object({
  repositories: z.array(
    z.object({ name: z.string(), owner: z.object({ login: z.string() }), archived: z.boolean() }),
  ),
});

/** The repositories an installation may see, without archived ones: nothing can be merged there. */
export async function listRepositories(
  client: GitHubClient,
  installationId: number,
): Promise<readonly RepositoryRef[]> {
  const repositories = await restList(
    client,
    { route: "GET /installation/repositories", parameters: {}, need: "Metadata: read" },
    (data) => parsed(repositoriesAnswer, data, "the installation's repositories").repositories,
  );
  return repositories
    .filter(({ archived }) => !archived)
    .map(({ owner, name }) => ({ installationId, owner: owner.login, repo: name }));
}
