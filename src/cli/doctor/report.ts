import type { Finding } from "../../doctor/finding.ts";
import type { LoneSigner } from "../../doctor/lone-signer.ts";
import { RULESET_NAME } from "../../doctor/own-ruleset.ts";
import type { Code } from "../../doctor/rules/rules.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { count, mention } from "../../signoff/wording/words.ts";
import { BLANK, type Line, line, type Span } from "../report/lines.ts";
import { type DiffLine, diffLines } from "./diff.ts";
import type { Fix } from "./fix.ts";

const MARKS: Readonly<Record<Finding["holds"], Span>> = {
  yes: { text: "yes    ", style: "green" },
  no: { text: "no     ", style: ["bold", "red"] },
  unknown: { text: "unknown", style: ["bold", "yellow"] },
};

/** The findings for people: what stands in the way first, what holds in one line each. */
export function reportOf(
  repository: string,
  findings: readonly Finding[],
  allowed: readonly Code[],
): readonly Line[] {
  const having = (holds: Finding["holds"]) => findings.filter((finding) => finding.holds === holds);
  const [wrong, open, fine] = [having("no"), having("unknown"), having("yes")];
  const accepted = open.filter(({ code }) => allowed.includes(code)).length;
  return [
    headline(repository, { wrong: wrong.length, open: open.length - accepted, accepted, fine: fine.length }),
    ...[...wrong, ...open].flatMap((finding) => [BLANK, ...findingLines(finding)]),
    ...(fine.length === 0 ? [] : [BLANK]),
    ...fine.flatMap(findingLines),
  ];
}

interface Counts {
  readonly wrong: number;
  readonly open: number;
  readonly accepted: number;
  readonly fine: number;
}

function headline(repository: string, { wrong, open, accepted, fine }: Counts): Line {
  const [text, style]: [string, "red" | "yellow" | "green"] =
    wrong > 0 ? ["DOES NOT HOLD", "red"] : open > 0 ? ["UNKNOWN", "yellow"] : ["HOLDS", "green"];
  const parts = [
    ...(wrong > 0 ? [`${count(wrong, "finding")} to fix`] : []),
    ...(open > 0 ? [`${open} unknown`] : []),
    ...(accepted > 0 ? [`${accepted} unknown and accepted`] : []),
    ...(fine > 0 ? [`${fine} fine`] : []),
  ];
  return line(0, { text, style: ["bold", style] }, ` ${repository}: ${parts.join(", ")}`);
}

function findingLines({ code, holds, says, where, fix, severity }: Finding): readonly Line[] {
  const kind = holds === "yes" || severity === "error" ? "" : ` (${severity})`;
  return [
    line(0, MARKS[holds], ` ${says} `, { text: `${code}${kind}`, style: "dim" }),
    ...where.map((each) => line(4, each)),
    ...(fix === null ? [] : [line(4, { text: holds === "no" ? "fix: " : "see: ", style: "dim" }, fix)]),
  ];
}

/** What a single owner can do until there is a second: what nobody can sign need not stand in the way. */
export function loneSignerLines(lone: LoneSigner | null): readonly Line[] {
  if (lone === null) return [];
  const config = ["production:", ...lone.areas.flatMap((name) => [`  - name: ${name}`, "    mode: observe"])];
  return [
    BLANK,
    line(
      0,
      `${mention(lone)} is the only one who can sign, and nobody signs for what they took part in. Until somebody else can, these areas may observe, in ${CONFIG_PATH}:`,
    ),
    BLANK,
    ...config.map((text) => line(4 + text.length - text.trimStart().length, text.trimStart())),
  ];
}

const STYLES = { " ": "dim", "-": "red", "+": "green" } as const;

/** The ruleset as it was and as it is to be, line by line; `command` would write it, `null`: it was written. */
export function fixLines({ ruleset, before, after }: Fix, command: string | null): readonly Line[] {
  if (ruleset === "keep") return [line(0, `The ruleset “${RULESET_NAME}” needs no change.`), BLANK];
  const verb = ruleset === "create" ? "created" : "changed";
  const said =
    command === null
      ? `The ruleset “${RULESET_NAME}” was ${verb} and read back.`
      : `The ruleset “${RULESET_NAME}” would be ${verb}. To write it: ${command}`;
  const differences = diffLines(before === null ? [] : jsonLines(before.document), jsonLines(after));
  return [line(0, said), ...differences.map(differenceLine), BLANK];
}

/** Set in by what it begins with, as no line begins with blanks of its own. */
function differenceLine({ mark, text }: DiffLine): Line {
  const whole = `${mark} ${text}`;
  const shown = whole.trimStart();
  return line(2 + whole.length - shown.length, { text: shown, style: STYLES[mark] });
}

function jsonLines(document: unknown): readonly string[] {
  return JSON.stringify(document, null, 1).split("\n");
}
