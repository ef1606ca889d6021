import { styleText } from "node:util";
import { z } from "zod";
import { type Expected, STEPS, type Step } from "./script-steps.ts";
import { demoState, type PullSummary } from "./summary.ts";
import { until } from "./until.ts";

const KIROS_PULL = 1;
const STEP_MS = 15_000;
const STILL_BLOCKED = 'Required status check "countersign" is failing.';

/** Plays the story through the pages' own actions and prints one line per step. Returns true if every step passed. */
export async function playScript(address: string): Promise<boolean> {
  let failed = 0;
  for (const [at, step] of STEPS.entries()) {
    const differences = await play(address, step);
    const { check } = differences.pull;
    const mark = differences.all.length === 0 ? paint("green", "✓") : paint("red", "✗");
    const shown = `${paint(colourOf(check?.conclusion), check?.conclusion ?? "no check")} ${paint("dim", check?.title ?? "")}`;
    console.log(`${mark} ${String(at + 1).padStart(2)} ${step.description} → ${shown}`);
    for (const difference of differences.all) console.log(`     ${paint("red", difference)}`);
    failed += differences.all.length === 0 ? 0 : 1;
  }
  if (failed === 0) console.log(paint("green", `All ${STEPS.length} steps passed.`));
  else console.log(paint("red", `${failed} of ${STEPS.length} steps failed.`));
  return failed === 0;
}

interface Played {
  readonly pull: PullSummary;
  readonly all: readonly string[];
}

async function play(address: string, step: Step): Promise<Played> {
  const refused = step.act ? await act(address, step) : [];
  const pull = await whenSettled(address, step);
  const pressed = step.expected.merge === "blocked" ? await press(address) : [];
  return { pull, all: [...refused, ...differences(pull, step.expected), ...pressed] };
}

/** Performs the step's action. Returns a line if GitHub rejected it. */
async function act(address: string, { act: given, reviewOf }: Step): Promise<readonly string[]> {
  if (!given) return [];
  const form = new URLSearchParams({ act: given.name, as: given.as, body: given.body ?? "" });
  if (reviewOf !== undefined) {
    const { pull } = await readState(address);
    form.set("review", String(pull.reviews.findLast(({ by }) => by === reviewOf)?.id));
  }
  const { status, message } = await post(address, form);
  return status === 200 ? [] : [`GitHub answered ${status}: ${message}`];
}

/** Presses the merge button, which must not merge. */
async function press(address: string): Promise<readonly string[]> {
  const { status, message } = await post(address, new URLSearchParams({ act: "merge", as: "olga" }));
  if (status === 405 && message.includes(STILL_BLOCKED)) return [];
  return [`the merge button answered ${status} "${message.trim()}", not 405 "${STILL_BLOCKED}"`];
}

const answer = z.object({ status: z.int(), message: z.string() });

async function post(address: string, form: URLSearchParams): Promise<z.infer<typeof answer>> {
  form.set("pull", String(KIROS_PULL));
  const response = await fetch(`${address}/demo/act`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: form,
  });
  return answer.parse(await response.json());
}

async function whenSettled(address: string, { description }: Step): Promise<PullSummary> {
  let last: PullSummary | null = null;
  const settled = async () => {
    const now = await readState(address);
    last = now.pull;
    return now.settled;
  };
  await until(settled, { what: `GitHub and the app to finish after "${description}"`, withinMs: STEP_MS });
  if (last === null) throw new Error(`there was no answer after "${description}"`);
  return last;
}

async function readState(
  address: string,
): Promise<{ readonly settled: boolean; readonly pull: PullSummary }> {
  const response = await fetch(`${address}/demo/state`);
  const { settled, pulls } = demoState.parse(await response.json());
  const pull = pulls.find(({ number }) => number === KIROS_PULL);
  if (!pull) throw new Error(`there is no pull request ${KIROS_PULL}`);
  return { settled, pull };
}

function differences(pull: PullSummary, expected: Expected): readonly string[] {
  const { conclusion = null, title = "", summary = "", text = "" } = pull.check ?? {};
  const said = plain([title, summary, text].join("\n"));
  const merge = pull.state === "merged" ? "done" : pull.blocked === null ? "possible" : "blocked";
  const labels = pull.labels.toSorted().join(", ");
  return [
    ...unless(conclusion === expected.conclusion, `the check is ${conclusion}, not ${expected.conclusion}`),
    ...expected.says.flatMap((phrase) => unless(said.includes(phrase), `the check does not say "${phrase}"`)),
    ...(expected.saysNot ?? []).flatMap((phrase) =>
      unless(!said.includes(phrase), `the check says "${phrase}"`),
    ),
    ...unless(merge === expected.merge, `merging is ${merge}, not ${expected.merge}`),
    ...unless(
      labels === expected.labels.join(", "),
      `the labels are ${labels}, not ${expected.labels.join(", ")}`,
    ),
    ...(expected.asks ?? []).flatMap((who) =>
      unless(pull.reviewers.includes(who), `${who} is not asked for a review`),
    ),
  ];
}

function unless(holds: boolean, difference: string): readonly string[] {
  return holds ? [] : [difference];
}

/** The check's Markdown as a reader sees it. */
function plain(markdown: string): string {
  const unlinked = markdown.replace(/\[((`+)(?:.*?[^`])?\2(?!`)|[^\]`]*)\]\(https?:[^\s()]*\)/g, "$1");
  return unlinked.replace(/\\([!-/:-@[-`{-~])|&#8203;|[`*]/g, "$1");
}

function colourOf(conclusion: string | null | undefined): "green" | "yellow" | "red" {
  if (conclusion === "success") return "green";
  return conclusion === "action_required" ? "yellow" : "red";
}

function paint(style: "green" | "yellow" | "red" | "dim", text: string): string {
  return styleText(style, text, { stream: process.stdout, validateStream: true });
}
