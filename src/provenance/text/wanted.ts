import { FOREIGN, type Starts, startOf, startOfNormal } from "./line-starts.ts";
import { normalise } from "./normalise.ts";
import { isWrapped, unwrapped } from "./wrapping.ts";

/** Which lines are worth reading: those that begin so, and those that hold a link to a host that begins so. */
export interface Wanted {
  readonly starts: Starts;
  readonly hosts: Starts;
}

/** Whether the line from an offset to another, which starts so, is worth reading. */
export type Choice = (from: number, end: number, start: number) => boolean;

export const everyLine: Choice = () => true;

export function chooser(text: string, { starts, hosts }: Wanted): Choice {
  const links = linksTo(hosts, text);
  let next = 0;
  return (from, end, start) => {
    while ((links[next] ?? end) < from) next += 1;
    if ((links[next] ?? end) < end) return true;
    if (starts.has(start)) return true;
    const wrapped = isWrapped(text, from);
    if (start !== FOREIGN && !wrapped) return false;
    const head = normalise(text.slice(from, Math.min(end, from + (wrapped ? WRAPPED_HEAD : HEAD))));
    return starts.has(startOfNormal(wrapped ? unwrapped(head) : head));
  };
}

/** As much of a line as tells how it begins, also behind what it is wrapped in. */
const HEAD = 64;
const WRAPPED_HEAD = 256;

const SCHEME_END = "://";

/** Where links to wanted hosts stand. */
function linksTo(hosts: Starts, text: string): readonly number[] {
  const links: number[] = [];
  for (let at = text.indexOf(SCHEME_END); at >= 0; at = text.indexOf(SCHEME_END, at + 1)) {
    const host = at + SCHEME_END.length;
    if (hosts.has(startOf(text, text.startsWith("www.", host) ? host + 4 : host))) links.push(at);
  }
  return links;
}
