import type { EvidenceKind, Strength } from "../evidence.ts";
import type { Identity } from "../identity.ts";
import { type Line, undecorated } from "../text/line.ts";
import { startOfNormal } from "../text/line-starts.ts";
import { normalise } from "../text/normalise.ts";
import { comparableEmail, namesIn, PERSON_TRAILERS, parseCoAuthors } from "../text/trailers.ts";
import type { IdentityField } from "../tool/tool.ts";
import type { CompiledSignal, PatternSignal } from "./compiled-signal.ts";
import { accountSignals, emailSignals, type People } from "./people.ts";
import type { SignalIndex } from "./signal-index.ts";
import type { TextIndex } from "./text-index.ts";

/** A signal that matched, with what it matched. */
export interface Match extends CompiledSignal {
  readonly kind: EvidenceKind;
  readonly text: string;
}

/** What is known: the signals, and the people and machines they speak of. */
export interface KnownSignals {
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

/** The end of a longer name is read: signals are whole short names or suffixes. */
const LONGEST_NAME = 400;

export function identityMatches(
  known: KnownSignals,
  identity: Identity,
  field: IdentityField,
): readonly Match[] {
  const { account, email, name } = identity;
  const configured = known.people.configuredAgent(identity);
  const matches = [
    ...(configured === null
      ? []
      : [matchOf({ tool: configured, strength: "certain" }, "configured", configured)]),
    ...(account === null ? [] : accountSignals(known.index, account)).map((signal) =>
      matchOf(signal, "account", account?.login ?? ""),
    ),
    ...emailSignals(known.index, { address: comparableEmail(email), name })
      .filter(({ fields }) => fields.includes(field))
      .map((signal) => matchOf(signal, EMAIL_KINDS[field], email)),
  ];
  // Where the account or the address tells whose it is, the name only adds the model.
  const told = matches.some(({ strength }) => strength !== "weak");
  return told ? matches : [...matches, ...nameMatches(known.index, name, field)];
}

function nameMatches(index: SignalIndex, name: string, field: IdentityField): readonly Match[] {
  const comparable = normalise(name.slice(-LONGEST_NAME)).trim().toLowerCase();
  const whole = field === "co-author" ? (index.coAuthorNames.get(comparable) ?? []) : [];
  const patterns = index.names.filter(
    ({ pattern, fields }) => fields.includes(field) && pattern.test(comparable),
  );
  const endings = index.nameSuffixes.filter(
    ({ suffix, fields }) => fields.includes(field) && comparable.endsWith(suffix),
  );
  const kind = field === "co-author" ? "coauthor-name" : "author-name";
  return [...whole, ...patterns, ...endings].map((signal) => matchOf(signal, kind, name));
}

/** Signals in a line itself; the people it names are read by `peopleNamed`. */
export function lineMatches(index: TextIndex, line: Line): readonly Match[] {
  const { text, shown, quoted, trailer } = line;
  const announced = index.lines.get(startOfNormal(text)) ?? NONE;
  const values = trailer === null ? NONE : (index.trailers.get(trailer.key) ?? NONE);
  const links = index.links.size > 0 && text.includes("://") ? linkMatches(index, line) : NONE;
  if (announced.length + index.anywhere.length + values.length + links.length === 0) return links;
  const plain = undecorated(text);
  return inQuotation(quoted, [
    ...patternMatches(announced, plain, { kind: "body-line", shown }),
    ...patternMatches(index.anywhere, plain, { kind: "body-line", shown }),
    ...patternMatches(values, trailer?.value ?? "", { kind: "trailer", shown }),
    ...links,
  ]);
}

const NONE: readonly never[] = [];

const LINK = /https?:\/\/(?:www\.)?([a-z\d.-]{1,80})([^\s<>"')\]]{0,300})/gi;

function linkMatches(index: TextIndex, { text, shown }: Line): readonly Match[] {
  return [...text.matchAll(LINK)].flatMap(([, host = "", path = ""]) =>
    patternMatches(index.links.get(host.toLowerCase()) ?? [], path, { kind: "body-line", shown }),
  );
}

export function branchMatches(index: SignalIndex, ref: string): readonly Match[] {
  return patternMatches(index.branches, normalise(ref), { kind: "branch", shown: ref });
}

export function labelMatches(index: SignalIndex, label: string): readonly Match[] {
  return (index.labels.get(label.toLowerCase()) ?? []).map((signal) => matchOf(signal, "label", label));
}

export function appMatches(index: SignalIndex, slug: string): readonly Match[] {
  return (index.apps.get(slug.toLowerCase()) ?? []).map((signal) => matchOf(signal, "app", slug));
}

export function eventMatches(index: SignalIndex, event: string): readonly Match[] {
  return (index.events.get(event) ?? []).map((signal) => matchOf(signal, "event", event));
}

/** Trailers in which whoever is named wrote, even without an address. */
const CO_WRITERS: ReadonlySet<string> = new Set(["co-authored-by", "co-developed-by"]);

/** The people on the lines that name who made the change; each once, as a squash repeats them for every commit. */
export function peopleNamed(lines: readonly Line[]): readonly Named[] {
  const named = new Map<string, Named>();
  for (const { trailer, shown, quoted } of lines) {
    if (trailer === null || !PERSON_TRAILERS.has(trailer.key)) continue;
    const { people, prose } = parseCoAuthors(trailer.value);
    const unaddressed = people.length === 0 && CO_WRITERS.has(trailer.key) ? namesIn(trailer.value) : [];
    for (const { name, email } of [...people, ...unaddressed.map((name) => ({ name, email: "" }))]) {
      const key = `${quoted || prose} ${email} ${name}`;
      if (named.has(key)) continue;
      named.set(key, { person: { name, email, account: null }, shown, quoted: quoted || prose });
    }
  }
  return [...named.values()];
}

/** What was found of somebody whom a line names, as found in that line. */
export function namedMatches(matches: readonly Match[], { shown, quoted }: Named): readonly Match[] {
  if (matches.length === 0) return matches;
  return inQuotation(
    quoted,
    matches.map((match) => ({ ...match, text: shown })),
  );
}

function patternMatches(
  signals: readonly PatternSignal[],
  text: string,
  as: { readonly kind: EvidenceKind; readonly shown: string },
): readonly Match[] {
  return signals
    .filter(({ pattern }) => pattern.test(text))
    .map((signal) => matchOf(signal, as.kind, as.shown));
}

function matchOf({ tool, strength, unreliable }: CompiledSignal, kind: EvidenceKind, text: string): Match {
  return unreliable === undefined
    ? { tool, strength, kind, text }
    : { tool, strength, unreliable, kind, text };
}

/** However many signals a quotation holds, they are one weak hint. */
function inQuotation(quoted: boolean, matches: readonly Match[]): readonly Match[] {
  const weak: Strength = "weak";
  return quoted ? matches.map((match) => ({ ...match, strength: weak, kind: "quotation" })) : matches;
}
