import { nodeId } from "../../shapes/links.ts";
import type { Label } from "../../world/model.ts";
import type { Node } from "../context.ts";

export function label({ id, name, color, description }: Label): Node {
  return { __typename: "Label", id: nodeId("Label", id), name, color, description };
}
