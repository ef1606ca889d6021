import type { IncomingMessage } from "node:http";
import type { Hono } from "hono";
import { LIMITS } from "../../policy/limits.ts";
import { type Answer, problem } from "../intake/answer.ts";
import { readBody } from "../intake/body.ts";
import type { Sender } from "../intake/sender.ts";
import type { Otherwise } from "../intake/server.ts";
import type { Clock } from "../operation/clock.ts";
import { Rate } from "./rate.ts";

/** Pages that are made at the same time, and in a second. What is beyond is refused at once: deliveries go first. */
const AT_ONCE = 16;
const PAGES = { burst: 100, perSecond: 50 } as const;

/** When it is said that there is nothing, for whatever reason: so that the time does not tell. */
export const NOTHING_AFTER_MS = 1_000;

/** The longest config, with every character written as in a form. */
const MOST_BYTES = LIMITS.fileLength * 12 + 1_024;

const BUSY: Answer = {
  ...problem(503, "too many pages at once; try again in a moment"),
  headers: { "retry-after": "2", connection: "close" },
};

interface AnsweringPorts {
  readonly routes: Pick<Hono, "fetch">;
  /** Where people reach the pages. */
  readonly url: string;
  readonly clock: Clock;
}

/** Answers by pages, at most so many at once. */
export function pageAnswers({ routes, url, clock }: AnsweringPorts): Otherwise {
  let inWork = 0;
  const pages = new Rate({ ...PAGES, now: clock.now });
  const answered = async (asked: Request): Promise<Answer> => {
    if (inWork >= AT_ONCE) return BUSY;
    inWork += 1;
    try {
      return await toAnswer(await routes.fetch(asked));
    } finally {
      inWork -= 1;
    }
  };
  return async (request, sender) => {
    if (!pages.take("")) return BUSY;
    const asked = await askedOf(request, sender, url);
    if (!(asked instanceof Request)) return asked;
    const began = clock.now().getTime();
    const answer = await answered(asked);
    if (answer.status === 404) {
      const left = began + NOTHING_AFTER_MS - clock.now().getTime();
      await clock.sleep(left, new AbortController().signal);
    }
    return answer;
  };
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);

/** Or the refusal of what is no request of a browser's. */
async function askedOf(request: IncomingMessage, sender: Sender, url: string): Promise<Request | Answer> {
  const { method = "GET", url: path = "/" } = request;
  if (!METHODS.has(method)) return { ...problem(405, "use GET"), headers: { allow: "GET, HEAD, POST" } };
  const address = `${url}${path}`;
  if (!path.startsWith("/") || path.startsWith("//") || !URL.canParse(address))
    return problem(400, "no address of a page");
  const body = method === "POST" ? await textOf(request, sender) : null;
  if (body !== null && typeof body !== "string") return body;
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const text = request.headers[name];
    if (typeof text === "string") headers.set(name, text);
  }
  return new Request(address, { method, headers, ...(body !== null && { body }) });
}

/** No page reads anything else. */
const PASSED_ON = ["cookie", "origin", "content-type"] as const;

async function textOf(request: IncomingMessage, sender: Sender): Promise<string | Answer> {
  const body = await readBody(request, { maxBytes: MOST_BYTES, sender });
  if (typeof body !== "string") return body.take();
  if (body === "too-large") return problem(413, "larger than any form of ours");
  return { ...problem(400, "in too many pieces, or too slow"), headers: { connection: "close" } };
}

async function toAnswer(response: Response): Promise<Answer> {
  const cookies = response.headers.getSetCookie();
  const others = [...response.headers].filter(([name]) => name !== "set-cookie");
  return {
    status: response.status,
    headers: { ...Object.fromEntries(others), ...(cookies.length > 0 && { "set-cookie": cookies }) },
    text: await response.text(),
  };
}
