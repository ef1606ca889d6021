import { createDetector, type Detector, type DetectorOptions } from "../provenance/detector.ts";
import type { Policy } from "./policy.ts";

/** The detector that a policy asks for: the catalogue with its own tools, agents and automation. */
export function createPolicyDetector(
  { signals, agents, notAi, weakPairs }: Policy["detect"],
  options: Pick<DetectorOptions, "cacheIdentities" | "known"> = {},
): Detector {
  return createDetector({ ...options, tools: signals, agents, notAi, weakPairDecides: weakPairs });
}
