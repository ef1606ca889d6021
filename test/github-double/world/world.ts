import { apps } from "./apps.ts";
import { checks } from "./checks.ts";
import { merging } from "./merging.ts";
import { people } from "./people.ts";
import { pulls } from "./pulls.ts";
import { queues } from "./queue.ts";
import { repositories } from "./repositories.ts";
import { reviews } from "./reviews.ts";
import type { State } from "./state.ts";

/** Everything somebody can do on GitHub, as far as the gate can notice. */
export type World = ReturnType<typeof worldOver>;

export function worldOver(state: State) {
  return {
    ...people(state),
    ...apps(state),
    ...repositories(state),
    ...pulls(state),
    ...reviews(state),
    ...checks(state),
    ...merging(state),
    ...queues(state),
  };
}
