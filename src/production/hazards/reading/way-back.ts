import { type Range, rangesOfBlocks } from "./blocks.ts";
import { argumentsIn } from "./call-arguments.ts";

/** What begins the way back in a migration of code, with the name of the routine where it has one. */
const DOWN =
  /\bdef (?:self\.)?(down|downgrade|reverse\w*|backwards?)\b|\bexports\.(down)\b|\b(?:async\s+)?(down)\s*(?:\([^()\n]*\)\s*(?::[^{;\n]{1,80})?\{|\([^()\n]*$|[:=]\s*(?:async|function|\())|\bfunction\s+(down)\b|\bvoid (Down)\(|\bdir\.down\b|\bRollback:\s*func\b/gm;
/** Of Goose, the second function of a migration. */
const GOOSE = /\bgoose\.Add(?:Named)?Migration\w*\(\s*(?:\w+,\s*)?(\w+),\s*(\w+)\s*\)/g;

/** Calls of which some arguments are only run on the way back, or change nothing in the database. */
const CALLS = /\b(?:RunSQL|RunPython|SeparateDatabaseAndState)\s*\(/g;
const BACK_ARGUMENT = /^\s*(?:reverse_sql|reverse_code|state_operations|hints)\s*=/;
/** By its place, only the second one is. */
const FORWARD_ARGUMENT = /^\s*(?:sql|code|database_operations|elidable|atomic)\s*=/;

/** More than people write; then none counts. */
const MOST = 200;

/** The parts of a program that take a migration back. Where that is not certain, they are none. */
export function wayBackIn(code: string): readonly Range[] {
  const goose = [...code.matchAll(GOOSE)].flatMap(([, up, down]) => (up === down ? [] : [down ?? ""]));
  if (goose.length > MOST) return [];
  const functions = goose.flatMap((name) => [...code.matchAll(new RegExp(`\\bfunc (${name})\\(`, "g"))]);
  const starts = [...code.matchAll(DOWN), ...functions].map((found) => ({
    index: found.index,
    name: found.slice(1).find((each) => each !== undefined),
  }));
  const forward = new Set(
    [...new Set(starts.map(({ name }) => name))].filter((name) => isAlsoForward(name, code)),
  );
  const back = starts.filter(({ name }) => !forward.has(name));
  if (back.length > MOST) return [];
  return [
    ...rangesOfBlocks(
      code,
      back.map(({ index }) => index),
    ),
    ...backArguments(code),
  ];
}

/** Whether something else calls the routine for the way back, or hands it on as one for the way there. */
function isAlsoForward(name: string | undefined, code: string): boolean {
  if (name === undefined) return false;
  return new RegExp(
    `(?:\\b(?:await|return|this|self|super\\(\\)|exports|\\$this)\\s*(?:\\.|->)?\\s*|^[ \\t]+|[;={][ \\t]*)(?:\\w+\\.)?${name}\\s*\\((?![^()\\n]*\\)[^{\\n]{0,80}\\{)|^\\s+${name}\\s*$|\\bRunPython\\(\\s*(?:code\\s*=\\s*)?${name}\\b|\\bMigrations?\\w*\\(\\s*${name}\\b`,
    "m",
  ).test(code);
}

function backArguments(code: string): readonly Range[] {
  const calls = [...code.matchAll(CALLS)];
  if (calls.length > MOST) return [];
  return calls.flatMap(({ index, 0: call }) =>
    argumentsIn(code, index + call.length).filter(({ start, end }, at) => {
      const text = code.slice(start, end);
      return (
        BACK_ARGUMENT.test(text) || (at === 1 && !call.startsWith("Sep") && !FORWARD_ARGUMENT.test(text))
      );
    }),
  );
}
