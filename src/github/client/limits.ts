/** GitHub's limits, each with where it is written down. Numbers are counts unless the name says otherwise. */
export const LIMITS = {
  /** Items a page, REST and GraphQL. docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
  pageSize: 100,
  /** Files of a pull request; further ones are left out silently. REST "List pull requests files". */
  pullRequestFiles: 3000,
  /** Annotations a request; updates append. REST "Update a check run". */
  annotationsPerRequest: 50,
  /** Characters of a check run's `output.summary` and of its `output.text`. REST "Create a check run". */
  checkText: 65_535,
  /** Characters of an annotation's title. REST "Create a check run". */
  annotationTitle: 255,
  /** Characters of an annotation's message: GitHub allows 64 KB, which is a quarter of it in characters at worst. */
  annotationMessage: 16_384,
  /** Characters of a commit status's description. Not documented; answered with 422 beyond it (seen 2026-11). */
  statusDescription: 140,
  /**
   * Statuses of a commit in one context. REST "Create a commit status". Where so many are there, nothing green is written
   * any more: what is left is for taking it back.
   */
  statusesOfHead: 1000,
  /** Reviewers a request. Answered with 422 beyond it (seen 2026-09). */
  reviewersPerRequest: 15,
  /** Teams asked about in one GraphQL document, far below the 500,000 nodes GitHub allows. */
  teamsPerQuery: 25,
  /** People asked about in one GraphQL document; each is two fields of a small answer. */
  usersPerQuery: 50,
  /** Files whose modes one GraphQL document of their own asks for. Not documented; 300 fields are a small answer. */
  pathsPerQuery: 300,
  /** Files whose modes, or what they replace, are asked for along with an evaluation: as many as one page of them has. */
  pathsPerEvaluation: 100,
  /** Contents that one GraphQL document asks for. Not documented; each is of 512 KB at most. */
  blobsPerQuery: 50,
  /** The same where their sizes are known, and bytes of them. Not documented: where it fails, fewer are asked for. */
  sizedBlobsPerQuery: 500,
  blobBytesPerQuery: 4 * 1024 * 1024,
  /** Documents for such contents that are asked at once. Our own limit; GitHub allows 100 requests at once. */
  blobQueriesAtOnce: 4,
  /** Pages of a branch's or a person's pushes. Our own limit: a thousand pushes. */
  activityPages: 10,
  /** Pushes to other branches that are compared with a pull request's head, each by a request. Our own limit. */
  comparedPushes: 30,
  /** Files of a comparison; further ones are left out silently. REST "Compare two commits". */
  comparedFiles: 300,
  /** Commits that come into a branch without a pull request, each asked about in one GraphQL document. Our own limit. */
  comparedCommits: 100,
  /** Pages of branches that are looked through for governed ones. Our own limit: five hundred branches. */
  branchPages: 5,
  /**
   * Trees asked for at one reading; it goes on at the next. Our own limit. GitHub lists 100,000 entries or 7 MB of a
   * tree at once. REST "Get a tree".
   */
  treesPerReading: 100,
  /** Links that are followed for one change; more may lead anywhere. Our own limit. */
  linksInAll: 1_000,
  /** Characters of all contents read for one change; beyond that, diffs are used. Our own limit. */
  contentsInAll: 32 * 1024 * 1024,
} as const;
