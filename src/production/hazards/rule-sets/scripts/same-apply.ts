import type { FileChange } from "../../reading/change.ts";

/** Ways to say to Terraform and Terragrunt that nobody is asked. One stack and all of them are not the same. */
const UNASKED =
  /(?:^|\s)(?:-{1,2}(?:terragrunt-)?non-interactive|-{1,2}auto-approve|-{1,2}(?:lock-timeout|parallelism|input)=\S+|-{1,2}no-color|run|--)(?=\s|$)/g;

/** What stands around a command, and ways to name the same input of a workflow. */
const AROUND = /^\s*(?:-\s+)?(?:run:\s*)?(?:if\s+(?:!\s*)?)?|\s*;\s*then\s*$/g;
const INPUT = /\$\{\{\s*(?:github\.event\.)?inputs\.([\w-]+)\s*\}\}/g;

const bare = (line: string) =>
  line
    .replaceAll(AROUND, "")
    .replaceAll(INPUT, (_, name: string) => `inputs.${name.toLowerCase()}`)
    .replaceAll(UNASKED, " ")
    .trim()
    .replaceAll(/\s+/g, " ");

const PROGRAM = /^(?:terraform|tofu|terragrunt)$/;
/** Flags of "apply" that take no word of their own. */
const ALONE = /^-{1,2}(?:auto-approve|no-color|json|compact-warnings|[\w-]+=\S+)$/;

/** The words after one of the commands of Terraform, where nothing but that is on the line. */
function wordsAfter(command: string, line: string): readonly string[] {
  const words = line
    .replace(/^\s*(?:-\s+)?(?:run:\s)?/, "")
    .trim()
    .split(/\s+/);
  const start = words.indexOf(command);
  const isOther = words.some((word) => /[#;&|]/.test(word));
  return start < 1 || isOther || !PROGRAM.test(words[0] ?? "") ? [] : words.slice(start + 1);
}

const unquoted = (word: string) => word.replaceAll(/^["']|["']$/g, "");

/** The files that plans are saved in. */
function plansIn(text: string): ReadonlySet<string> {
  const lines = text.split("\n").filter((line) => line.includes("-out"));
  const plans = lines.flatMap((line) => {
    const words = wordsAfter("plan", line);
    return words.map((word, index) =>
      /^-{1,2}out$/.test(word) ? (words[index + 1] ?? "") : (/^-{1,2}out=(.+)$/.exec(word)?.[1] ?? ""),
    );
  });
  return new Set(plans.map(unquoted).filter((plan) => plan !== ""));
}

/** Whether a plan is applied that the same file saved: Terraform asks nobody then, with or without the flag. */
export function isSavedPlan({ input }: RegExpExecArray, { after }: FileChange): boolean {
  const words = wordsAfter("apply", input);
  const plan = words.at(-1);
  if (plan === undefined || plan.startsWith("-") || typeof after !== "string") return false;
  return words.slice(0, -1).every((word) => ALONE.test(word)) && plansIn(after).has(unquoted(plan));
}

type Counts = ReadonlyMap<string, number>;

const known = new WeakMap<FileChange, { readonly before: Counts; readonly after: Counts }>();

/** How often each command came and went, however it says that nobody is asked. */
function countsOf(file: FileChange): { readonly before: Counts; readonly after: Counts } {
  const counts = known.get(file) ?? { before: count(file, "before"), after: count(file, "after") };
  known.set(file, counts);
  return counts;
}

function count({ lines }: FileChange, side: "before" | "after"): Counts {
  const unasked = lines[side].flatMap(({ text }) => (/auto-approve/.test(text) ? [bare(text)] : []));
  const counts = new Map<string, number>();
  for (const command of unasked) counts.set(command, (counts.get(command) ?? 0) + 1);
  return counts;
}

/** Whether as many lines went that did the same without asking, said otherwise. */
export function isSaidOtherwise({ input }: RegExpExecArray, file: FileChange): boolean {
  const command = bare(input);
  const { before, after } = countsOf(file);
  const came = after.get(command) ?? 0;
  return came > 0 && (before.get(command) ?? 0) >= came;
}
