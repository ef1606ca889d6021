import { CATALOGUE } from "../catalogue/catalogue.ts";
import { readLines } from "../text/lines.ts";
import {
  asksForWork,
  asksPeople,
  type Mention,
  namesSomebody,
  type OtherOrders,
  ordersWork,
} from "./asks-for-work.ts";

interface Command {
  readonly tool: string;
  readonly command: string;
}

const COMMANDS: readonly Command[] = CATALOGUE.flatMap(({ tool, requests }) =>
  (requests?.commands ?? []).map((command) => ({ tool, command })),
);

/**
 * The tools that a comment starts. Code and quotations start nothing, and neither does a mention of a tool that is only
 * spoken of or asked to look.
 */
export function commandIn(comment: string): readonly string[] {
  const lines = readLines(comment)
    .filter(({ quoted }) => !quoted)
    .map(({ text }) =>
      withoutCodeSpans(text)
        .toLowerCase()
        .replaceAll(/\s{1,100}/g, " ")
        .replaceAll("’", "'"),
    );
  const named = COMMANDS.filter(({ command }) => lines.some((line) => line.includes(command)));
  // Most comments name no tool, and what a line orders takes long to tell.
  if (named.length === 0) return [];
  const orders = ordersIn(lines);
  // Beside anything else that is said, a question may be the beginning of an order.
  const alone = lines.filter((line) => line.trim() !== "").length === 1;
  const started = named.filter(({ command }) =>
    lines.some((line, at) =>
      mentions(line, command).some(
        (mention) => !(alone && asksPeople(mention)) && asksForWork(mention, orders.besides(at)),
      ),
    ),
  );
  return [...new Set(started.map(({ tool }) => tool))];
}

interface Orders {
  readonly last: number;
  /** The lines whose orders are to nobody else in particular. */
  readonly open: readonly number[];
}

/** What other lines order. Most lines that name a tool say enough by themselves, so that it is worked out when asked for. */
function ordersIn(lines: readonly string[]): { readonly besides: (at: number) => OtherOrders } {
  let found: Orders | undefined;
  const orders = () => {
    found ??= readOrders(lines);
    return found;
  };
  return {
    besides: (at) => ({
      later: () => at < orders().last,
      open: () => orders().open.some((order) => order !== at),
    }),
  };
}

function readOrders(lines: readonly string[]): Orders {
  const all = lines.flatMap((line, at) => (ordersWork(line) ? [{ line, at }] : []));
  return {
    last: all.at(-1)?.at ?? -1,
    open: all.flatMap(({ line, at }) => (namesSomebody(line) ? [] : [at])),
  };
}

/** A code span ends with as many backticks as it began with; others are plain characters. */
function withoutCodeSpans(line: string): string {
  let plain = "";
  let from = 0;
  for (const { 0: ticks, index } of line.matchAll(/`{1,50}/g)) {
    if (index < from) continue;
    const close = line.indexOf(ticks, index + ticks.length);
    if (close < 0) continue;
    plain += `${line.slice(from, index)} `;
    from = close + ticks.length;
  }
  return plain + line.slice(from);
}

/** Where the command is a word of its own: not within a login, a path, a team or an address. */
function mentions(line: string, command: string): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = line.indexOf(command); at >= 0; at = line.indexOf(command, at + 1)) {
    const before = line.slice(0, at);
    const after = line.slice(at + command.length);
    if (/[\w@/.:-]$/.test(before) || /^(?:[\w/-]|\.\w)/.test(after)) continue;
    found.push({ before, after });
  }
  return found;
}
