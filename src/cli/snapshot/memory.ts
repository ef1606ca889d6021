import type { MemoryReader } from "../../store/memory.ts";
import { type OrFailed, type StorePlace, withStore } from "../app-store.ts";
import { type Known, NOTHING_KNOWN, type PullName } from "../simulate/read.ts";

/** Does the work with what the App remembers of a pull request. Throws a `Failure` when its store cannot be read. */
export async function withMemory<Result>(
  pull: PullName,
  place: StorePlace,
  work: (known: Known) => Promise<Result>,
): Promise<Result> {
  return withStore(place, async (reader, orFailed) => work(await orFailed(knownTo(reader, pull, orFailed))));
}

async function knownTo(
  reader: MemoryReader,
  { owner, repo, number }: PullName,
  orFailed: OrFailed,
): Promise<Known> {
  const repository = await reader.find(owner, repo);
  if (repository === null) return NOTHING_KNOWN;
  return {
    memory: await reader.remember(repository, number),
    recall: (shas) => orFailed(reader.recall(repository, shas)),
    recallSameContent: (digest) => orFailed(reader.recallSameContent(repository, digest)),
  };
}
