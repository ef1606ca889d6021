import { type Gate, openGate } from "../test/gate/gate.ts";
import { printTable } from "./table.ts";

const FILES = 40;
const COMMITS = 6;
const AIM = 12;

/** The requests that one event led to, each as its route. */
interface Step {
  readonly event: string;
  readonly asked: readonly string[];
}

/**
 * What a pull request over two areas with an owning team each costs of GitHub's budget, event by event: in a
 * repository that the app has judged before, and in one that it sees for the first time.
 */
export async function benchRequests(): Promise<void> {
  const warm = await measured(async (gate) => {
    gate.kirosChange({ "infra/production/main.tf": "# before\n" });
    await gate.settle();
  });
  const cold = await measured(async () => {});
  console.log(
    `GitHub requests for ${FILES} files, ${COMMITS} commits, 2 areas, 2 teams (aim: ${AIM} after a warm start)`,
  );
  const rows = warm.map(({ event, asked }, index) => [
    event,
    String(asked.length),
    String(cold[index]?.asked.length ?? ""),
    asked.join(", "),
  ]);
  printTable(["event", "warm", "cold", "which, warm"], [...rows, ["in all", sum(warm), sum(cold), ""]]);
}

function sum(steps: readonly Step[]): string {
  return String(steps.reduce((total, { asked }) => total + asked.length, 0));
}

async function measured(before: (gate: Gate) => Promise<void>): Promise<readonly Step[]> {
  const gate = await openGate();
  try {
    await before(gate);
    return await life(gate);
  } finally {
    await gate.close();
  }
}

/** Opened, reviewed by an owner of each area, pushed to, and reviewed again. */
async function life(gate: Gate): Promise<readonly Step[]> {
  const { olga, dana } = gate.people;
  const steps: Step[] = [];
  const step = async <T>(event: string, act: () => T): Promise<T> => {
    const before = gate.double.requests.length;
    const result = act();
    await gate.settle();
    const asked = gate.double.requests.slice(before).filter(({ counted }) => counted);
    steps.push({ event, asked: asked.map(({ operation }) => short(operation)) });
    return result;
  };

  const pull = await step("opened", () =>
    gate.openPull({ author: gate.bots.kiro, commits: commitsOf(gate) }),
  );
  await step("review", () => gate.world.review(pull, olga, "APPROVED"));
  await step("second review", () => gate.world.review(pull, dana, "APPROVED"));
  await step("push", () =>
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { [pathOf(0)]: "-- again\n" } }),
  );
  await step("review again", () => gate.world.review(pull, olga, "APPROVED"));
  const check = await gate.check(pull);
  if (check?.conclusion !== "success") throw new Error(`the check ended as ${check?.conclusion}`);
  return steps;
}

function commitsOf(gate: Gate): Parameters<Gate["openPull"]>[0]["commits"] {
  const size = Math.ceil(FILES / COMMITS);
  return Array.from({ length: COMMITS }, (_, commit) => {
    const first = commit * size;
    const indexes = Array.from({ length: Math.min(size, FILES - first) }, (_, offset) => first + offset);
    return gate.kirosCommit(Object.fromEntries(indexes.map((index) => [pathOf(index), `-- ${index}\n`])));
  });
}

function pathOf(index: number): string {
  return index % 2 === 0 ? `infra/production/part-${index}.tf` : `db/migrations/${1000 + index}_step.sql`;
}

function short(operation: string): string {
  return operation.replace("/repos/{owner}/{repo}", "");
}
