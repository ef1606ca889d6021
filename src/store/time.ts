import type { LinePlace } from "../signoff/time-facts.ts";
import type { RepositoryRef } from "./repository.ts";

/** A place in a line as it was recorded last. */
export interface RecordedPlace extends LinePlace {
  /** Its owners are asked about it. */
  readonly asked: boolean;
  /** About how many changes they are asked at once. */
  readonly most: number;
}

/** What a delivery tells of an open pull request. */
export interface HeardTime {
  readonly pull: number;
  /** Ids of the people whose reviews it waits for; left out where that is not told. */
  readonly waitsFor?: readonly number[];
  /** Its author pushed or replied. */
  readonly active?: true;
  /** It was closed: nothing of it is kept. */
  readonly closed?: true;
}

/** What people have before them. */
export interface TimeMemory {
  /** All places in the lines of the repository. */
  linePlaces(repository: RepositoryRef): Promise<readonly RecordedPlace[]>;
  /** How many reviews wait for each person in the other repositories of the installation, by account id. */
  loadElsewhere(repository: RepositoryRef): Promise<Readonly<Record<number, number>>>;
  /** The pull request holds no place any more. */
  leaveLines(repository: RepositoryRef, pull: number): Promise<void>;
  /** These are the open pull requests: what was kept of others is not kept any more. */
  keepTimeOf(repository: RepositoryRef, open: readonly number[]): Promise<void>;
}
