import type { IncomingMessage } from "node:http";
import { loadPolicyFile } from "../../policy/file/load.ts";
import { LIMITS } from "../../policy/limits.ts";
import type { Problem } from "../../policy/problem.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { type Answer, json, problem } from "./answer.ts";
import { readBody } from "./body.ts";
import type { Sender } from "./sender.ts";

/** What is wrong with a config; the same document as `countersign validate --json` gives for one file. */
interface Validation {
  readonly version: 1;
  readonly valid: boolean;
  readonly problems: readonly Problem[];
}

/** No character takes more bytes, so that every file the policy would read is told what is wrong with it. */
const BYTES_PER_CHARACTER = 4;
const MAX_BYTES = LIMITS.fileLength * BYTES_PER_CHARACTER;

/** Together, whoever asks: reading a config holds up the webhooks. */
const PER_SECOND = 2;
const AT_ONCE = 10;
const TOO_MANY: Answer = {
  ...problem(429, `only ${PER_SECOND} configs a second are read; ask again later`),
  headers: { "retry-after": "1" },
};

/**
 * Says what is wrong with the config in the body, as YAML, whatever its content type. Anybody may ask: nothing is
 * read but the body, and nothing is kept of it.
 */
export function configValidator(now: () => number) {
  let left = AT_ONCE;
  let at = now();
  return async (request: IncomingMessage, sender: Sender): Promise<Answer> => {
    left = Math.min(AT_ONCE, left + ((now() - at) / 1000) * PER_SECOND);
    at = now();
    if (left < 1) return TOO_MANY;
    left -= 1;
    const body = await readBody(request, { maxBytes: MAX_BYTES, sender });
    if (body === "dropped" || body === "fragmented")
      return { ...problem(400, "in too many pieces, or too slow"), headers: { connection: "close" } };
    if (body === "too-large")
      return problem(413, `larger than any config: ${LIMITS.fileLength} characters are allowed`);
    return validation(body.take());
  };
}

function validation(text: string): Answer {
  const { config, problems, remarks } = loadPolicyFile(text, CONFIG_PATH);
  const valid = config !== null;
  const document: Validation = { version: 1, valid, problems: [...problems, ...remarks] };
  return json(valid ? 200 : 422, document);
}
