import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import type { Review, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { TimeFacts } from "../../../src/signoff/time-facts.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import {
  approval,
  file,
  humanChange,
  OLD_HEAD,
  olga,
  policy,
  record,
  recorded,
  review,
  snapshot,
  sven,
} from "../build.ts";
import { at, facts, lastOf, lines, timed, when } from "./build.ts";

/** An area of 200 lines: nobody reads it in less than 100 s. */
const files = [lines("infra/a.tf", 200)];
/** What stood there before. */
const earlier = [lines("infra/a.tf", 5, { contentId: "earlier" })];
const ask = timed({ fastApprovals: "ask" });
const show = timed({ fastApprovals: "show" });

/** Another file has the name of one that was renamed. */
const swapped = (contentId: string) => [
  lines("infra/a.tf", 100, { status: "added", contentId }),
  lines("infra/b.tf", 1, { status: "renamed", previousPath: "infra/a.tf" }),
];

/** Pushed at ten, and seen at once. */
const pushed = (clock: string, more: Partial<Snapshot> = {}, known: Partial<TimeFacts> = {}) =>
  when(at(clock), { files, ...more }, known);
const by = (clock: string, more: Partial<Review> = {}) => approval(olga, { submittedAt: at(clock), ...more });
const opened = (clock: string) => ({ pullRequest: { ...snapshot().pullRequest, writtenAt: at(clock) } });
const requested = (name: string, clock: string, kind: "user" | "team" = "user") => ({
  requests: [{ kind, name, at: at(clock) }],
});

interface Row {
  readonly why: string;
  /** What happens until it is judged, in the order in which the App sees it. */
  readonly moments: readonly Snapshot[];
  /** When an approval counts; `null` where the last one does. */
  readonly from: string | null;
}

describe("an approval of 200 lines counts", () => {
  test.each<Row>([
    {
      why: "after 100 s",
      moments: [pushed("10:00"), pushed("10:02", { reviews: [by("10:01:40")] })],
      from: null,
    },
    {
      why: "not a second earlier",
      moments: [pushed("10:00"), pushed("10:02", { reviews: [by("10:01:39")] })],
      from: "10:01",
    },
    {
      why: "counted from the request, where that came after the push",
      moments: [pushed("10:00"), pushed("10:20", { reviews: [by("10:11")] }, requested("Olga", "10:10"))],
      from: "10:11",
    },
    {
      why: "counted from the request to a team of theirs",
      moments: [
        pushed("10:00"),
        pushed("10:20", { reviews: [by("10:11")] }, requested("sre", "10:10", "team")),
      ],
      from: "10:11",
    },
    {
      why: "whenever others were asked",
      moments: [pushed("10:00"), pushed("10:20", { reviews: [by("10:11")] }, requested("sven", "10:10"))],
      from: null,
    },
    {
      why: "whenever they were asked again, to review it once more",
      moments: [pushed("10:00"), pushed("10:20", { reviews: [by("10:11")] }, requested("olga", "10:12"))],
      from: null,
    },
    {
      why: "counted from the first comment, where that came before the request",
      moments: [
        pushed("10:00"),
        pushed(
          "10:20",
          { reviews: [by("10:11")] },
          { ...requested("olga", "10:10"), firstComments: { 2: at("10:05") } },
        ),
      ],
      from: null,
    },
    {
      why: "counted from the first review, where that came before the request",
      moments: [
        pushed("10:00"),
        pushed(
          "10:20",
          { reviews: [review(olga, "commented", { submittedAt: at("10:04") }), by("10:11")] },
          requested("olga", "10:10"),
        ),
      ],
      from: null,
    },
    {
      why: "counted from the push, where the first comment came before it",
      moments: [
        pushed("09:00", { files: earlier }),
        pushed("10:00", {}, { firstComments: { 2: at("09:30") } }),
        pushed("10:02", { reviews: [by("10:01")] }, { firstComments: { 2: at("09:30") } }),
      ],
      from: "10:01",
    },
    {
      why: "by another person's first comment no earlier",
      moments: [
        pushed("10:00"),
        pushed(
          "10:20",
          { reviews: [by("10:11")] },
          { ...requested("olga", "10:10"), firstComments: { 3: at("10:05") } },
        ),
      ],
      from: "10:11",
    },
    {
      why: "given again by the same person after that time",
      moments: [pushed("10:00"), pushed("10:10", { reviews: [by("10:00:05"), by("10:02")] })],
      from: null,
    },
    {
      why: "not given again before that time",
      moments: [pushed("10:00"), pushed("10:10", { reviews: [by("10:00:05"), by("10:01")] })],
      from: "10:01",
    },
    {
      why: "after a minute at the least, however few lines it is for",
      moments: [
        pushed("10:00", { files: [lines("infra/a.tf", 1)] }),
        pushed("10:02", { files: [lines("infra/a.tf", 1)], reviews: [by("10:00:59")] }),
      ],
      from: "10:01",
    },
    {
      why: "after a minute, where the lines are generated",
      moments: ["10:00", "10:02"].map((clock) =>
        when(
          at(clock),
          { files, ...(clock === "10:02" && { reviews: [by("10:01")] }) },
          { attributes: "*.tf linguist-generated" },
        ),
      ),
      from: null,
    },
    {
      why: "where it was written long before the App first looked",
      moments: [pushed("10:00", { ...opened("08:00"), reviews: [by("09:59")] })],
      from: null,
    },
    {
      why: "not where it came a second after the pull request, and before the App's first look",
      moments: [pushed("10:00", { ...opened("09:59"), reviews: [by("09:59:01")] })],
      from: "10:00",
    },
    {
      why: "not by the age of a pull request that was opened again, with other content, before the App's first look",
      moments: [
        pushed("10:02", { ...opened("08:00"), reviews: [by("10:00:05")] }, { activeAt: at("10:00") }),
      ],
      from: "10:01",
    },
    {
      why: "by the App's first look, whatever its author did since",
      moments: [
        pushed("10:00", opened("08:00"), { activeAt: at("09:00") }),
        pushed("10:10", { ...opened("08:00"), reviews: [by("10:05")] }, { activeAt: at("10:09") }),
      ],
      from: null,
    },
    {
      why: "not where it came before the App saw the content it is for",
      moments: [pushed("09:00", { files: earlier }), pushed("10:00", { reviews: [by("09:59:58")] })],
      from: "10:01",
    },
    {
      why: "not where it was too fast, and other content came between",
      moments: [
        pushed("10:00"),
        pushed("10:01", { reviews: [by("10:00:05")] }),
        pushed("10:02", {
          files: [lines("infra/a.tf", 200, { contentId: "other" })],
          reviews: [by("10:00:05")],
        }),
        pushed("10:03", { reviews: [by("10:00:05")] }),
      ],
      from: "10:04",
    },
    {
      why: "not where another file took the name of one that was renamed meanwhile",
      moments: [
        pushed("10:00", { files: swapped("one") }),
        pushed("10:10", { files: swapped("other") }),
        pushed("10:11", { files: swapped("other"), reviews: [by("10:10:30")] }),
      ],
      from: "10:11",
    },
    {
      why: "kept by a push that leaves the area alone",
      moments: [
        pushed("10:00"),
        pushed("10:10", {
          files: [...files, file("README.md")],
          reviews: [by("10:05", { commitSha: OLD_HEAD, id: 7 })],
          recorded: recorded({
            headMovedAt: at("10:09"),
            approvals: [record(by("10:05", { id: 7 }), files)],
          }),
        }),
      ],
      from: null,
    },
    {
      why: "where the paths of an owner are grouped otherwise than before",
      moments: [
        pushed("10:00", { files: [...files, file("infra/b.tf")] }),
        pushed("10:10", {
          files: [...files, file("infra/b.tf")],
          reviews: [by("10:05")],
          codeowners: { path: "CODEOWNERS", text: "/infra/ @olga\n/infra/b.tf @olga @sven\n" },
        }),
      ],
      from: null,
    },
  ])("$why", ({ moments, from }) => {
    const verdict = lastOf(ask, moments);
    const [requirement] = verdict.requirements;
    const fast = requirement?.ignoredReviews.filter(({ code }) => code === "too-fast") ?? [];
    expect(fast.map(({ sentence }) => / (\d\d:\d\d) UTC\.$/.exec(sentence)?.[1])).toEqual(
      from === null ? [] : [from],
    );
    expect(requirement?.status).toBe(from === null ? "signed" : "waiting");
  });
});

