import { parseArgs } from "node:util";
import { benchCheck } from "./check.ts";
import { benchDoubts } from "./doubts/doubts.ts";
import { benchEvaluate } from "./evaluate/evaluate.ts";
import { benchHazards } from "./hazards/hazards.ts";
import { printHazardsOf } from "./hazards/histories.ts";
import { benchMachine } from "./machine.ts";
import { benchOwnership } from "./ownership/ownership.ts";
import { benchClassify } from "./provenance/classify.ts";
import { printProvenanceOf } from "./provenance/histories.ts";
import { benchRequests } from "./requests.ts";
import { benchScan } from "./scan.ts";

const USAGE = `Usage: npm run bench [-- OPTIONS]

Measures what Countersign costs, each figure beside a named peer or bound of the same run.

  --hazards-of REPOSITORY
            only the hazards of a repository's whole history, and a sample of them to judge
  --owner   the account that repository belongs to
  --provenance-of REPOSITORY
            only who wrote a repository's whole history, and 200 of the findings to judge; give it once for each
  --save    writes those counts into bench/provenance/measured.json, for the page on provenance
  --machine only the burst of deliveries and the evaluations through the whole app
  --doubts  only how soon a pass is withdrawn that is in doubt
  --smoke   a short run that only shows that everything runs
  --help    this text`;

const { values } = parseArgs({
  options: {
    "hazards-of": { type: "string" },
    owner: { type: "string" },
    "provenance-of": { type: "string", multiple: true },
    save: { type: "boolean" },
    machine: { type: "boolean" },
    doubts: { type: "boolean" },
    smoke: { type: "boolean" },
    help: { type: "boolean" },
  },
});

if (values.help) console.log(USAGE);
else if (values["hazards-of"] !== undefined) {
  const { owner } = values;
  printHazardsOf(values["hazards-of"], { size: 25, ...(owner !== undefined && { owner }) });
} else if (values["provenance-of"] !== undefined) {
  await printProvenanceOf(values["provenance-of"], { size: 200, save: values.save ?? false });
} else if (values.machine) await machine();
else if (values.doubts) await doubts();
else {
  await benchRequests();
  await machine();
  await doubts();
  benchEvaluate(values.smoke ? 3 : 100);
  benchOwnership(
    values.smoke
      ? { runs: 1, rules: 200, sample: 100, real: false }
      : { runs: 5, rules: 8_700, sample: 1_300, real: true },
  );
  benchClassify(values.smoke ? 2_000 : 100_000);
  benchCheck(values.smoke ? 500 : 10_000);
  await benchScan(values.smoke ? { commits: 2_000, runs: 1 } : { commits: 100_000, runs: 5 });
  benchHazards(values.smoke ? { files: 60, lines: 2_000 } : { files: 3_000, lines: 100_000 });
}

function machine(): Promise<void> {
  return benchMachine(values.smoke ? { deliveries: 50, pulls: 5 } : { deliveries: 2_000, pulls: 200 });
}

function doubts(): Promise<void> {
  return benchDoubts(
    values.smoke ? { waiting: 20, doubts: 1, passes: 50 } : { waiting: 2_000, doubts: 5, passes: 500 },
  );
}
