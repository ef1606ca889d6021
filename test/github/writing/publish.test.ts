import { describe, expect, test } from "@jest/globals";
import { GitHubProblem, GitHubUnavailable } from "../../../src/github/client/errors.ts";
import type { ExistingCheckRun } from "../../../src/github/reading/head.ts";
import type { Annotation, CheckReport } from "../../../src/github/writing/check-plan.ts";
import { withdraw } from "../../../src/github/writing/withdraw.ts";
import { nock } from "../../nock.ts";
import { REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";
import { HEAD } from "../stubbed-github.ts";
import { annotations, check, writing } from "./writes.ts";

interface Write {
  readonly asked: string;
  readonly body: Record<string, unknown>;
}

function report(count = 0): CheckReport {
  return { title: "2 of 3 countersigned", summary: "s", text: "t", annotations: annotations(count) };
}

/** Accepts writes of check runs; the first run made is 11. */
function writes(): Write[] {
  const made: Write[] = [];
  let id = 10;
  const scope = nock("https://api.github.com").persist();
  for (const method of ["POST", "PATCH"])
    scope
      .intercept(/check-runs/, method)
      .optionally()
      .reply(async (request: Request) => {
        const { pathname } = new URL(request.url);
        made.push({ asked: `${method} ${pathname}`, body: JSON.parse(await request.text()) });
        if (method === "POST") id += 1;
        const answered = method === "POST" ? id : Number(pathname.split("/").at(-1));
        return [200, JSON.stringify({ id: answered }), { "content-type": "application/json" }];
      });
  return made;
}

const publish = async (existing: ExistingCheckRun | null, given: CheckReport, detailsUrl?: string) => {
  const told = detailsUrl === undefined ? {} : { detailsUrl };
  const { run } = await writing({ check: check({ existing, report: given, ...told }) });
  if (run === null) throw new Error("no check was written");
  return run;
};

const CREATE = "POST /repos/acme/shop/check-runs";
const PATCH = "PATCH /repos/acme/shop/check-runs/11";

function sent({ body }: Write): number {
  return (body.output as { annotations?: unknown[] }).annotations?.length ?? 0;
}

describe("the one check run of a head commit", () => {
  test("is created if there is none", async () => {
    const made = writes();
    expect(await publish(null, report(1), "https://example.com/7")).toMatchObject({ id: 11 });
    expect(made).toEqual([
      {
        asked: CREATE,
        body: {
          name: "countersign",
          head_sha: HEAD,
          status: "completed",
          conclusion: "action_required",
          external_id: expect.any(String),
          details_url: "https://example.com/7",
          output: {
            title: "2 of 3 countersigned",
            summary: "s",
            text: "t",
            annotations: [
              {
                path: "infra/main.tf",
                start_line: 1,
                end_line: 1,
                annotation_level: "warning",
                title: "destructive",
                message: "line 0",
              },
            ],
          },
        },
      },
    ]);
  });

  test("is updated if there is one", async () => {
    const made = writes();
    const run = await publish(null, report());
    expect(await publish(run, report())).toEqual(run);
    expect(made.map(({ asked }) => asked)).toEqual([CREATE, PATCH]);
    expect(made[1]?.body).not.toHaveProperty("name");
  });

  test("says the same annotations only once, because GitHub appends them", async () => {
    const made = writes();
    const run = await publish(null, report(3));
    await publish(run, report(3));
    expect(made.map(sent)).toEqual([3, 0]);
    expect(made[1]?.asked).toBe(PATCH);
  });

  test("gets annotations later if it had none", async () => {
    const made = writes();
    await publish(await publish(null, report(0)), report(2));
    expect(made.map(({ asked }) => asked)).toEqual([CREATE, PATCH]);
    expect(made.map(sent)).toEqual([0, 2]);
  });

  test.each([
    ["other ones", 2],
    ["none", 0],
  ])("is replaced by a new run if it has annotations and there are %s now", async (_, count) => {
    const made = writes();
    const run = await publish(await publish(null, report(3)), report(count));
    expect(made.map(({ asked }) => asked)).toEqual([CREATE, CREATE]);
    expect(run.id).toBe(12);
  });

  test("sends fifty annotations at a time", async () => {
    const made = writes();
    await publish(null, report(120));
    expect(made.map(({ asked }) => asked)).toEqual([CREATE, PATCH, PATCH]);
    expect(made.map(sent)).toEqual([50, 50, 20]);
  });

  test("is replaced if its annotations were not all sent", async () => {
    const made = writes();
    await publish(null, report(60));
    const interrupted = made[0]?.body.external_id;
    await publish({ id: 11, nodeId: null, externalId: String(interrupted) }, report(60));
    expect(made.map(({ asked }) => asked)).toEqual([
      CREATE,
      PATCH,
      CREATE,
      "PATCH /repos/acme/shop/check-runs/12",
    ]);
  });

  test("without an external id is updated, and replaced once there is something to annotate", async () => {
    const made = writes();
    const run = { id: 11, nodeId: null, externalId: null };
    expect(await publish(run, report(0))).toEqual(run);
    expect(made[0]?.body).not.toHaveProperty("external_id");
    expect(await publish(run, report(1))).toMatchObject({ id: 11, externalId: expect.any(String) });
    expect(made.map(({ asked }) => asked)).toEqual([PATCH, CREATE]);
  });

  test("is written even if the report exceeds GitHub's limit", async () => {
    const made = writes();
    const long = "x".repeat(70_000);
    const [annotation] = annotations(1);
    if (annotation === undefined) throw new Error("no annotation");
    const annotated = [{ ...annotation, title: long, message: long }];
    await publish(null, { title: "t", summary: long, text: long, annotations: annotated });
    const output = made[0]?.body.output as { summary: string; text: string; annotations: Annotation[] };
    expect([output.summary.length, output.text.length]).toEqual([65_535, 65_535]);
    expect(output.summary).toMatch(/x…$/);
    expect(output.annotations[0]?.title).toHaveLength(255);
    expect(output.annotations[0]?.message.length).toBeLessThanOrEqual(65_535);
  });

  test("is withdrawn to a state that blocks", async () => {
    const made = writes();
    await withdraw(client(), {
      repository: REPOSITORY,
      repositoryNodeId: "R_1",
      headSha: "a".repeat(40),
      name: "countersign",
      checkRunId: 11,
      checkNodeId: "CR_11",
      inGroup: false,
      appId: 1,
      reason: "A review was dismissed.",
    });
    expect(made).toEqual([
      {
        asked: PATCH,
        body: {
          status: "completed",
          conclusion: "action_required",
          output: { title: "Being checked again", summary: "A review was dismissed.", text: "" },
        },
      },
    ]);
  });
});

describe("what GitHub rejects", () => {
  const answering = (status: number, message: string, headers = {}) =>
    nock("https://api.github.com")
      .post("/repos/acme/shop/check-runs")
      .reply(status, JSON.stringify({ message }), { "content-type": "application/json", ...headers });

  test("a server error is retried", async () => {
    answering(502, "Bad gateway");
    await expect(publish(null, report())).rejects.toMatchObject({
      name: "GitHubUnavailable",
      retryAfterMs: 10_000,
    });
    expect(GitHubUnavailable.name).toBe("GitHubUnavailable");
  });

  test("names a missing permission", async () => {
    answering(403, "Resource not accessible by integration");
    await expect(publish(null, report())).rejects.toMatchObject({
      problem: { code: "github/permission", remedy: expect.stringContaining("Checks: write") },
    });
    expect(GitHubProblem.name).toBe("GitHubProblem");
  });
});
