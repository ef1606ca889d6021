import type { Detector } from "../../provenance/detector.ts";
import type { CommitField } from "../../provenance/evidence.ts";
import type { Identity } from "../../provenance/identity.ts";
import type { IdentityKind } from "../../provenance/signals/people.ts";
import { readLines } from "../../provenance/text/lines.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { count } from "../../signoff/wording/words.ts";
import type { NameAndEmail } from "../local-git/objects/commits.ts";
import type { JudgedCommit } from "../scan/history/facts.ts";

/** A part of a commit that is looked at, and what it means when nothing is found there. */
export interface Place {
  readonly field: CommitField;
  readonly sentence: string;
}

/** Somebody whom a commit names, once. */
export interface Person extends NameAndEmail {
  readonly roles: readonly Role[];
  readonly kind: IdentityKind;
}

type Role = "author" | "committer" | "co-author";

const NOTHING: Readonly<Record<IdentityKind, string>> = {
  person: "no account, address or name of a tool",
  agent: "a machine that acts for an AI elsewhere, but not here",
  automation: "automation that is not AI",
  "web-flow": "GitHub itself, which commits for the person who used its website",
};

export function placesOf(commit: JudgedCommit, detector: Detector): readonly Place[] {
  const identities = handsOf(commit).map(
    ([field, identity]): Place => ({
      field,
      sentence: `${field} ${shown(identity)}: ${NOTHING[detector.identity(identity)]}`,
    }),
  );
  return [
    ...identities,
    { field: "message", sentence: `message: ${messageSentence(commit.message)}` },
    { field: "attestation", sentence: `records of tools: ${recordSentence(commit)}` },
  ];
}

function recordSentence({ attested = [] }: JudgedCommit): string {
  if (attested.length === 0) return "none is stored with it here";
  const reasons = attested.flatMap((record) => (record.ok ? [] : [record.reason]));
  return reasons.length === 0 ? "none of them names a tool" : reasons.join(" ");
}

function messageSentence(message: string): string {
  const lines = readLines(message);
  const quoted = lines.filter((line) => line.quoted).length;
  const aside = quoted === 0 ? "" : `, ${quoted} of them quoted`;
  return `${count(lines.length, "line")}${aside}: no line was written by a tool or names one`;
}

/** By e-mail, in the order in which the commit names them. */
export function peopleOf(commit: JudgedCommit, detector: Detector): readonly Person[] {
  const byEmail = Map.groupBy(handsOf(commit), ([, { email }]) => email.toLowerCase());
  return [...byEmail.values()].map((hands) => {
    const [[, identity]] = hands;
    const { name, email } = identity;
    const roles = [...new Set(hands.map(([role]) => role))];
    return { name, email, roles, kind: detector.identity(identity) };
  });
}

function handsOf({ author, committer, coAuthors }: JudgedCommit): readonly (readonly [Role, Identity])[] {
  return [
    ["author", author],
    ["committer", committer],
    ...coAuthors.map((coAuthor) => ["co-author", coAuthor] as const),
  ];
}

/** A name and address as they are shown, each so that it cannot pass for more. */
export function shown({ name, email }: NameAndEmail): string {
  return quote(`${name} <${email}>`);
}
