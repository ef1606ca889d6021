import { type Gate, type GateOptions, openGate } from "../test/gate/gate.ts";
import type { RequestRecord } from "../test/github-double/server.ts";
import type { Account } from "../test/github-double/world/model.ts";
import { printTable } from "./table.ts";

/** The requests that one event led to, each as its route or the name of its document. */
interface Step {
  readonly event: string;
  readonly asked: readonly string[];
}

interface Life {
  readonly what: string;
  readonly aim: number;
  readonly files: number;
  readonly commits: number;
  /** Who opens it and pushes to it. */
  readonly author: (gate: Gate) => Account;
  readonly options?: GateOptions;
  /** What the app has judged in the repository before; nothing by default. */
  readonly before?: (gate: Gate) => Promise<void>;
}

const kiro = (gate: Gate) => gate.bots.kiro;
const kira = (gate: Gate) => gate.people.kira;

/** The repository is known. */
const judgedBefore = async (gate: Gate) => {
  gate.kirosChange({ "infra/production/main.tf": "# before\n" });
  await gate.settle();
};

const LIVES: readonly Life[] = [
  { what: "an AI's, in a repository new to the app", aim: 11, files: 40, commits: 6, author: kiro },
  {
    what: "an AI's, in a repository that was judged before",
    ...{ aim: 10, files: 40, commits: 6, author: kiro },
    before: judgedBefore,
  },
  {
    what: "people's alone, in a repository that was judged before",
    ...{ aim: 8, files: 40, commits: 6, author: kira },
    before: judgedBefore,
  },
  {
    what: "an AI's to many files that exist",
    ...{ aim: 90, files: 3_000, commits: 250, author: kiro },
    before: async (gate) => {
      const { world, repo, people } = gate;
      const changes = changesOf(
        Array.from({ length: 3_000 }, (_, index) => index),
        "before",
      );
      world.push(repo, "main", [{ author: people.olga, message: "Begin", changes }], people.olga);
      await gate.settle();
    },
  },
  {
    what: "an AI's, on an Enterprise Server without the newest fields, in a repository that was judged before",
    ...{ aim: 13, files: 40, commits: 6, author: kiro },
    options: { stacks: false },
    before: judgedBefore,
  },
];

/**
 * What a pull request over two areas with an owning team each costs of GitHub's budget, event by event, and what a
 * start of the app costs with one installation that has one repository.
 */
export async function benchRequests(): Promise<void> {
  for (const life of LIVES) {
    const steps = await measured(life);
    console.log(`Requests to GitHub: ${life.what} (${life.files} files, ${life.commits} commits, 2 teams)`);
    const rows = steps.map(({ event, asked }) => [event, String(asked.length), counted(asked)]);
    printTable(["event", "requests", "which"], [...rows, ["in all", `${sum(steps)} (aim: ${life.aim})`, ""]]);
  }
  const asked = await atStart();
  console.log(
    `Requests to GitHub at a start with one installation: ${asked.length} (aim: 4): ${counted(asked)}`,
  );
}

function sum(steps: readonly Step[]): number {
  return steps.reduce((total, { asked }) => total + asked.length, 0);
}

/** Each request once, with how often it was made. */
function counted(asked: readonly string[]): string {
  return [...Map.groupBy(asked, (each) => each)]
    .map(([each, { length }]) => (length === 1 ? each : `${length} × ${each}`))
    .join(", ");
}

async function measured(life: Life): Promise<readonly Step[]> {
  const gate = await openGate(life.options);
  try {
    await life.before?.(gate);
    return await live(gate, life);
  } finally {
    await gate.close();
  }
}

async function atStart(): Promise<readonly string[]> {
  const gate = await openGate();
  try {
    return gate.double.requests.filter(({ status }) => status !== 304).map(name);
  } finally {
    await gate.close();
  }
}

/** Opened, reviewed by an owner of each area, pushed to, and reviewed again. */
async function live(gate: Gate, life: Life): Promise<readonly Step[]> {
  const { olga, dana } = gate.people;
  const author = life.author(gate);
  const steps: Step[] = [];
  const step = async <T>(event: string, act: () => T): Promise<T> => {
    const before = gate.double.requests.length;
    const result = act();
    await gate.settle();
    const asked = gate.double.requests.slice(before).filter(({ counted }) => counted);
    steps.push({ event, asked: asked.map(name) });
    return result;
  };

  const pull = await step("opened", () => gate.openPull({ author, commits: commitsOf(author, life) }));
  await step("review", () => gate.world.review(pull, olga, "APPROVED"));
  await step("second review", () => gate.world.review(pull, dana, "APPROVED"));
  await step("push", () => gate.pushTo(pull, { author, changes: { [pathOf(0)]: "-- again\n" } }));
  await step("review again", () => gate.world.review(pull, olga, "APPROVED"));
  const check = await gate.check(pull);
  if (check?.conclusion !== "success") throw new Error(`the check ended as ${check?.conclusion}`);
  return steps;
}

function commitsOf(author: Account, { files, commits }: Life): Parameters<Gate["openPull"]>[0]["commits"] {
  const size = Math.ceil(files / commits);
  return Array.from({ length: commits }, (_, commit) => {
    const first = commit * size;
    const indexes = Array.from({ length: Math.min(size, files - first) }, (_, offset) => first + offset);
    return { author, message: "Fix the slow checkout", changes: changesOf(indexes, "after") };
  });
}

function changesOf(indexes: readonly number[], what: string): Readonly<Record<string, string>> {
  return Object.fromEntries(indexes.map((index) => [pathOf(index), `-- ${what} ${index}\n-- the same\n`]));
}

function pathOf(index: number): string {
  return index % 2 === 0 ? `infra/production/part-${index}.tf` : `db/migrations/${1000 + index}_step.sql`;
}

function name({ operation, document }: RequestRecord): string {
  return document?.replace("Countersign", "") ?? operation.replace("/repos/{owner}/{repo}", "");
}
