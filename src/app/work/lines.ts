import { inOrder } from "../../signoff/line-order.ts";
import type { RecordedPlace } from "../../store/time.ts";
import type { Work } from "./head-work.ts";

/**
 * Whoever leaves a line makes room: those who come next are judged, so that their owners are asked. That a pull request
 * was closed is heard by its event before its head is judged.
 */
export async function askNextInLine({ store, repository, task, findings, clock }: Work): Promise<void> {
  const { judged, ungoverned } = findings;
  const mayHaveLeft =
    judged.length === 0 || judged.some(({ verdict }) => verdict.toRecord.lines !== undefined);
  if (!mayHaveLeft && ungoverned.length === 0) return;
  // Whatever became of those of this head, doing it once more makes no room.
  const own = new Set([...task.pulls, ...judged.map(({ pull }) => pull)]);
  const next = toAsk(await store.linePlaces(repository)).filter((pull) => !own.has(pull));
  for (const pull of next) {
    const { headSha } = await store.remember(repository, pull);
    if (headSha === null) continue;
    await store.enqueue([{ kind: "head", headSha, pulls: [pull], ...repository }], "direct", clock.now());
  }
}

/** Pull requests about which nobody is asked yet, though there is room before them. */
export function toAsk(places: readonly RecordedPlace[]): readonly number[] {
  const byArea = Map.groupBy(places, ({ area }) => area);
  const next = [...byArea.values()].flatMap((line) =>
    inOrder(line)
      .filter(({ asked, most }, index) => !asked && index < most)
      .map(({ pull }) => pull),
  );
  return [...new Set(next)];
}