describe("what is shown", () => {
  const fast = [pushed("10:00"), pushed("10:02", { reviews: [by("10:00:30")] })];
  const signed = (verdict: Verdict) => verdict.requirements.map(({ status, fast: many }) => [status, many]);

  test.each<{ why: string; rules: Policy; is: readonly [string, number | undefined] }>([
    { why: "nothing by default", rules: policy(), is: ["signed", undefined] },
    { why: "how many, with show, and it counts", rules: show, is: ["signed", 1] },
  ])("$why", ({ rules, is }) => {
    expect(signed(lastOf(rules, fast))).toEqual([is]);
  });

  test("nothing that cannot be told", () => {
    const untold = [pushed("09:00", { files: earlier }), pushed("10:00", { reviews: [by("09:59:58")] })];
    expect(signed(lastOf(show, untold))).toEqual([["signed", undefined]]);
  });

  test("nothing outside production", () => {
    const outside = { files: [lines("web/a.ts", 900)] };
    const blocking = { ...ask, review: { ...ask.review, block: true } };
    const codeowners = { path: "CODEOWNERS", text: "* @sven\n" };
    const verdict = lastOf(blocking, [
      when(at("10:00"), { ...outside, codeowners }),
      when(at("10:01"), {
        ...outside,
        codeowners,
        reviews: [approval(sven, { submittedAt: at("10:00:01") })],
      }),
    ]);
    expect(signed(verdict)).toEqual([["signed", undefined]]);
  });

  test("no figure of anybody: neither how long it took nor whose it was", () => {
    const text = JSON.stringify(lastOf(show, fast));
    expect(text).toContain('"fast":1');
    expect(text).not.toMatch(/"(took|least|seconds)"/);
    expect(lastOf(show, fast).requirements[0]?.countersignatures[0]).not.toHaveProperty("fast");
  });
});

test("a person's change that needs a signature is looked at like any other", () => {
  const areas = policy().areas.map((area) => ({ ...area, appliesTo: "everyone" as const }));
  const given = (clock: string, more: Partial<Snapshot> = {}) =>
    humanChange({ now: at(clock), files, time: facts(), ...more });
  const verdict = lastOf({ ...ask, areas }, [given("10:00"), given("10:01", { reviews: [by("10:00:05")] })]);
  expect(verdict.requirements[0]?.ignoredReviews.map(({ code }) => code)).toEqual(["too-fast"]);
});
