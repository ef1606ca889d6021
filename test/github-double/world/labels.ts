import type { Label, Repository } from "./model.ts";
import type { State } from "./state.ts";

/** GitHub's colour for a label that appears by being used. */
const NEW_LABEL_COLOR = "ededed";

export function addLabel(state: State, repo: Repository, given: Omit<Label, "id">): Label {
  const label = { ...given, id: state.nextId() };
  repo.labels.set(label.name.toLowerCase(), label);
  return label;
}

export function labelNamed(state: State, repo: Repository, name: string): Label {
  const known = repo.labels.get(name.toLowerCase());
  return known ?? addLabel(state, repo, { name, color: NEW_LABEL_COLOR, description: "" });
}
