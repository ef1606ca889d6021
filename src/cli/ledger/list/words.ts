import type { Json } from "../../../ledger/entry.ts";
import type { ToldEntry } from "./told.ts";

type Fields = Readonly<Record<string, Json | undefined>>;

/** What an entry tells, in one line; of one that is written in another way, its data. */
export function wordsOf({ kind, data }: ToldEntry): string {
  const fields = fieldsOf(data);
  const words = Object.hasOwn(WORDS, kind) ? WORDS[kind]?.(fields) : undefined;
  return words === undefined || words === "" ? JSON.stringify(data) : words;
}

function changed(of: Fields): string {
  return joined([text(of.outcome), `${text(of.branch)} to ${text(of.after).slice(0, 7)}`, personIn(of.by)]);
}

const WORDS: Readonly<Record<string, (fields: Fields) => string>> = {
  evidence: (of) => joined([text(of.tool), `by ${text(of.kind)}, ${text(of.strength)}`, text(of.text)]),
  verdict: (of) =>
    joined([
      text(of.conclusion),
      `by ${text(of.writer)}`,
      ...list(of.requirements).map((one) => `${text(fieldsOf(one).id)} ${text(fieldsOf(one).status)}`),
    ]),
  countersignature: (of) => joined([personIn(of.by), `for ${text(of.requirement)}`, text(of.at)]),
  refusal: (of) => joined([personIn(of.by), `for ${text(of.requirement)}`, text(of.at)]),
  change: changed,
  bypass: changed,
  override: (of) => joined([text(of.status), ...list(of.by).map(personIn), text(of.reason)]),
  key: (of) => joined([text(of.status), text(of.keyid)]),
  freeze: (of) => joined([text(of.area), personIn(of.by), text(of.reason)]),
};

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

function text(json: Json | undefined): string {
  return typeof json === "string" || typeof json === "number" ? String(json) : "";
}

function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

function personIn(json: Json | undefined): string {
  return typeof json === "string" ? json : text(fieldsOf(json).login);
}

export function fieldsOf(json: Json | undefined): Fields {
  if (json === undefined || json === null || typeof json !== "object" || Array.isArray(json)) return {};
  return json as Fields;
}
