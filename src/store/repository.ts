/** One repository as an installation sees it. It is known by its id; its name is shown, and asked by. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly repo: string;
}

type RepositoryName = Pick<RepositoryRef, "owner" | "repo">;

/** A repository as an event or a list told of it. */
export interface SeenRepository extends RepositoryRef {
  /** GraphQL's name of it, which a renaming leaves as it is; `null` where it was not told. */
  readonly nodeId: string | null;
  /** ISO 8601; `null` where it was not told. */
  readonly createdAt: string | null;
  /** Its name until now, where it was just renamed or transferred. */
  readonly formerly?: RepositoryName;
}
