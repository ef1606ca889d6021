import type { Json, LinkedEntry } from "../../../ledger/entry.ts";
import { changeIn } from "../population/change.ts";
import { exceptionsOf } from "../population/exceptions.ts";
import type { ToldEntry } from "./told.ts";
import { fieldsOf } from "./words.ts";

/** What is asked for; what is left out is asked of nobody. */
export interface Wanted {
  /** Milliseconds since 1970; `until` is the first moment after it. */
  readonly from?: number;
  readonly until?: number;
  /** `owner/name`, in whichever case. */
  readonly repository?: string;
  readonly pull?: number;
  readonly kinds?: readonly string[];
  /** A login in whichever case, or GitHub's numeric id. */
  readonly person?: string;
  /** The name of an area, in whichever case. */
  readonly area?: string;
  /** Only what is not as the policy wants it. */
  readonly exceptions?: boolean;
}

export function isWanted(linked: LinkedEntry, entry: ToldEntry, wanted: Wanted): boolean {
  const at = Date.parse(entry.at);
  if (wanted.from !== undefined && at < wanted.from) return false;
  if (wanted.until !== undefined && at >= wanted.until) return false;
  if (wanted.repository !== undefined && !isSame(entry.repository, wanted.repository)) return false;
  if (wanted.pull !== undefined && entry.pull !== wanted.pull) return false;
  if (wanted.kinds !== undefined && !wanted.kinds.includes(entry.kind)) return false;
  if (wanted.person !== undefined && !names(entry.data, wanted.person)) return false;
  if (wanted.area !== undefined && !concerns(entry.data, wanted.area)) return false;
  return wanted.exceptions !== true || isException(linked);
}

function isSame(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

const LOGINS: ReadonlySet<string> = new Set(["login", "by", "writtenBy", "signedBy", "refusedBy"]);

/** Whether the data name a person, wherever in them. */
function names(data: Json, person: string): boolean {
  const found = (json: Json, isLogin: boolean): boolean => {
    if (typeof json === "string") return isLogin && isSame(json, person);
    if (Array.isArray(json)) return (json as readonly Json[]).some((one) => found(one, isLogin));
    if (json === null || typeof json !== "object") return false;
    const fields = fieldsOf(json);
    if ("login" in fields && String(fields.id) === person) return true;
    return Object.entries(fields).some(([name, one]) => one !== undefined && found(one, LOGINS.has(name)));
  };
  return found(data, false);
}

const AREAS: ReadonlySet<string> = new Set(["area", "areas", "name"]);
const REQUIREMENTS: ReadonlySet<string> = new Set(["requirement", "id", "passedOver"]);

/** Whether the data are about an area, wherever in them. The id of a requirement begins with its area. */
function concerns(data: Json, area: string): boolean {
  const wanted = area.toLowerCase();
  const found = (json: Json, name: string): boolean => {
    if (typeof json === "string") {
      const told = json.toLowerCase();
      if (AREAS.has(name)) return told === wanted;
      if (!REQUIREMENTS.has(name)) return false;
      return told.startsWith(`${wanted}: `) || told.startsWith(`${wanted} (observed): `);
    }
    if (Array.isArray(json)) return (json as readonly Json[]).some((one) => found(one, name));
    return Object.entries(fieldsOf(json)).some(([field, one]) => one !== undefined && found(one, field));
  };
  return found(data, "");
}

const ALWAYS: ReadonlySet<string> = new Set(["bypass", "override", "follow-up", "refusal"]);

function isException(linked: LinkedEntry): boolean {
  if (ALWAYS.has(linked.entry.kind)) return true;
  const change = changeIn(linked);
  return change === "unreadable" || (change !== null && exceptionsOf(change).length > 0);
}
