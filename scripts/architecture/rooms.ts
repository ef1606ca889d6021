/** A part of the sources that other parts may or may not import. */
export interface Room {
  readonly name: string;
  /** Rooms of one group can be imported by its name. */
  readonly group?: "core";
  /** Folders (ending in a slash) and files. Where several rooms match a file, the longest entry decides. */
  readonly files: readonly string[];
  /** What it is for, in one line of ARCHITECTURE.md. */
  readonly purpose: string;
  /** The rooms and groups it may import; `signoff/*` means every room whose name starts with `signoff/`. */
  readonly imports: readonly string[];
  /** The only file that rooms outside the folder may import. */
  readonly door?: string;
}

/**
 * Every room, foundations first: a room imports only rooms that come before it. Tests hold the sources to this table,
 * and ARCHITECTURE.md shows it.
 */
export const ROOMS: readonly Room[] = [
  {
    name: "paths",
    group: "core",
    files: ["src/paths/"],
    purpose: "The path patterns of CODEOWNERS and of the config: parse and match.",
    imports: [],
  },
  {
    name: "notation",
    group: "core",
    files: ["src/notation/"],
    purpose: "What readers of foreign text share: steps to spend, YAML up to its first defect.",
    imports: [],
  },
  {
    name: "provenance",
    group: "core",
    files: ["src/provenance/"],
    purpose: "Who wrote it: the catalogue of tools as data, trailers, the detector.",
    imports: [],
  },
  {
    name: "ownership",
    group: "core",
    files: ["src/ownership/"],
    purpose: "Who owns it: CODEOWNERS, parsed and queried.",
    imports: ["paths"],
  },
  {
    name: "production",
    group: "core",
    files: ["src/production/"],
    purpose: "What it can break: built-in areas, control files, hazards.",
    imports: ["paths", "notation"],
  },
  {
    name: "policy",
    group: "core",
    files: ["src/policy/"],
    purpose: "The config: keys, defaults, the organization's floor, problems.",
    imports: ["paths", "notation", "provenance", "ownership", "production"],
  },
  {
    name: "signoff/model",
    files: [
      "src/signoff/snapshot.ts",
      "src/signoff/past.ts",
      "src/signoff/verdict.ts",
      "src/signoff/staleness.ts",
      "src/signoff/limits.ts",
      "src/signoff/inherited.ts",
    ],
    purpose: "What the sign-off reads and what it returns.",
    imports: ["core"],
  },
  {
    name: "signoff/config",
    files: ["src/signoff/config-fix.ts", "src/signoff/proposed-config.ts"],
    purpose: "What a pull request does to the config itself.",
    imports: ["core", "signoff/model"],
  },
  {
    name: "signoff/wording",
    files: ["src/signoff/wording/"],
    purpose: "The sentences of a verdict.",
    imports: ["core", "signoff/model"],
  },
  {
    name: "signoff/writers",
    files: ["src/signoff/writers/"],
    purpose: "Contributors: who took part and cannot countersign.",
    imports: ["core", "signoff/model", "signoff/wording"],
  },
  {
    name: "signoff/requirements",
    files: ["src/signoff/requirements/"],
    purpose: "What has to be countersigned, and by whom.",
    imports: ["core", "signoff/model", "signoff/wording"],
  },
  {
    name: "signoff/signatures",
    files: ["src/signoff/signatures/"],
    purpose: "Reviews: which count, which do not, and why.",
    imports: ["core", "signoff/model", "signoff/wording", "signoff/writers", "signoff/requirements"],
  },
  {
    name: "signoff/effects",
    files: ["src/signoff/effects/"],
    purpose: "Labels, and the people to request reviews from.",
    imports: ["core", "signoff/model", "signoff/signatures"],
  },
  {
    name: "signoff",
    files: ["src/signoff/"],
    purpose: "`evaluate`: a snapshot and a policy become a verdict.",
    imports: [
      "core",
      "signoff/model",
      "signoff/config",
      "signoff/wording",
      "signoff/writers",
      "signoff/requirements",
      "signoff/signatures",
      "signoff/effects",
    ],
  },
  {
    name: "signoff/report",
    files: ["src/signoff/report/"],
    purpose: "A verdict printed: the check's text, the comment.",
    imports: ["core", "signoff/model", "signoff/config", "signoff/wording"],
  },
  {
    name: "backtest",
    files: ["src/backtest/"],
    purpose: "A policy replayed over merged pull requests: what it would have asked, and what was done.",
    imports: ["core", "signoff/model", "signoff/wording", "signoff"],
  },
  {
    name: "store",
    files: ["src/store/"],
    purpose: "The store's interface: jobs, the app's memory, the ledger.",
    imports: ["provenance", "signoff/model"],
  },
  {
    name: "store/sql",
    files: ["src/store/sql/"],
    purpose: "The statements that both databases share.",
    imports: ["provenance", "signoff/model", "store"],
  },
  {
    name: "store/sqlite",
    files: ["src/store/sqlite/"],
    purpose: "The store in SQLite: one process.",
    imports: ["provenance", "signoff/model", "store", "store/sql"],
  },
  {
    name: "store/postgres",
    files: ["src/store/postgres/"],
    purpose: "The store in PostgreSQL: several replicas.",
    imports: ["provenance", "signoff/model", "store", "store/sql"],
  },
  {
    name: "github/client",
    files: ["src/github/client/"],
    purpose: "Requests: GraphQL, errors, limits, caches.",
    imports: ["policy", "store"],
  },
  {
    name: "github/listing",
    files: ["src/github/listing/"],
    purpose: "Open pull requests, repositories, merge groups.",
    imports: ["github/client", "store"],
  },
  {
    name: "github/reading/content",
    files: ["src/github/reading/content/"],
    purpose: "Files, texts, commits and notes of a change.",
    imports: ["core", "signoff/model", "store", "github/client"],
  },
  {
    name: "github/reading/people",
    files: ["src/github/reading/people/"],
    purpose: "Reviews, teams, permissions, the timeline.",
    imports: ["core", "signoff/model", "signoff/writers", "store", "github/client"],
  },
  {
    name: "github/reading/rules",
    files: ["src/github/reading/rules/"],
    purpose: "The config and CODEOWNERS of the base.",
    imports: ["core", "signoff/model", "store", "github/client"],
  },
  {
    name: "github/reading",
    files: ["src/github/reading/"],
    purpose: "One pull request as a snapshot, whole or refused.",
    door: "src/github/reading/read-snapshot.ts",
    imports: [
      "core",
      "signoff/model",
      "signoff/config",
      "store",
      "github/client",
      "github/reading/content",
      "github/reading/people",
      "github/reading/rules",
    ],
  },
  {
    name: "github/writing",
    files: ["src/github/writing/"],
    purpose: "Check, comment, labels and review requests.",
    door: "src/github/writing/write.ts",
    imports: ["signoff/model", "store", "github/client", "github/reading"],
  },
  {
    name: "app/operation",
    files: ["src/app/operation/"],
    purpose: "Settings, log, metrics, health, clock.",
    imports: ["signoff/model", "store", "github/client"],
  },
  {
    name: "app/judging",
    files: ["src/app/judging/"],
    purpose: "Judges snapshots in threads that can be ended.",
    imports: ["core", "signoff/model", "signoff", "store"],
  },
  {
    name: "app/github",
    files: ["src/app/github/"],
    purpose: "Octokit, budgets and ETags of each installation.",
    imports: [
      "signoff/model",
      "signoff/report",
      "store",
      "github/client",
      "github/listing",
      "github/reading",
      "github/writing",
      "app/operation",
    ],
  },
  {
    name: "app/work",
    files: ["src/app/work/"],
    purpose: "Workers: withdraw, evaluate, write.",
    imports: [
      "core",
      "signoff/model",
      "signoff/report",
      "signoff",
      "store",
      "github/client",
      "github/reading",
      "github/writing",
      "app/operation",
      "app/judging",
      "app/github",
    ],
  },
  {
    name: "app/repair",
    files: ["src/app/repair/"],
    purpose: "Sweeps, redeliveries, start-up: what webhooks missed.",
    imports: ["store", "github/client", "github/listing", "app/operation", "app/github", "app/work"],
  },
  {
    name: "app/intake",
    files: ["src/app/intake/"],
    purpose: "The server: webhooks become stored tasks.",
    imports: ["core", "signoff/model", "store", "github/reading", "app/operation"],
  },
  {
    name: "app",
    files: ["src/app/"],
    purpose: "Starts, wires and stops it all.",
    imports: [
      "core",
      "signoff/*",
      "signoff",
      "store",
      "store/sqlite",
      "store/postgres",
      "github/client",
      "github/listing",
      "github/reading",
      "github/writing",
      "app/*",
    ],
  },
  {
    name: "cli",
    files: ["src/cli/"],
    purpose: "The commands, over a local clone or the API.",
    imports: [
      "core",
      "signoff/*",
      "signoff",
      "backtest",
      "store",
      "store/sqlite",
      "store/postgres",
      "github/client",
      "github/reading",
    ],
  },
  {
    name: "test",
    files: ["test/"],
    purpose: "Tests and the GitHub double.",
    imports: [],
  },
  {
    name: "demo",
    files: ["demo/"],
    purpose: "The story, played offline against the GitHub double.",
    imports: ["test"],
  },
  {
    name: "bench",
    files: ["bench/"],
    purpose: "Measurements.",
    imports: ["core", "signoff/*", "signoff", "cli", "test"],
  },
];
