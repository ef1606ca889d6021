import * as z from "zod";
import { type Markup, markup } from "../markup/markup.ts";
import { quote } from "../signoff/wording/visible.ts";
import { mention } from "../signoff/wording/words.ts";
import type { PastEntry } from "./history.ts";
import { moment, sentence, value } from "./words.ts";

const answer = z.object({
  ...{ id: z.string(), file: z.string(), reason: z.string(), reviewId: z.number() },
  by: z.object({ login: z.string() }),
});

/** How often each rule's hazards were called false alarms, and what was said last; nothing for never. */
export function falseAlarms(entries: readonly PastEntry[]): readonly Markup[] {
  const read = entries.flatMap(({ at, pull, data }) => {
    const { success, data: told } = answer.safeParse(data);
    return success ? [{ at, pull, ...told }] : [];
  });
  // Each verdict tells it again.
  const distinct = new Map(
    read.map((one) => [JSON.stringify([one.pull, one.reviewId, one.id, one.file]), one]),
  );
  const byRule = [...Map.groupBy(distinct.values(), ({ id }) => id)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  if (byRule.length === 0) return [];
  const rows = byRule.flatMap(([rule, own]) => {
    const [last] = own;
    if (last === undefined) return [];
    const said = `${mention(last.by)} in ${quote(last.file)}: ${quote(last.reason)}`;
    return [
      markup`<tr><th scope="row">${value(rule)}</th><td>${own.length}</td><td>${moment(last.at)}<br/>${sentence(said)}</td></tr>
`,
    ];
  });
  return [
    markup`<table class="stack"><caption class="soft">Hazards that owners called false alarms, by rule, the most frequent first</caption><thead><tr><th scope="col">Rule</th><th scope="col">Times</th><th scope="col">Last</th></tr></thead>
<tbody>
${rows}</tbody></table>
`,
  ];
}
