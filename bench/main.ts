import { parseArgs } from "node:util";
import { benchAsks } from "./asks/asks.ts";
import { benchCheck } from "./check.ts";
import { benchDoubts } from "./doubts/doubts.ts";
import { benchEvaluate } from "./evaluate/evaluate.ts";
import { benchHazards } from "./hazards/hazards.ts";
import { printHazardsOf } from "./hazards/histories.ts";
import { printPrecision } from "./hazards/precision.ts";
import { benchLedger } from "./ledger/ledger.ts";
import { benchMachine } from "./machine.ts";
import { benchOwnership } from "./ownership/ownership.ts";
import { benchPages } from "./pages.ts";
import { benchClassify } from "./provenance/classify.ts";
import { printProvenanceOf } from "./provenance/histories.ts";
import { PEERS } from "./recall/peers.ts";
import { benchRecall } from "./recall/recall.ts";
import { benchRequests } from "./requests.ts";
import { benchScan } from "./scan.ts";
import { benchSoak } from "./soak/soak.ts";
import { benchStranger } from "./stranger.ts";

const USAGE = `Usage: npm run bench [-- OPTIONS]

Measures what Countersign costs, each figure beside a named peer or bound of the same run.

  --hazards-of REPOSITORY
            only the hazards of a repository's whole history, and a sample of them to judge
  --owner   the account that repository belongs to
  --precision FOLDER
            only 300 findings that block, to be judged, of the clones in a folder, each named OWNER+NAME
  --newest  of how many commits of each, from the newest on; 250 unless it is said
  --seed    a number that fixes which findings are drawn
  --by-ai   only of commits that an AI wrote
  --judged FILE
            how many of them are right, by a file with a line for each: COMMIT RULE right, or COMMIT RULE wrong: WHY
  --provenance-of REPOSITORY
            only who wrote a repository's whole history, and 200 of the findings to judge; give it once for each
  --save    writes what --provenance-of counts, or --judged, into measured.json beside it, for the docs
  --recall FOLDER
            only how many fixtures of scanners raise a hazard; the folder holds their checkouts
            (${Object.keys(PEERS).join(", ")});
            --misses lists what raises none
  --asks FOLDER
            only the share of AI changes that ask for a countersignature; the folder holds clones, OWNER+NAME each
            (bench/asks/repositories.ts lists them); --reasons prints each that asks, and why;
            --save writes the counts into bench/asks/measured.json, for the page on the config
  --requests
            only what events and a start cost of GitHub's budget
  --machine only the burst of deliveries and the evaluations through the whole app
  --stranger
            only what an account without rights costs that does what it likes
  --pages   only how soon webhooks are answered while pages are asked for without a pause
  --soak DELIVERIES
            only what grows in an app that takes so many of them while ten months pass by its clock; at least 2000,
            and not part of the rest because it takes minutes for every 10,000
  --doubts  only how soon a pass is withdrawn that is in doubt
  --ledger  only appending to a ledger of 1,000,000 entries, listing it and checking its chain; --entries for others
  --smoke   a short run that only shows that everything runs
  --help    this text`;

const { values } = parseArgs({
  options: {
    "hazards-of": { type: "string" },
    owner: { type: "string" },
    precision: { type: "string" },
    seed: { type: "string", default: "1" },
    newest: { type: "string", default: "250" },
    "by-ai": { type: "boolean" },
    judged: { type: "string" },
    "provenance-of": { type: "string", multiple: true },
    save: { type: "boolean" },
    recall: { type: "string" },
    asks: { type: "string" },
    reasons: { type: "boolean" },
    misses: { type: "boolean" },
    requests: { type: "boolean" },
    machine: { type: "boolean" },
    stranger: { type: "boolean" },
    pages: { type: "boolean" },
    soak: { type: "string" },
    doubts: { type: "boolean" },
    ledger: { type: "boolean" },
    entries: { type: "string", default: "1000000" },
    smoke: { type: "boolean" },
    help: { type: "boolean" },
  },
});

if (values.help) console.log(USAGE);
else if (values["hazards-of"] !== undefined) {
  const { owner } = values;
  printHazardsOf(values["hazards-of"], { size: 25, ...(owner !== undefined && { owner }) });
} else if (values.precision !== undefined) {
  const drawing = {
    folder: values.precision,
    seed: Number(values.seed),
    size: 300,
    newest: Number(values.newest),
    byAi: values["by-ai"] === true,
  };
  const { judged: file, save = false } = values;
  await printPrecision(drawing, file === undefined ? undefined : { file, save });
} else if (values["provenance-of"] !== undefined) {
  await printProvenanceOf(values["provenance-of"], { size: 200, save: values.save ?? false });
} else if (values.recall !== undefined) benchRecall(values.recall, { misses: values.misses === true });
else if (values.asks !== undefined) {
  const { save = false, reasons = false } = values;
  await benchAsks(values.asks, { most: values.smoke ? 10 : 50, save, reasons });
} else if (values.requests) await benchRequests();
else if (values.machine) await machine();
else if (values.stranger) await stranger();
else if (values.pages) await pages();
else if (values.soak !== undefined) await benchSoak({ deliveries: Number(values.soak), pulls: 20 });
else if (values.doubts) await doubts();
else if (values.ledger) await ledger(Number(values.entries));
else {
  await benchRequests();
  await machine();
  await stranger();
  await pages();
  await doubts();
  await ledger(100_000);
  benchEvaluate(values.smoke ? 3 : 100);
  benchOwnership(
    values.smoke
      ? { runs: 1, rules: 200, sample: 100, real: false }
      : { runs: 5, rules: 8_700, sample: 1_300, real: true },
  );
  benchClassify(values.smoke ? 2_000 : 100_000);
  benchCheck(values.smoke ? { commits: 200, runs: 1 } : { commits: 10_000, runs: 3 });
  await benchScan(values.smoke ? { commits: 2_000, runs: 1 } : { commits: 100_000, runs: 5 });
  benchHazards(values.smoke ? { files: 60, lines: 2_000 } : { files: 3_000, lines: 100_000 });
}

function stranger(): Promise<void> {
  const each = values.smoke
    ? { files: 5, reviews: 3, comments: 3 }
    : { files: 300, reviews: 50, comments: 50 };
  return benchStranger({
    ...(values.smoke ? { honest: 3, strangers: 1 } : { honest: 50, strangers: 10 }),
    ...each,
  });
}

function pages(): Promise<void> {
  return benchPages(values.smoke ? { deliveries: 20, askers: 4 } : { deliveries: 2_000, askers: 64 });
}

function machine(): Promise<void> {
  return benchMachine(values.smoke ? { deliveries: 50, pulls: 5 } : { deliveries: 2_000, pulls: 200 });
}

function ledger(entries: number): Promise<void> {
  return benchLedger(values.smoke ? { entries: 3_000, appends: 100 } : { entries, appends: 2_000 });
}

function doubts(): Promise<void> {
  return benchDoubts(
    values.smoke ? { waiting: 20, doubts: 1, passes: 50 } : { waiting: 2_000, doubts: 5, passes: 500 },
  );
}
