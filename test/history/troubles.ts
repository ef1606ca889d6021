import type { SeenRequest } from "../github-double/faults.ts";
import { whoIs } from "../github-double/rest/limits.ts";
import type { Choices } from "./acts/choosing.ts";
import type { Shop } from "./shop.ts";

/** Makes something go wrong at GitHub, and says what. */
type Trouble = (shop: Shop, choices: Choices) => string;

const RESOURCES = ["core", "graphql"] as const;

const lostAnswer: Trouble = ({ double }, { a, b }) => {
  const how = b % 2 === 0 ? "drop" : "hang";
  double.faults.loseAnswer(isWrite, { times: 1 + (a % 2), how });
  return `the answer to ${1 + (a % 2)} of the next writes is lost`;
};

const refusal: Trouble = ({ double }, { a }) => {
  double.faults.refuse(({ path }) => !path.includes("/app"), 502, { times: 1 + (a % 3) });
  return `GitHub answers ${1 + (a % 3)} requests with 502`;
};

/** As long as one of the two is left, nothing excuses a pass that stands in doubt. */
const quota: Trouble = ({ double, installation }, { a }) => {
  const used = a % 2 === 0 ? "graphql" : "core";
  double.limits.exhaust(installation, used);
  return `the quota of ${used === "core" ? "REST" : "GraphQL"} is used up`;
};

const bothQuotas: Trouble = ({ double, installation }) => {
  for (const resource of RESOURCES) double.limits.exhaust(installation, resource);
  return "both quotas are used up";
};

export const TROUBLES = { lostAnswer, refusal, quota, bothQuotas } as const;

export type TroubleName = keyof typeof TROUBLES;

/** Whether nothing can be written after this, so that a pass in doubt may stand. */
export function makesMute({ double: { limits }, installation }: Shop, trouble: TroubleName): boolean {
  const isUsedUp = RESOURCES.every((resource) => !limits.allows(whoIs(installation), resource));
  return trouble === "refusal" || isUsedUp;
}

/** Ends them all. */
export function relieve({ double, installation }: Shop): void {
  double.faults.clear();
  for (const resource of RESOURCES) double.limits.refill(installation, resource);
}

function isWrite({ method, operation, body }: SeenRequest): boolean {
  if (operation !== "POST /graphql") return method !== "GET" && !operation.includes("access_tokens");
  return JSON.stringify(body).includes("mutation");
}
