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

const refusal: Trouble = ({ double, refusals }, { a }) => {
  const times = 1 + (a % 3);
  refusals.left += times;
  const strikes = ({ path }: SeenRequest) => {
    if (path.includes("/app")) return false;
    refusals.left -= 1;
    return true;
  };
  double.faults.refuse(strikes, 502, { times });
  return `GitHub answers ${times} requests with 502`;
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

/** Whether GitHub refuses whatever is written next, so that a pass in doubt has to stand. */
export function refusesAll({ double: { limits }, installation, refusals }: Shop): boolean {
  const isUsedUp = RESOURCES.every((resource) => !limits.allows(whoIs(installation), resource));
  return refusals.left > 0 || isUsedUp;
}

/** Ends them all. */
export function relieve({ double, installation, refusals }: Shop): void {
  double.faults.clear();
  refusals.left = 0;
  for (const resource of RESOURCES) double.limits.refill(installation, resource);
}

function isWrite({ method, operation, body }: SeenRequest): boolean {
  if (operation !== "POST /graphql") return method !== "GET" && !operation.includes("access_tokens");
  return JSON.stringify(body).includes("mutation");
}
