import { type Markup, markup } from "../markup/markup.ts";
import type { LinkOf } from "../signoff/report/escape.ts";
import { type PastEntry, pastSentence } from "./history.ts";
import { moment, sentence } from "./words.ts";

/** Entries of the ledger as a table, each sentence of one moment once; nothing where none of them tells anything. */
export function historyTable(
  entries: readonly PastEntry[],
  { caption, linkOf }: { readonly caption: string; readonly linkOf?: LinkOf },
): readonly Markup[] {
  const told = new Set<string>();
  const rows = entries.flatMap((entry) => {
    const says = pastSentence(entry);
    const key = `${entry.at} ${says}`;
    if (says === null || told.has(key)) return [];
    told.add(key);
    return [markup`<tr><td class="when">${moment(entry.at)}</td><td>${sentence(says, linkOf)}</td></tr>\n`];
  });
  if (rows.length === 0) return [];
  return [
    markup`<table class="stack"><caption class="soft">${caption}</caption><thead><tr><th scope="col">When</th><th scope="col">What</th></tr></thead>
<tbody>
${rows}</tbody></table>
`,
  ];
}
