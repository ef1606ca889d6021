/** A fence that opened; `before` is how many lines were read by then. */
export interface Fence {
  readonly ticks: string;
  readonly before: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
const BACKTICK = 0x60;
const TILDE = 0x7e;
const SPACE = 0x20;

/** The fence that a line opens or closes. */
export function fenceAt(text: string, from: number, end: number): RegExpExecArray | null {
  let at = from;
  while (at < end && text.charCodeAt(at) === SPACE) at += 1;
  const code = text.charCodeAt(at);
  if ((code !== BACKTICK && code !== TILDE) || at - from > 3) return null;
  return FENCE.exec(text.slice(from, end));
}

/** A fence that is never closed hides nothing: in a commit message it is a slip, in an attack a cover. */
export function passFence(
  [, ticks = "", rest = ""]: RegExpExecArray,
  open: Fence | null,
  lines: unknown[],
): Fence | null {
  if (open === null) return { ticks, before: lines.length };
  if (!ticks.startsWith(open.ticks) || rest.trim() !== "") return open;
  lines.length = open.before;
  return null;
}
