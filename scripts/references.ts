import * as z from "zod";
import { humanReview, PREDICATE_TYPE } from "../src/attestation/human-review.ts";
import { CONFIG_JSON_SCHEMA } from "../src/policy/keys/json-schema.ts";
import { alertsTable } from "./alerts-table.ts";
import { architecturePage } from "./architecture/page.ts";
import { attacksTable } from "./attacks-table.ts";
import { configReference } from "./config-reference.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { hazardsReference } from "./hazards-reference.ts";
import { operationPage } from "./order-of-work.ts";
import { problemsReference } from "./problems-reference.ts";
import { provenanceReference } from "./provenance-reference.ts";

/** What is made from the sources as they run. */
export const REFERENCES: readonly GeneratedFile[] = [
  { file: "schema.json", make: () => `${JSON.stringify(CONFIG_JSON_SCHEMA, null, 2)}\n` },
  { file: "docs/human-review-v1.schema.json", make: humanReviewSchema },
  { file: "docs/config.md", make: configReference },
  { file: "docs/attacks.md", make: attacksTable },
  { file: "docs/hazards.md", make: hazardsReference },
  { file: "docs/problems.md", make: problemsReference },
  { file: "docs/operate.md", make: alertsTable },
  { file: "ARCHITECTURE.md", make: architecturePage },
  { file: "docs/operate.md", make: operationPage },
  { file: "docs/provenance.md", make: provenanceReference },
];

/** Of the predicate of what the App signs. */
function humanReviewSchema(): string {
  const schema = { title: PREDICATE_TYPE, ...z.toJSONSchema(humanReview) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
