import { createPolicyDetector } from "../../../src/policy/detector.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { resolvePolicy } from "../../../src/policy/resolve.ts";
import { touchedAreas } from "../../../src/production/touched.ts";
import type { TemporaryRepository } from "../temporary-repository.ts";

interface Numbers {
  commits: number;
  production: number;
  asked: number;
}

interface Told {
  readonly month: string;
  readonly by: string;
  readonly areas: readonly string[];
  readonly asked: boolean;
}

/** What a scan should count, worked out slowly: git is asked about each commit alone, and no stream is read. */
export function recounter(repository: TemporaryRepository) {
  const policy = policyOf(repository);
  const known = new Map<string, Told>();
  const tell = (sha: string): Told => {
    const told = known.get(sha) ?? tellOf(repository, sha, policy);
    known.set(sha, told);
    return told;
  };
  return (...revisions: readonly string[]) => {
    const shas = repository.git("rev-list", ...revisions).split("\n");
    const all = shas.filter((sha) => sha !== "").map(tell);
    const cells: Record<string, Numbers> = {};
    const areas: Record<string, number> = {};
    for (const told of all) {
      const cell = cells[`${told.month} ${told.by}`] ?? { commits: 0, production: 0, asked: 0 };
      cells[`${told.month} ${told.by}`] = cell;
      cell.commits += 1;
      if (told.areas.length > 0) cell.production += 1;
      if (told.asked) cell.asked += 1;
      for (const area of told.areas) areas[area] = (areas[area] ?? 0) + 1;
    }
    return { commits: all.length, cells, areas };
  };
}

/** The same numbers as `scan --json` tells them. */
export function counted(json: string) {
  const { commits, months, areas } = JSON.parse(json);
  const cells: Record<string, Numbers> = {};
  for (const { month, tools, automation, other } of months) {
    for (const [tool, tally] of Object.entries<Numbers>(tools)) cells[`${month} ai ${tool}`] = tally;
    if (automation.commits > 0) cells[`${month} automation`] = automation;
    if (other.commits > 0) cells[`${month} other`] = other;
  }
  const sums = areas.map(({ area, ai, automation, other }: Record<string, number>) => {
    return [area, (ai ?? 0) + (automation ?? 0) + (other ?? 0)] as const;
  });
  return { commits: commits.all.commits, cells, areas: Object.fromEntries(sums) };
}

const FIELDS = "%an%x00%ae%x00%cn%x00%ce%x00%aI%x00%cI%x00%P%x00%B";

function tellOf(repository: TemporaryRepository, sha: string, { detect, areas: rules }: Policy): Told {
  const fields = repository.git("show", "-s", `--format=${FIELDS}`, sha).split("\0");
  const [name = "", email = "", committer = "", committerEmail = "", authoredAt = "", committedAt = ""] =
    fields;
  const [parents = "", message = ""] = fields.slice(6);
  const { writer, tools } = createPolicyDetector(detect).commit({
    sha,
    message,
    author: { name, email, account: null },
    committer: { name: committer, email: committerEmail, account: null },
    coAuthors: [],
    authoredAt,
    committedAt,
  });
  const paths = parents.includes(" ") ? [] : pathsOf(repository, sha);
  const areas = touchedAreas(
    rules,
    paths.map((path) => ({ path })),
  ).map((area) => area.name);
  return {
    month: new Date(committedAt).toISOString().slice(0, 7),
    by: writer === "ai" ? `ai ${tools[0]}` : writer === "automation" ? "automation" : "other",
    areas,
    asked: rules.some(
      (rule) => areas.includes(rule.name) && (writer === "ai" || rule.appliesTo === "everyone"),
    ),
  };
}

function pathsOf(repository: TemporaryRepository, sha: string): readonly string[] {
  return repository
    .git("diff-tree", "--root", "--no-commit-id", "-r", "--no-renames", "--name-only", "-z", sha)
    .split("\0")
    .filter((path) => path !== "");
}

function policyOf(repository: TemporaryRepository): Policy {
  const path = ".github/countersign.yml";
  const exists = repository.git("ls-tree", "--name-only", "HEAD", path) !== "";
  const { policy } = resolvePolicy({
    organization: { status: "absent" },
    repository: exists
      ? { status: "found", path, text: repository.git("show", `HEAD:${path}`) }
      : { status: "absent" },
  });
  if (policy === null) throw new Error("the policy is invalid");
  return policy;
}
