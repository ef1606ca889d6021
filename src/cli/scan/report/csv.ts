import type { Counts, Tally } from "../counts/tally.ts";

const HEAD = ["month", "by", "tool", "commits", "production", "asked"];

/** One row for each month and tool, and for automation and the others of each month. */
export function rowsOf({ months }: Counts): readonly (readonly string[])[] {
  const rows = months.flatMap(({ month, ai, automation, other }) =>
    [
      ...[...ai].toSorted().map(([tool, tally]) => ["ai", tool, tally] as const),
      ["automation", "", automation] as const,
      ["other", "", other] as const,
    ]
      .filter(([, , { commits }]) => commits > 0)
      .map(([by, tool, tally]) => [month ?? "", by, tool, ...numbers(tally)]),
  );
  return [HEAD, ...rows];
}

function numbers({ commits, production, asked }: Tally): readonly string[] {
  return [commits, production, asked].map(String);
}
