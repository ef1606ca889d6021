import { keyOf } from "./keeping-lines.ts";
import { PG_HBA, SSHD } from "./settings.ts";

/** Many lines may come, and each is looked for among those before it. */
const LOOKED_AT = 2000;

/** Whether a line does nothing, because an earlier one that stands there decides. */
export function isOverruled(path: string, text: string | null | undefined, line: number): boolean {
  if (typeof text !== "string" || line > LOOKED_AT) return false;
  const lines = text.split("\n", line);
  const own = lines.pop() ?? "";
  if (SSHD.test(path)) return isSetBefore(own, lines);
  return PG_HBA.test(path) && isRefusedBefore(own, lines);
}

/** Of a keyword of SSH the first value counts, but in a block for some of those who sign in. */
function isSetBefore(own: string, lines: readonly string[]): boolean {
  if (lines.some((each) => /^\s*(?:Match|Include)\b/i.test(each))) return false;
  return lines.some((each) => /^\s*\w/.test(each) && keyOf(each) === keyOf(own));
}

const EVERYWHERE = /^\s*host\s+all\s+all\s+(0\.0\.0\.0\/0|::\/0|all)\s+reject\b/;

/** Of the rules of PostgreSQL the first that fits counts. */
function isRefusedBefore(own: string, lines: readonly string[]): boolean {
  if (!/^\s*host/.test(own)) return false;
  const isSix = own.includes("::");
  return lines.some((each) => {
    const from = EVERYWHERE.exec(each)?.[1];
    return from === "all" || from === (isSix ? "::/0" : "0.0.0.0/0");
  });
}
