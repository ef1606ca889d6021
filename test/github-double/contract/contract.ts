import type { ErrorObject } from "ajv";
import { validator } from "./compiled.ts";
import {
  componentSchema,
  isInContract,
  operationNamed,
  payloadSchema,
  requestSchema,
  responseSchemas,
  type Schema,
} from "./openapi.ts";

/** What is wrong with an answer by the published description; `null` when nothing is. */
export function responseProblem(operation: string, status: number, body: unknown): string | null {
  const described = operationNamed(operation);
  if (!described) return `${operation}: the contract has no such operation`;
  const schemas = responseSchemas(described, status);
  if (schemas === undefined) {
    if (status < 400) return `${operation}: ${status} is not a documented answer`;
    return problem(`error ${status}`, [componentSchema("basic-error")], body);
  }
  if (schemas.length === 0 && (status >= 400 || body === undefined)) return null;
  const found = problem(`${operation} ${status}`, schemas, body);
  return found === null ? null : `${operation} ${status}: ${found}`;
}

/** What GitHub would refuse about a request body; `null` when it is fine or not described. */
export function requestProblem(operation: string, body: unknown): string | null {
  const described = operationNamed(operation);
  const schema = described ? requestSchema(described) : undefined;
  return schema ? problem(`${operation} request`, [schema], body ?? {}) : null;
}

/** What is wrong with the payload of a webhook; `null`: nothing, or GitHub describes no such event. */
export function payloadProblem(event: string, action: string | null, payload: unknown): string | null {
  if (!isInContract(event)) return `${event}: the contract leaves it out`;
  const name = action === null ? event : `${event}.${action}`;
  const schema = payloadSchema(name.replace(/[_.]/g, "-"));
  const found = schema ? problem(`webhook ${name}`, [schema], payload) : null;
  return found === null ? null : `${name}: ${found}`;
}

function problem(key: string, schemas: readonly Schema[], body: unknown): string | null {
  const problems = schemas.map((schema, index) => {
    const validate = validator(`${key} ${index}`, schema);
    return validate(body) ? null : describe(validate.errors ?? []);
  });
  return problems.includes(null) ? null : (problems[0] ?? null);
}

function describe(errors: readonly ErrorObject[]): string {
  const lines = errors.map(({ instancePath, message, params }) => {
    const detail = "allowedValues" in params ? ` (${String(params.allowedValues)})` : "";
    return `${instancePath || "body"} ${message ?? "is wrong"}${detail}`;
  });
  return [...new Set(lines)].slice(0, 8).join("; ");
}
