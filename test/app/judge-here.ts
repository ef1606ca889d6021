import { judgementOf } from "../../src/app/judging/judgement.ts";
import type { Judged } from "../../src/app/judging/judges.ts";
import { rememberPolicies } from "../../src/policy/remembered.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";

const resolve = rememberPolicies();

/** Judges where it is called, for tests that are about something else. */
export async function judgeHere(snapshot: Snapshot): Promise<Judged> {
  return { status: "judged", ...judgementOf(snapshot, resolve) };
}
