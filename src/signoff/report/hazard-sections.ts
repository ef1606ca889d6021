import type { HazardStatus, JudgedHazard, Verdict } from "../verdict.ts";
import { hazardPlace, hazardSentence } from "../wording/hazard-words.ts";
import { quote } from "../wording/visible.ts";
import { count, joinAnd, mention } from "../wording/words.ts";
import { code, escapeMarkdown } from "./escape.ts";
import type { Section } from "./sections.ts";

/** More than anybody reads; `countersign check` and `simulate` print all of them. */
const SHOWN = 40;

/** Destructive and permission-widening changes: those that need a signature first, then the others with the reason. */
export function hazardLines({ hazards }: Pick<Verdict, "hazards">): Section {
  const asking = hazards.filter(({ status }) => status.kind === "asks");
  const answered = hazards.filter(({ status }) => status.kind === "answered");
  const shown = hazards.filter(({ status }) => status.kind === "shown");
  const exempt = hazards.filter(({ status }) => status.kind === "exempt");
  return [
    ...listed(asking),
    ...listed(answered),
    ...(exempt.length === 0 ? [] : ["No AI took part, so these need no countersignature:", ""]),
    ...listed(exempt),
    ...(shown.length === 0 ? [] : ["For your information, nobody has to countersign this:", ""]),
    ...listed(shown),
    ...offSentences({ hazards }).map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ...(asking.length === 0 ? [] : ["", HOW_TO_ANSWER]),
  ];
}

const HOW_TO_ANSWER =
  "*A false alarm? Anyone who can countersign it can dismiss it: approve with the line `false alarm: RULE: REASON` in the review.*";

function listed(hazards: readonly JudgedHazard[]): Section {
  const left = hazards.length - SHOWN;
  return [
    ...hazards.slice(0, SHOWN).flatMap(hazardItem),
    ...(left <= 0 ? [] : [`- *${left} more not shown.*`]),
  ];
}

function hazardItem(hazard: JudgedHazard): Section {
  const { id, kind, before, after, status, by } = hazard;
  const read = by === "diff" ? ", from the diff alone" : "";
  return [
    `- ${SIGNS[kind]} ${escapeMarkdown(`${hazardPlace(hazard)} ${hazardSentence(hazard)}`)} (${code(id)}${read})`,
    ...changeLine(before, after),
    ...(status.kind === "answered" ? [`  - ${escapeMarkdown(answeredSentence(status))}`] : []),
  ];
}

const SIGNS = { destructive: "💥", widening: "🔓" } as const;

function changeLine(before: string | undefined, after: string | undefined): Section {
  if (before === undefined) return after === undefined ? [] : [`  - now ${code(after)}`];
  return [after === undefined ? `  - was ${code(before)}` : `  - ${code(before)} → ${code(after)}`];
}

/** Who dismissed a hazard as a false alarm, and why. */
export function answeredSentence({
  by,
  reason,
  others,
}: Extract<HazardStatus, { readonly kind: "answered" }>): string {
  const each = [{ by, reason }, ...others].map((one) => `${mention(one.by)}: ${quote(one.reason)}`);
  return `Dismissed as a false alarm by ${joinAnd(each)}.`;
}

/** Disabled rules, each once. */
export function offSentences({ hazards }: Pick<Verdict, "hazards">): readonly string[] {
  const off = hazards.flatMap(({ id, status }) => (status.kind === "off" ? [{ id, ...status }] : []));
  const rules = new Map(off.map((each) => [each.id, each]));
  return [...rules.values()].map(({ id, origin, reason }) => {
    const found = off.filter((each) => each.id === id).length;
    return `${quote(id)} is disabled in ${quote(origin)} (${count(found, "finding")} ignored): ${quote(reason)}`;
  });
}
