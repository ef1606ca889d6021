import type { HazardStatus, JudgedHazard, Verdict } from "../verdict.ts";
import { hazardPlace, hazardSentence } from "../wording/hazard-words.ts";
import { quote } from "../wording/visible.ts";
import { mention } from "../wording/words.ts";
import { code, escapeMarkdown } from "./escape.ts";
import type { Section } from "./sections.ts";

/** Enough for a person to read; all of them are in what `countersign check` and `simulate` print. */
const SHOWN = 40;

/** What the change destroys and lets in: what asks for signatures first, then what asks for nothing and why not. */
export function hazardLines({ hazards }: Pick<Verdict, "hazards">): Section {
  const asking = hazards.filter(({ status }) => status.kind === "asks");
  const answered = hazards.filter(({ status }) => status.kind === "answered");
  const shown = hazards.filter(({ status }) => status.kind === "shown");
  const exempt = hazards.filter(({ status }) => status.kind === "exempt");
  return [
    ...listed(asking),
    ...listed(answered),
    ...(exempt.length === 0 ? [] : ["No AI took part, so nobody is asked to countersign this:", ""]),
    ...listed(exempt),
    ...(shown.length === 0 ? [] : ["For your information, nobody has to countersign this:", ""]),
    ...listed(shown),
    ...offSentences({ hazards }).map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ...(asking.length === 0 ? [] : ["", HOW_TO_ANSWER]),
  ];
}

const HOW_TO_ANSWER =
  "*A false alarm? Whoever countersigns it can approve with the line `false alarm: RULE: REASON` in the review.*";

function listed(hazards: readonly JudgedHazard[]): Section {
  const left = hazards.length - SHOWN;
  return [
    ...hazards.slice(0, SHOWN).flatMap(hazardItem),
    ...(left <= 0 ? [] : [`- *${left} more left out here.*`]),
  ];
}

function hazardItem(hazard: JudgedHazard): Section {
  const { id, kind, before, after, status, by } = hazard;
  const read = by === "diff" ? ", read from its lines alone" : "";
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

/** By whom and why a hazard is called a false alarm. */
export function answeredSentence({
  by,
  reason,
}: Extract<HazardStatus, { readonly kind: "answered" }>): string {
  return `A false alarm, says ${mention(by)}: ${quote(reason)}.`;
}

/** Rules that are off, each once. */
export function offSentences({ hazards }: Pick<Verdict, "hazards">): readonly string[] {
  const off = hazards.flatMap(({ id, status }) => (status.kind === "off" ? [{ id, ...status }] : []));
  const rules = new Map(off.map((each) => [each.id, each]));
  return [...rules.values()].map(({ id, origin, reason }) => {
    const found = off.filter((each) => each.id === id).length;
    return `${quote(id)} is switched off by ${quote(origin)}, so ${found} found ask for nothing: ${quote(reason)}`;
  });
}
