import type { HazardStatus, JudgedHazard, Verdict } from "../verdict.ts";
import { hazardPlace, hazardSentence } from "../wording/hazard-words.ts";
import { quote } from "../wording/visible.ts";
import { count, joinAnd, listFirst, mention } from "../wording/words.ts";
import { code, escapeMarkdown, link } from "./escape.ts";
import type { Links } from "./links.ts";
import type { Section } from "./sections.ts";
import { anchorOf } from "./site.ts";

/** More than anybody reads; `countersign check` and `simulate` print all of them. */
const SHOWN = 40;

type Found = Pick<Verdict, "hazards" | "rejectedFalseAlarms">;
type Told = Found & Pick<Verdict, "requirements">;

/**
 * Destructive and permission-widening changes by what they ask for: a signature, an answer that was given, nothing.
 * Destruction comes first in each group.
 */
export function hazardLines({ hazards, rejectedFalseAlarms, requirements }: Told, links: Links): Section {
  const of = (wanted: HazardStatus["kind"]) => hazards.filter(({ status }) => status.kind === wanted);
  const [asking, answered] = [of("asks"), of("answered")];
  const [exempt, shown] = [of("exempt"), of("shown")];
  const quietly = { links, rejected: [] };
  return [
    ...listed(asking, { links, rejected: rejectedFalseAlarms }),
    ...listed(answered, quietly),
    ...(exempt.length === 0 ? [] : ["No AI took part, so these need no countersignature:", ""]),
    ...listed(exempt, quietly),
    ...(shown.length === 0 ? [] : ["For your information, nobody has to countersign this:", ""]),
    ...listed(shown, quietly),
    ...offSentences({ hazards }).map((sentence) => `- ${escapeMarkdown(sentence, links.of)}`),
    ...(requirements.every(({ status }) => status === "signed") ? [] : howToAnswer(asking, links)),
  ];
}

/** Rejected answers that are not told under a finding, because no finding of that rule asks for anything. */
export function unplacedFalseAlarms({ hazards, rejectedFalseAlarms }: Found): Found["rejectedFalseAlarms"] {
  const asking = new Set(hazards.filter(({ status }) => status.kind === "asks").map(({ id }) => id));
  return rejectedFalseAlarms.filter(({ rule }) => !asking.has(rule));
}

/** With the rule to write, where there is only one. */
function howToAnswer(asking: readonly JudgedHazard[], { doc }: Links): Section {
  const [first, ...others] = [...new Set(asking.map(({ id }) => id))];
  if (first === undefined) return [];
  const rule = others.length === 0 ? first : "RULE";
  const alarm = link("false alarm", doc("hazards.md#false-alarms"));
  return [
    "",
    `*A ${alarm}? Anyone who can countersign it can dismiss it: approve with the line ${code(`false alarm: ${rule}: REASON`)} in the review.*`,
  ];
}

interface Telling {
  readonly links: Links;
  readonly rejected: Found["rejectedFalseAlarms"];
}

/** The same sentence of the same rule once, with all its places. */
function listed(hazards: readonly JudgedHazard[], telling: Telling): Section {
  const same = Map.groupBy(hazards.toSorted(byKind), (hazard) =>
    JSON.stringify([hazard.id, hazard.kind, hazardSentence(hazard), hazard.by, hazard.status]),
  );
  const groups = [...same.values()];
  const left = groups.slice(SHOWN).flat().length;
  const told = new Set<string>();
  return [
    ...groups.slice(0, SHOWN).flatMap((group) => {
      const [first] = group;
      const rejected = told.has(first.id) ? [] : telling.rejected.filter(({ rule }) => rule === first.id);
      told.add(first.id);
      return hazardItem(group, { ...telling, rejected });
    }),
    ...(left <= 0 ? [] : [`- *${left} more not shown.*`]),
  ];
}

function byKind(one: JudgedHazard, other: JudgedHazard): number {
  return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
}

/** The worst first. */
const KINDS: readonly JudgedHazard["kind"][] = ["destructive", "widening"];

const SHOWN_PLACES = 10;

function hazardItem(
  [first, ...others]: readonly [JudgedHazard, ...JudgedHazard[]],
  { links, rejected }: Telling,
): Section {
  const { id, kind, before, after, status, by } = first;
  const read = by === "diff" ? ", from the diff alone" : "";
  const rule = link(code(id), links.doc(`hazards.md#${anchorOf(id)}`));
  const sentence = escapeMarkdown(`${hazardPlace(first)} ${hazardSentence(first)}`, links.of);
  const also = escapeMarkdown(listFirst(others.map(hazardPlace), SHOWN_PLACES), links.of);
  const times = others.length === 0 ? "" : `, ${others.length + 1} times: also at ${also}`;
  return [
    `- ${SIGNS[kind]} ${sentence} (${rule}${read})${times}`,
    ...(others.length === 0 ? changeLine(before, after) : []),
    ...(status.kind === "answered" ? [`  - ${escapeMarkdown(answeredSentence(status), links.of)}`] : []),
    ...rejected.map((claim) => `  - ${escapeMarkdown(claim.sentence, links.of)}`),
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
