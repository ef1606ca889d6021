/** CPU times in milliseconds, by what was done, in a process of its own: no other measure's garbage is in it. Prints one JSON document. */
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { evaluate, judge } from "../../src/signoff/evaluate.ts";
import { explain } from "../../src/signoff/report/explain.ts";
import { raiseHazards } from "../../src/signoff/requirements/hazards.ts";
import { JUDGED } from "../../test/signoff/build.ts";
import { largeSnapshot } from "./large-snapshot.ts";

const runs = Number(process.argv[2]);
const snapshot = largeSnapshot();
const text = JSON.stringify(snapshot);
const { policy, problems } = resolvePolicy(snapshot.policySources);
if (policy === null) throw new Error(problems.map(({ message }) => message).join(" "));
const explained = { ...JUDGED, headSha: snapshot.pullRequest.head.sha };
const times = {
  parse: measure(() => JSON.parse(text)),
  evaluate: measure(() => evaluate(snapshot, policy)),
  hazards: measure(() => raiseHazards(snapshot, policy.hazards, true)),
  judge: measure(() => judge(snapshot)),
  explain: measure(() => explain(judge(snapshot), explained)),
};
console.log(JSON.stringify({ size: text.length, times }));

function measure(work: () => unknown): readonly number[] {
  return Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
}
