import { describe, expect } from "@jest/globals";
import { row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { readDeliveries } from "../gate/way.ts";
import type { RawResponse } from "../github-double/faults.ts";

readDeliveries();

const LIST = "GET /app/hook/deliveries";
const ONE = "GET /app/hook/deliveries/{delivery_id}";
const BAD_GATEWAY: RawResponse = { status: 502, body: { message: "Bad Gateway" } };

type Answer = RawResponse | "drop" | ((real: RawResponse) => RawResponse);

const FAULTS: readonly (readonly [string, string, Answer])[] = [
  ["the list is refused", LIST, BAD_GATEWAY],
  ["the list is lost on its way", LIST, "drop"],
  ["the list comes empty once", LIST, (real) => ({ ...real, body: [] })],
  [
    "GitHub says to wait",
    LIST,
    {
      status: 403,
      body: { message: "You have exceeded a secondary rate limit." },
      headers: { "retry-after": "20" },
    },
  ],
  ["the delivery itself is refused", ONE, BAD_GATEWAY],
  ["the delivery itself is lost on its way", ONE, "drop"],
  ["the delivery itself is not found at first", ONE, { status: 404, body: { message: "Not Found" } }],
  [
    "the delivery comes without its payload",
    ONE,
    (real) => changed(real, { request: { headers: {}, payload: null } }),
  ],
  ["another delivery comes in its place", ONE, (real) => changed(real, { guid: "another" })],
];

function changed(real: RawResponse, fields: object): RawResponse {
  const body: unknown = JSON.parse(String(real.body));
  return { ...real, body: { ...(typeof body === "object" ? body : {}), ...fields } };
}

const conclusionOf = (gate: Gate, pull: ReturnType<Gate["kirosChange"]>) => gate.shown(pull)?.conclusion;

describe("The machine, where deliveries are read from GitHub", () => {
  row.each(FAULTS)(
    "E36",
    "a look fails while an approval is dismissed: %s",
    async (gate, time, _situation, operation, respond) => {
      const pull = gate.kirosChange({ "infra/production/main.tf": null });
      const review = gate.world.review(pull, gate.people.olga, "APPROVED");
      await time.pass(60, () => conclusionOf(gate, pull) === "success");
      expect(conclusionOf(gate, pull)).toBe("success");

      let struck = 0;
      const match = (request: { readonly operation: string }) =>
        request.operation === operation && struck++ === 0;
      gate.double.faults.add({ match, times: 1, respond });
      gate.world.dismiss(pull, review, gate.people.sam, "not any more");
      await time.pass(60, () => conclusionOf(gate, pull) === "action_required");

      expect(struck).toBeGreaterThan(0);
      expect(conclusionOf(gate, pull)).toBe("action_required");
    },
  );
});
