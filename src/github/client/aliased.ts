/** The same asked about many things in one GraphQL document: each has a variable and an alias with its number. */
export interface Aliased<Alias extends string> {
  /** What the document declares for so many things: `$path0: String!, $path1: String!`. */
  readonly variables: (count: number) => string;
  readonly values: <Value>(things: readonly Value[]) => Readonly<Record<string, Value>>;
  /** What the document asks about so many things: `mode0: file(path: $path0) { mode } mode1: …`. */
  readonly part: (alias: Alias, count: number) => string;
  /** Each thing with what an answer tells about it. */
  readonly answers: <Thing, Answer>(
    alias: Alias,
    answer: Readonly<Record<string, Answer>> | null | undefined,
    things: readonly Thing[],
  ) => readonly (readonly [thing: Thing, answer: Answer | undefined])[];
}

interface AliasedFields<Alias extends string> {
  /** Without its number. */
  readonly variable: string;
  readonly type: string;
  /** By alias, without its number: the field that is asked for, given the variable and the number. */
  readonly fields: Readonly<Record<Alias, (variable: string, index: number) => string>>;
}

export function aliased<Alias extends string>({
  variable,
  type,
  fields,
}: AliasedFields<Alias>): Aliased<Alias> {
  return {
    variables: (count) => numbered(count, (index) => `$${variable}${index}: ${type}`).join(", "),
    values: (things) => Object.fromEntries(things.map((thing, index) => [`${variable}${index}`, thing])),
    part: (alias, count) =>
      numbered(count, (index) => `${alias}${index}: ${fields[alias](`$${variable}${index}`, index)}`).join(
        " ",
      ),
    answers: (alias, answer, things) => things.map((thing, index) => [thing, answer?.[`${alias}${index}`]]),
  };
}

function numbered(count: number, show: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => show(index));
}
