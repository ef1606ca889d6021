import type { IdentityField } from "../catalogue/tool.ts";
import type { EvidenceKind, Strength } from "../evidence.ts";
import type { Identity } from "../identity.ts";
import { startOfNormal } from "../text/line-starts.ts";
import { type Line, undecorated } from "../text/lines.ts";
import { normalise } from "../text/normalise.ts";
import { comparableEmail, PERSON_TRAILERS, parseCoAuthors } from "../text/trailers.ts";
import type { Mark, PatternMark } from "./compiled-signal.ts";
import { accountMarks, emailMarks, type People } from "./people.ts";
import type { SignalIndex } from "./signal-index.ts";
import type { TextIndex } from "./text-index.ts";

/** A mark with what was found, before it is known where. */
export interface Found extends Mark {
  readonly kind: EvidenceKind;
  readonly text: string;
}

/** What marks are looked up in. */
export interface Known {
  readonly index: SignalIndex;
  readonly people: People;
}

/** Somebody whom a text names as one who made the change. */
export interface Named {
  readonly person: Identity;
  readonly shown: string;
  /** The line stands as somebody else's words. */
  readonly quoted: boolean;
}

const EMAIL_KINDS: Readonly<Record<IdentityField, EvidenceKind>> = {
  author: "author-email",
  committer: "committer-email",
  "co-author": "coauthor-email",
};

/** The end of a longer name is read: marks are whole short names or suffixes. */
const LONGEST_NAME = 400;

export function identityMarks(known: Known, identity: Identity, field: IdentityField): readonly Found[] {
  const { account, email, name } = identity;
  const configured = known.people.configuredAgent(identity);
  const marks = [
    ...(configured === null
      ? []
      : [found({ tool: configured, strength: "certain" }, "configured", configured)]),
    ...(account === null ? [] : accountMarks(known.index, account)).map((mark) =>
      found(mark, "account", account?.login ?? ""),
    ),
    ...emailMarks(known.index, { address: comparableEmail(email), name })
      .filter(({ fields }) => fields.includes(field))
      .map((mark) => found(mark, EMAIL_KINDS[field], email)),
  ];
  // Where the account or the address tells whose it is, the name only adds the model.
  const told = marks.some(({ strength }) => strength !== "weak");
  return told ? marks : [...marks, ...nameMarks(known.index, name, field)];
}

function nameMarks(index: SignalIndex, name: string, field: IdentityField): readonly Found[] {
  const comparable = normalise(name.slice(-LONGEST_NAME)).trim().toLowerCase();
  const whole = field === "co-author" ? (index.coAuthorNames.get(comparable) ?? []) : [];
  const patterns = index.names.filter(
    ({ pattern, fields }) => fields.includes(field) && pattern.test(comparable),
  );
  const endings = index.nameSuffixes.filter(
    ({ suffix, fields }) => fields.includes(field) && comparable.endsWith(suffix),
  );
  const kind = field === "co-author" ? "coauthor-name" : "author-name";
  return [...whole, ...patterns, ...endings].map((mark) => found(mark, kind, name));
}

/** Marks of a line itself; the people it names are read by `peopleNamed`. */
export function lineMarks(index: TextIndex, line: Line): readonly Found[] {
  const { text, shown, quoted, trailer } = line;
  const announced = index.lines.get(startOfNormal(text)) ?? NONE;
  const values = trailer === null ? NONE : (index.trailers.get(trailer.key) ?? NONE);
  const links = index.links.size > 0 && text.includes("://") ? linkMarks(index, line) : NONE;
  if (announced.length + index.anywhere.length + values.length + links.length === 0) return links;
  const plain = undecorated(text);
  return inQuotation(quoted, [
    ...patternMarks(announced, plain, { kind: "body-line", shown }),
    ...patternMarks(index.anywhere, plain, { kind: "body-line", shown }),
    ...patternMarks(values, trailer?.value ?? "", { kind: "trailer", shown }),
    ...links,
  ]);
}

const NONE: readonly never[] = [];

const LINK = /https?:\/\/(?:www\.)?([a-z\d.-]{1,80})([^\s<>"')\]]{0,300})/gi;

function linkMarks(index: TextIndex, { text, shown }: Line): readonly Found[] {
  return [...text.matchAll(LINK)].flatMap(([, host = "", path = ""]) =>
    patternMarks(index.links.get(host.toLowerCase()) ?? [], path, { kind: "body-line", shown }),
  );
}

export function branchMarks(index: SignalIndex, ref: string): readonly Found[] {
  return patternMarks(index.branches, normalise(ref), { kind: "branch", shown: ref });
}

export function labelMarks(index: SignalIndex, label: string): readonly Found[] {
  return (index.labels.get(label.toLowerCase()) ?? []).map((mark) => found(mark, "label", label));
}

export function appMarks(index: SignalIndex, slug: string): readonly Found[] {
  return (index.apps.get(slug.toLowerCase()) ?? []).map((mark) => found(mark, "app", slug));
}

export function eventMarks(index: SignalIndex, event: string): readonly Found[] {
  return (index.events.get(event) ?? []).map((mark) => found(mark, "event", event));
}

/** The people on the lines that name who made the change; each once, as a squash repeats them for every commit. */
export function peopleNamed(lines: readonly Line[]): readonly Named[] {
  const named = new Map<string, Named>();
  for (const { trailer, shown, quoted } of lines) {
    if (trailer === null || !PERSON_TRAILERS.has(trailer.key)) continue;
    const { people, prose } = parseCoAuthors(trailer.value);
    for (const { name, email } of people) {
      const key = `${quoted || prose} ${email} ${name}`;
      if (named.has(key)) continue;
      named.set(key, { person: { name, email, account: null }, shown, quoted: quoted || prose });
    }
  }
  return [...named.values()];
}

/** The marks of somebody whom a line names, as marks of that line. */
export function namedMarks(marks: readonly Found[], { shown, quoted }: Named): readonly Found[] {
  if (marks.length === 0) return marks;
  return inQuotation(
    quoted,
    marks.map((mark) => ({ ...mark, text: shown })),
  );
}

function patternMarks(
  marks: readonly PatternMark[],
  text: string,
  as: { readonly kind: EvidenceKind; readonly shown: string },
): readonly Found[] {
  return marks.filter(({ pattern }) => pattern.test(text)).map((mark) => found(mark, as.kind, as.shown));
}

function found({ tool, strength, doubt }: Mark, kind: EvidenceKind, text: string): Found {
  return doubt === undefined ? { tool, strength, kind, text } : { tool, strength, doubt, kind, text };
}

/** However many marks a quotation holds, they are one weak hint. */
function inQuotation(quoted: boolean, marks: readonly Found[]): readonly Found[] {
  const weak: Strength = "weak";
  return quoted ? marks.map((mark) => ({ ...mark, strength: weak, kind: "quotation" })) : marks;
}
