import type { IncomingMessage } from "node:http";
import { loadPolicyFile } from "../../policy/file/load.ts";
import { LIMITS } from "../../policy/limits.ts";
import type { Problem } from "../../policy/problem.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { discardBody, readBody } from "./body.ts";

/** What is wrong with a config; the same document as `countersign validate --json` gives for one file. */
interface Validation {
  readonly version: 1;
  readonly valid: boolean;
  readonly problems: readonly Problem[];
}

/** The answer to `POST /api/validate`. */
export interface ValidationAnswer {
  /** 200 for a config that is valid, 422 for one that is not. */
  readonly status: 200 | 413 | 422;
  readonly contentType: "application/json";
  readonly text: string;
}

/** No character takes more bytes, so that every file the policy would read is told what is wrong with it. */
const BYTES_PER_CHARACTER = 4;
const MAX_BYTES = LIMITS.fileLength * BYTES_PER_CHARACTER;

/**
 * Says what is wrong with the config in the body, as YAML, whatever its content type. Anybody may ask: nothing is
 * read but the body, and nothing is kept of it.
 */
export async function validateConfig(request: IncomingMessage): Promise<ValidationAnswer> {
  const text = await readBody(request, MAX_BYTES);
  if (text === null) {
    discardBody(request);
    return answer(413, { error: `larger than any config: ${LIMITS.fileLength} characters are allowed` });
  }
  const { config, problems, remarks } = loadPolicyFile(text, CONFIG_PATH);
  const validation: Validation = { version: 1, valid: config !== null, problems: [...problems, ...remarks] };
  return answer(validation.valid ? 200 : 422, validation);
}

function answer(status: ValidationAnswer["status"], document: object): ValidationAnswer {
  return { status, contentType: "application/json", text: `${JSON.stringify(document)}\n` };
}
