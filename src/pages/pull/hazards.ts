import { type Markup, markup } from "../../markup/markup.ts";
import { answeredSentence, offSentences } from "../../signoff/report/hazard-sections.ts";
import type { Links } from "../../signoff/report/links.ts";
import { anchorOf } from "../../signoff/report/site.ts";
import type { HazardStatus, JudgedHazard, ToldVerdict } from "../../signoff/verdict.ts";
import { hazardPlace, hazardSentence } from "../../signoff/wording/hazard-words.ts";
import { linked, list, sentence } from "../words.ts";

/** What the change destroys and lets in, with its lines, and what became of each. */
export function hazardList({ hazards, rejectedFalseAlarms }: ToldVerdict, links: Links): readonly Markup[] {
  const listed = hazards.filter(({ status }) => status.kind !== "off");
  const claims = (id: string) => rejectedFalseAlarms.filter(({ rule }) => rule === id);
  const told = new Set<string>();
  const items = listed.toSorted(worstFirst).map((hazard) => {
    const own = told.has(hazard.id)
      ? []
      : claims(hazard.id).map((claim) => sentence(claim.sentence, links.of));
    told.add(hazard.id);
    return hazardItem(hazard, links, own);
  });
  return [...list(items), ...list(offSentences({ hazards }).map((text) => sentence(text, links.of)))];
}

function hazardItem(hazard: JudgedHazard, links: Links, claims: readonly Markup[]): Markup {
  const { id, kind, by, status } = hazard;
  const remarks = [...(by === "diff" ? ["Found by its lines alone."] : []), ...remarksOf(status)].map(
    (text) => sentence(text, links.of),
  );
  const rule = linked(markup`<code>${id}</code>`, links.doc(`hazards.md#${anchorOf(id)}`));
  return markup`<strong>${KIND[kind]}</strong> ${sentence(`${hazardPlace(hazard)} ${hazardSentence(hazard)}`, links.of)} (${rule})${lines(hazard)}${list([...remarks, ...claims])}`;
}

const KIND: Readonly<Record<JudgedHazard["kind"], string>> = { destructive: "Destroys:", widening: "Opens:" };

function worstFirst(one: JudgedHazard, other: JudgedHazard): number {
  return Number(one.kind !== "destructive") - Number(other.kind !== "destructive");
}

/** The lines of the diff that it was found in, where they were kept. */
function lines({ before, after }: JudgedHazard): Markup {
  if (before === undefined && after === undefined) return markup``;
  const removed = before === undefined ? "" : markup`<del>- ${before}</del>`;
  return markup`<span class="change">${removed}${after === undefined ? "" : markup`<ins>+ ${after}</ins>`}</span>`;
}

function remarksOf(status: HazardStatus): readonly string[] {
  switch (status.kind) {
    case "answered":
      return [answeredSentence(status)];
    case "shown":
      return ["For your information: nobody has to countersign this."];
    case "exempt":
      return ["No AI took part, so this needs no countersignature."];
    case "asks":
    case "off":
      return [];
  }
}
