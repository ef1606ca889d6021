/** What was learnt of one version of GitHub Enterprise Server. */
export interface LearntOfServer {
  /** As its answers name it: "enterprise-server@3.17.2". */
  readonly version: string;
  /** What its GraphQL does not know, by type and name: "PullRequest.stack". */
  readonly unknownFields: readonly string[];
}

/** What is remembered of the server. No verdict rests on it. */
export interface ServerMemory {
  /** `null` where nothing was learnt. */
  learntOfServer(): Promise<LearntOfServer | null>;
  /** In place of what was known. */
  recordServer(learnt: LearntOfServer): Promise<void>;
}
