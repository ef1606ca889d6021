import { literalStart, Starts, startOf } from "../text/line-starts.ts";
import { compile } from "../text/safe-pattern.ts";
import { DECLARING_TRAILERS, PERSON_TRAILERS } from "../text/trailers.ts";
import type { Wanted } from "../text/wanted.ts";
import type { TextField } from "../tool/tool.ts";
import { isOf } from "../tool/tool.ts";
import { group, type IndexedSignal, type PatternSignal } from "./compiled-signal.ts";

/** The signals in lines, arranged by how such lines begin. */
export interface TextIndex {
  readonly lines: ReadonlyMap<number, readonly PatternSignal[]>;
  /** Line patterns that no first letters announce: tried on every line. */
  readonly anywhere: readonly PatternSignal[];
  readonly trailers: ReadonlyMap<string, readonly PatternSignal[]>;
  /** By host. */
  readonly links: ReadonlyMap<string, readonly PatternSignal[]>;
  /** The lines that can carry a signal at all; `null` when that is every line. */
  readonly wanted: Wanted | null;
}

const ANY_VALUE = "";

export function indexText(placed: readonly IndexedSignal[], field: TextField): TextIndex {
  const lines = placed.flatMap(({ signal, compiled }) => {
    if (!isOf("line", signal) || !signal.in.includes(field)) return [];
    return [
      { begins: literalStart(signal.pattern), compiled: { ...compiled, pattern: compile(signal.pattern) } },
    ];
  });
  const links = placed.flatMap(({ signal, compiled }) => {
    if (!isOf("link", signal) || !signal.in.includes(field)) return [];
    return [{ host: signal.host, compiled: { ...compiled, pattern: compile(signal.path) } }];
  });
  const trailers = placed.flatMap(({ signal, compiled }) => {
    if (!isOf("trailer", signal)) return [];
    return [{ key: signal.key, compiled: { ...compiled, pattern: compile(signal.value ?? ANY_VALUE) } }];
  });
  const announcing = [
    ...DECLARING_TRAILERS,
    ...PERSON_TRAILERS,
    ...trailers.map(({ key }) => key),
    ...lines.map(({ begins }) => begins),
  ];
  const hosts = links.map(({ host }) => host);
  const all = [...announcing, ...hosts].every((text) => announced(text) !== null);
  return {
    lines: group(lines, ({ begins }) => announced(begins)),
    anywhere: lines.flatMap(({ begins, compiled }) => (announced(begins) === null ? [compiled] : [])),
    trailers: group(trailers, ({ key }) => key),
    links: group(links, ({ host }) => host),
    // A ticked box may be worded as a project likes.
    wanted: all ? { starts: new Starts(announcing, ["x"]), hosts: new Starts(hosts) } : null,
  };
}

/** The start of such lines; `null` when the text is too short to tell. */
function announced(begins: string): number | null {
  const start = startOf(begins);
  return start < 0 ? null : start;
}
