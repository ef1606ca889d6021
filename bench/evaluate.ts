import { resolvePolicy } from "../src/policy/resolve.ts";
import { evaluate, judge } from "../src/signoff/evaluate.ts";
import { explain } from "../src/signoff/explain.ts";
import { raiseHazards } from "../src/signoff/hazards.ts";
import { AREAS, COMMITS, FILES, largeSnapshot } from "./large-snapshot.ts";
import { printTable } from "./table.ts";

/** CPU time of judging a very large pull request, beside that of reading its snapshot from text. */
export function benchEvaluate(runs: number): void {
  const text = JSON.stringify(largeSnapshot());
  const snapshot = largeSnapshot();
  const { policy, problems } = resolvePolicy(snapshot.policySources);
  if (policy === null) throw new Error(problems.map(({ message }) => message).join(" "));
  const measured = {
    "JSON.parse of the snapshot": times(runs, () => JSON.parse(text)),
    evaluate: times(runs, () => evaluate(snapshot, policy)),
    "of it, to find the hazards": times(runs, () => raiseHazards(snapshot, policy.hazards, true)),
    "judge (with the policy read from YAML)": times(runs, () => judge(snapshot)),
    "judge and explain": times(runs, () =>
      explain(judge(snapshot), {
        repository: "acme/shop",
        pulls: [1],
        headSha: snapshot.pullRequest.head.sha,
      }),
    ),
  };
  console.log(
    `CPU time of judging ${FILES} files, ${COMMITS} commits, ${AREAS} areas, a snapshot of ${Math.round(text.length / 1024)} KiB (${runs} runs; aim: 50 ms for evaluate without the hazards)`,
  );
  printTable(
    ["what", "first", "best", "median", "worst after the first"],
    Object.entries(measured).map(([what, [first = 0, ...rest]]) => {
      const sorted = rest.toSorted((one, other) => one - other);
      return [what, ms(first), ms(sorted[0]), ms(sorted[Math.floor(sorted.length / 2)]), ms(sorted.at(-1))];
    }),
  );
}

function times(runs: number, work: () => unknown): readonly number[] {
  return Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
}

function ms(time: number | undefined): string {
  return `${(time ?? 0).toFixed(1)} ms`;
}
