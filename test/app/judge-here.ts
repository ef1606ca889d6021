import { judgementOf } from "../../src/app/judging/judgement.ts";
import type { Judged } from "../../src/app/judging/judges.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";

/** Judges where it is called, for tests that are about something else. */
export async function judgeHere(snapshot: Snapshot): Promise<Judged> {
  return { status: "judged", ...judgementOf(snapshot) };
}
