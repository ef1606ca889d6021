import {
  ADA,
  BEN,
  createRepository,
  KIRO,
  type Step,
  type TemporaryRepository,
} from "../temporary-repository.ts";

const DEPENDABOT = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
const GITHUB = { name: "GitHub", email: "noreply@github.com" };
const CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>";
const CURSOR = "Co-authored-by: Cursor <cursoragent@cursor.com>";

/** Noon of a day, in seconds. */
export function noon(day: string): number {
  return Date.parse(`${day}T12:00:00Z`) / 1000;
}

/** A small shop's history: people, two agents, a bot and a merge, over five months of which one is empty. */
const SHOP: readonly Step[] = [
  {
    branch: "main",
    at: noon("2025-08-20"),
    message: "Start",
    files: {
      ".github/CODEOWNERS": "* @dora\n/infra/ @mona\n",
      "infra/main.tf": "one\n",
      "src/shop.ts": "1\n",
    },
  },
  { branch: "main", at: noon("2025-08-21"), author: BEN, message: "Sell", files: { "src/shop.ts": "2\n" } },
  {
    branch: "main",
    at: noon("2025-09-01"),
    author: DEPENDABOT,
    committer: GITHUB,
    files: { "package.json": "{}" },
  },
  {
    branch: "main",
    at: noon("2025-09-02"),
    author: KIRO,
    message: "Rebuild the environment",
    removed: ["infra/main.tf"],
  },
  {
    branch: "topic",
    from: "main",
    at: noon("2025-09-03"),
    author: BEN,
    message: `Sell more\n\n${CLAUDE}\n`,
    files: { "src/more.ts": "1" },
  },
  { branch: "main", at: noon("2025-09-30"), author: BEN, files: { "infra/main.tf": "two\n" } },
  {
    branch: "main",
    at: noon("2025-11-01"),
    author: ADA,
    committer: GITHUB,
    message: "Merge the topic",
    merged: ["topic"],
    files: { "src/more.ts": "1" },
  },
  {
    branch: "main",
    at: noon("2025-11-02"),
    author: BEN,
    message: `Migrate\n\n${CLAUDE}\n${CURSOR}\n`,
    files: { "db/migrations/1.sql": "1", "src/shop.ts": "3\n" },
  },
  { branch: "main", at: noon("2025-11-20"), message: "Tell agents what to do", files: { "AGENTS.md": "1" } },
  { branch: "old", from: "main", at: noon("2025-12-01"), author: KIRO, files: { "old.txt": "1" } },
];

export function shop(...more: readonly Step[]): TemporaryRepository {
  const repository = createRepository(...SHOP, ...more);
  repository.git("symbolic-ref", "HEAD", "refs/heads/main");
  repository.git("config", "remote.origin.url", "git@github.com:acme/shop.git");
  return repository;
}

/** A long history of every kind of commit, the same in every run. */
export function mixed(commits: number): TemporaryRepository {
  const authors = [ADA, BEN, BEN, KIRO, DEPENDABOT];
  const trailers = [
    "",
    "",
    "",
    `\n\n${CLAUDE}\n`,
    `\n\n${CURSOR}\n\n${CLAUDE}`,
    "\n\n> Co-authored-by: Claude <noreply@anthropic.com>",
  ];
  const paths = [
    "src/a.ts",
    "infra/a.tf",
    "db/migrations/1.sql",
    "Dockerfile",
    ".github/workflows/ci.yml",
    '"caf\\351.txt"',
    "docs/b.md",
  ];
  const next = numbers(20_261_123);
  const pick = <Value>(values: readonly Value[]): Value | undefined => values[next() % values.length];
  let forked = false;
  const steps = Array.from({ length: commits }, (_, index): Step => {
    const merges = forked && next() % 6 === 0;
    const branch = index > 0 && !merges && next() % 4 === 0 ? "topic" : "main";
    const step: Step = {
      branch,
      ...(branch === "topic" && !forked && { from: "main" }),
      at: noon("2025-01-15") + index * 86_400 * 4 + (next() % 86_400),
      author: pick(authors) ?? ADA,
      committer: pick([ADA, GITHUB]) ?? ADA,
      message: `Change ${index}${pick(trailers)}`,
      ...(merges && { merged: ["topic"] }),
      files: Object.fromEntries([pick(paths), pick(paths)].map((path) => [path ?? "", `${index}\n`])),
    };
    forked ||= branch === "topic";
    return step;
  });
  const repository = createRepository(...steps);
  repository.git("symbolic-ref", "HEAD", "refs/heads/main");
  return repository;
}

/** Park and Miller's: even enough, and the same everywhere. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
