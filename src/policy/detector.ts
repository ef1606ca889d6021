import { createDetector, type Detector } from "../provenance/detector.ts";
import type { Policy } from "./policy.ts";

/** The detector that a policy asks for: the catalogue with its own tools, agents and automation. */
export function createPolicyDetector({ signals, agents, notAi, weakPairs }: Policy["detect"]): Detector {
  return createDetector({ tools: signals, agents, notAi, weakPairDecides: weakPairs });
}
