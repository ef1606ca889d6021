import { styleText } from "node:util";
import { z } from "zod";
import { type Deed, type Expected, STEPS, type Step } from "./script-steps.ts";
import { type DemoState, demoState, type IssueSummary, type PullSummary } from "./summary.ts";
import { until } from "./until.ts";

const STEP_MS = 15_000;
/** The least of a commit's id that a command takes. */
const SHORT_SHA = 12;
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
  const refused = step.act ? await act(address, step, step.act) : [];
  const state = await whenSettled(address, step);
  const pull = pullOf(state, step);
  const pressed = step.expected.merge === "blocked" ? await press(address, step) : [];
  const issue = state.issues.at(-1);
  return {
    pull,
    all: [
      ...refused,
      ...differences(pull, step.expected),
      ...issueDifferences(issue, step.expected),
      ...pressed,
    ],
  };
}

/** Performs the step's action. Returns a line if GitHub rejected it. */
async function act(address: string, step: Step, deed: Deed): Promise<readonly string[]> {
  const state = await readState(address);
  const pull = pullOf(state, step);
  const body = (deed.body ?? "")
    .replace("{head}", pull.headSha.slice(0, SHORT_SHA))
    .replace("{merge}", (pull.mergeSha ?? "").slice(0, SHORT_SHA));
  const review = pull.reviews.findLast(({ by }) => by === step.reviewOf)?.id;
  const { status, message } =
    deed.name === "accept"
      ? await post(address, "comment", { issue: state.issues.at(-1)?.number, as: deed.as, body })
      : await post(address, "act", { pull: pull.number, act: deed.name, as: deed.as, body, review });
  return status === 200 ? [] : [`GitHub answered ${status}: ${message}`];
}

/** Presses the merge button, which must not merge. */
async function press(address: string, { pull }: Step): Promise<readonly string[]> {
  const { status, message } = await post(address, "act", { pull, act: "merge", as: "olga" });
  if (status === 405 && message.includes(STILL_BLOCKED)) return [];
  return [`the merge button answered ${status} "${message.trim()}", not 405 "${STILL_BLOCKED}"`];
}

const answer = z.object({ status: z.int(), message: z.string() });

/** Sends a form of the pages; what is undefined stays out of it. */
async function post(
  address: string,
  form: "act" | "comment",
  fields: Readonly<Record<string, string | number | undefined>>,
): Promise<z.infer<typeof answer>> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) body.set(name, String(value));
  const response = await fetch(`${address}/demo/${form}`, {
    method: "POST",
    headers: { accept: "application/json" },
    body,
  });
  return answer.parse(await response.json());
}

async function whenSettled(address: string, { description }: Step): Promise<DemoState> {
  let last: DemoState | null = null;
  const settled = async () => {
    const now = await readState(address);
    last = now;
    return now.settled;
  };
  await until(settled, { what: `GitHub and the app to finish after "${description}"`, withinMs: STEP_MS });
  if (last === null) throw new Error(`there was no answer after "${description}"`);
  return last;
}

async function readState(address: string): Promise<DemoState> {
  const response = await fetch(`${address}/demo/state`);
  return demoState.parse(await response.json());
}

function pullOf({ pulls }: DemoState, step: Step): PullSummary {
  const pull = pulls.find(({ number }) => number === step.pull);
  if (!pull) throw new Error(`there is no pull request ${step.pull}`);
  return pull;
}

function differences(pull: PullSummary, expected: Expected): readonly string[] {
  const { comment } = expected;
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
    ...unless(
      comment === undefined || (pull.comments.at(-1)?.body ?? "").includes(comment),
      `no newest comment says "${comment}"`,
    ),
  ];
}

function issueDifferences(issue: IssueSummary | undefined, { issue: expected }: Expected): readonly string[] {
  if (!expected) return [];
  if (!issue) return ["there is no issue"];
  const said = plain([issue.body, ...issue.comments.map(({ body }) => body)].join("\n"));
  return [
    ...unless(issue.state === expected.state, `the issue is ${issue.state}, not ${expected.state}`),
    ...unless(said.includes(expected.says), `the issue does not say "${expected.says}"`),
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
