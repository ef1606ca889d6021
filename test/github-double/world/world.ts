import { apps } from "./apps.ts";
import { autoMerging } from "./auto-merge.ts";
import { checks } from "./checks.ts";
import { comments } from "./comments.ts";
import { issues } from "./issues.ts";
import { merging } from "./merging.ts";
import { misreports } from "./misreports.ts";
import { names } from "./names.ts";
import { people } from "./people.ts";
import { pulls } from "./pulls.ts";
import { queues } from "./queue.ts";
import { repositories } from "./repositories.ts";
import { reviews } from "./reviews.ts";
import { rulesets } from "./rulesets.ts";
import type { State } from "./state.ts";
import { workflows } from "./workflows.ts";

/** Everything somebody can do on GitHub, as far as the gate can notice. */
export type World = ReturnType<typeof worldOver>;

export function worldOver(state: State) {
  return {
    ...people(state),
    ...apps(state),
    ...repositories(state),
    ...pulls(state),
    ...issues(state),
    ...comments(state),
    ...reviews(state),
    ...checks(state),
    ...rulesets(state),
    ...merging(state),
    ...autoMerging(state),
    ...queues(state),
    ...names(state),
    ...workflows(state),
    ...misreports(),
  };
}
