import type { EntryKind } from "../../ledger/entry.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { TimeVerdict } from "../../signoff/time-verdict.ts";
import type { Countersignature, JudgedHazard, LiftedMark, Override, Verdict } from "../../signoff/verdict.ts";
import type { LedgerEntry } from "../../store/ledger.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { JudgedPull } from "./judge-head.ts";
import { basisOf } from "./verdict-basis.ts";

export interface Occasion {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly at: Date;
}

/**
 * What the ledger keeps of judging a head: new evidence always, verdicts with people's words when published. `checks`
 * names the checks of branch patterns that speak of a pull request.
 */
export function ledgerEntries(
  { repository, headSha, at }: Occasion,
  judged: readonly JudgedPull[],
  checks: (pull: number) => readonly string[] = () => [],
): { readonly evidence: readonly LedgerEntry[]; readonly verdicts: readonly LedgerEntry[] } {
  const entry = (pull: number, kind: EntryKind, data: object, happenedAt?: string): LedgerEntry => ({
    ...{ at: at.toISOString(), repository, pull, headSha, kind, data },
    ...(happenedAt !== undefined && { happenedAt }),
  });
  return {
    evidence: judged.flatMap(({ pull, verdict }) =>
      verdict.toRecord.evidence.map((evidence) => entry(pull, "evidence", evidence)),
    ),
    verdicts: judged.flatMap(({ pull, verdict, snapshot }) => [
      entry(pull, "verdict", {
        ...essence(verdict),
        ...named(checks(pull)),
        ...(snapshot && { basis: basisOf(snapshot, verdict) }),
      }),
      ...signatures(verdict, snapshot).map((signature) =>
        entry(pull, "countersignature", signature, signature.at),
      ),
      ...answers(verdict).map((answer) => entry(pull, "answer", answer)),
      ...granted(verdict).map((override) => entry(pull, "override", { event: "granted", ...override })),
    ]),
  };
}

function named(checks: readonly string[]): object {
  return checks.length === 0 ? {} : { checks };
}

/** A verdict as an auditor asks for it: what was concluded, for whom it waited, and by what it was held up. */
export function essence({
  conclusion,
  wouldBe,
  provenance,
  requirements,
  problems,
  hazards,
  liftedMarks,
  override,
  freezes,
  time,
}: Verdict): object {
  return {
    conclusion,
    ...(wouldBe && { wouldBe }),
    writer: provenance.writer,
    tools: provenance.tools,
    ...(provenance.declarations.length > 0 && { declarations: provenance.declarations }),
    ...(liftedMarks && { liftedMarks: liftedMarks.map(liftEssence) }),
    requirements: requirements.map(({ requirement, status, countersignatures, refusals }) => ({
      id: requirement.id,
      count: requirement.count,
      status,
      signedBy: countersignatures.map(({ by }) => personOf(by)),
      refusedBy: refusals.map(({ by }) => personOf(by)),
    })),
    ...(hazards.length > 0 && hazardEssence(hazards)),
    ...(override && { override: overrideEssence(override) }),
    ...(freezes && { freezes }),
    ...(time && { time: timeEssence(time) }),
    problems: problems.map(({ code }) => code),
  };
}

function timeEssence({ waits, size, inLine, late }: TimeVerdict): object {
  return {
    ...(waits.length > 0 && { waits }),
    ...(size && { size: { lines: size.lines, most: size.most, need: size.need } }),
    ...(inLine.length > 0 && { inLine: inLine.map(({ area, place }) => ({ area, place })) }),
    ...(late.length > 0 && { late }),
  };
}

function overrideEssence({ status, by, reason, until, passedOver }: Override): object {
  return { status, by: by.map(personOf), reason, until, passedOver: passedOver.map(({ id }) => id) };
}

function liftEssence({ writer, by, reviewId, reason }: LiftedMark): object {
  return { writtenBy: personOf(writer), by: personOf(by), reviewId, reason };
}

/** Numbers tell people apart; the login is as it was seen then. */
function personOf({ id, login }: { readonly id: number; readonly login: string }): object {
  return { id, login };
}

/** How many of each rule asked for countersignatures, and every one that was called a false alarm. */
function hazardEssence(hazards: readonly JudgedHazard[]): object {
  const asking = hazards.filter(({ status: standing }) => standing.kind === "asks");
  const counts = [...Map.groupBy(asking, ({ id }) => id)].map(([id, own]) => [id, own.length]);
  const falseAlarms = answers({ hazards });
  return { hazards: Object.fromEntries(counts), ...(falseAlarms.length > 0 && { falseAlarms }) };
}

/** People's words that a hazard is a false alarm. */
function answers({ hazards }: Pick<Verdict, "hazards">): readonly object[] {
  return hazards.flatMap(({ id, file, line, what, status: standing }) => {
    if (standing.kind !== "answered") return [];
    return [standing, ...standing.others].map(({ by, reviewId, reason }) => {
      return { id, file, line, what, by: personOf(by), reviewId, reason };
    });
  });
}

function granted({ override }: Verdict): readonly object[] {
  return override?.status === "granted" ? [overrideEssence(override)] : [];
}

function signatures(
  { requirements }: Verdict,
  snapshot: Snapshot | null,
): readonly (Countersignature & { readonly requirement: string })[] {
  return requirements.flatMap(({ requirement, countersignatures }) =>
    countersignatures.map((signature) => ({
      requirement: requirement.id,
      ...signature,
      ...(snapshot !== null && { remarked: hasRemarked(snapshot, signature) }),
    })),
  );
}

/** Whether whoever signed had written anything about the change by then. */
function hasRemarked({ reviews, time }: Snapshot, { by, at }: Countersignature): boolean {
  const own = reviews.filter(({ reviewer }) => reviewer?.id === by.id);
  const wrote = own.filter(({ body, remarked }) => body.trim() !== "" || remarked === true);
  const moments = [...wrote.map(({ submittedAt }) => submittedAt), time?.firstComments[by.id] ?? []].flat();
  return moments.some((moment) => Date.parse(moment) <= Date.parse(at));
}
