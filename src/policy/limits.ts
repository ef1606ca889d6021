/** Bounds on a policy file, so that a hostile or runaway one is refused before it costs anything. */
export const LIMITS = {
  /** Characters of one file; the YAML parser never sees more. */
  fileLength: 65_536,
  /** Steps that reading it may take: a file of that length as people write it takes fewer. */
  steps: 250_000,
  /** Levels of nesting; the deepest key of the schema stands at five. */
  depth: 12,
  areas: 50,
  /** Patterns of all areas of one file together. */
  patterns: 1_000,
  patternLength: 500,
  branches: 50,
  branchLength: 255,
  owners: 100,
  ownerLength: 200,
  logins: 200,
  loginLength: 100,
  signals: 100,
  signalLength: 200,
  trailerLength: 48,
  /** GitHub's own limit for the name of a label. */
  labelLength: 50,
  nameLength: 40,
  /** Why a hazard rule is off; it is shown in every check that the rule would speak in. */
  reasonLength: 200,
  countersignatures: 10,
  /** Names of addresses of one file. */
  notified: 10,
  /** Problems reported for one file; the rest is counted. */
  problems: 50,
} as const;
