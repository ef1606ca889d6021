import { z } from "zod";
import type { SeenRepository } from "../../store/repository.ts";
import { type GitHubClient, parsed, restList } from "../client/client.ts";

const repositoriesAnswer = z.object({
  repositories: z.array(
    z.object({
      id: z.int(),
      node_id: z.string(),
      name: z.string(),
      owner: z.object({ login: z.string() }),
      archived: z.boolean(),
      created_at: z.string().nullish(),
    }),
  ),
});

/** The repositories an installation may see, without archived ones: nothing can be merged there. */
export async function listRepositories(
  client: GitHubClient,
  installationId: number,
): Promise<readonly SeenRepository[]> {
  const repositories = await restList(
    client,
    { route: "GET /installation/repositories", parameters: {}, need: "Metadata: read" },
    (data) => parsed(repositoriesAnswer, data, "the installation's repositories").repositories,
  );
  return repositories
    .filter(({ archived }) => !archived)
    .map(({ id: repositoryId, node_id: nodeId, owner, name, created_at: createdAt }) => {
      const ref = { installationId, repositoryId, owner: owner.login, repo: name };
      return { ...ref, nodeId, createdAt: createdAt ?? null };
    });
}
