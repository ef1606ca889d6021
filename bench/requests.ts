import { openGate } from "../test/gate/gate.ts";
import { printTable } from "./table.ts";

const FILES = 40;
const COMMITS = 6;

/** What a pull request over two areas costs of GitHub's budget, event by event. */
export async function benchRequests(): Promise<void> {
  const gate = await openGate();
  const { olga, dana } = gate.people;
  const path = (index: number) =>
    index % 2 === 0 ? `infra/production/part-${index}.tf` : `db/migrations/${1000 + index}_step.sql`;
  const commitOf = (from: number, to: number) =>
    gate.kirosCommit(
      Object.fromEntries(
        Array.from({ length: to - from }, (_, offset) => [path(from + offset), `-- ${from + offset}\n`]),
      ),
    );
  const size = Math.ceil(FILES / COMMITS);
  const commits = Array.from({ length: COMMITS }, (_, index) =>
    commitOf(index * size, Math.min((index + 1) * size, FILES)),
  );
  const rows: (readonly string[])[] = [];
  let total = 0;
  const step = async (name: string, act: () => void) => {
    const before = gate.double.requests.length;
    act();
    await gate.settle();
    const asked = gate.double.requests.slice(before).filter(({ counted }) => counted);
    total += asked.length;
    rows.push([name, String(asked.length), asked.map(({ operation }) => short(operation)).join(", ")]);
  };

  let pull: ReturnType<typeof gate.openPull> | undefined;
  const opened = () => {
    if (!pull) throw new Error("the pull request is not open");
    return pull;
  };
  await step("opened", () => {
    pull = gate.openPull({ author: gate.bots.kiro, commits });
  });
  await step("review", () => gate.world.review(opened(), olga, "APPROVED"));
  await step("second review", () => gate.world.review(opened(), dana, "APPROVED"));
  await step("push", () =>
    gate.pushTo(opened(), { author: gate.bots.kiro, changes: { [path(0)]: "-- again\n" } }),
  );
  await step("review again", () => gate.world.review(opened(), olga, "APPROVED"));
  const check = await gate.check(opened());
  await gate.close();
  if (check?.conclusion !== "success") throw new Error(`the check ended as ${check?.conclusion}`);

  console.log(`GitHub requests for ${FILES} files, ${COMMITS} commits, 2 areas, 2 teams (aim: 20 in all)`);
  printTable(["event", "requests", "which"], [...rows, ["in all", String(total), ""]]);
}

function short(operation: string): string {
  return operation.replace("/repos/{owner}/{repo}", "");
}
