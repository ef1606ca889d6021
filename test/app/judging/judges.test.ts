import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { platform } from "node:process";
import { expect, test } from "@jest/globals";
import { judgementOf } from "../../../src/app/judging/judgement.ts";
import { Judges } from "../../../src/app/judging/judges.ts";
import {
  type JudgingThread,
  startThread,
  type ThreadResult,
} from "../../../src/app/judging/judging-thread.ts";
import { warmUp } from "../../../src/app/judging/warm-up.ts";
import { resolvePolicy } from "../../../src/policy/resolve.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { file, snapshot } from "../../signoff/build.ts";

test("what is judged before anybody waits is a change like others, judged whole", () => {
  const { verdict, governed } = warmUp();
  expect(governed).toBe(true);
  expect(verdict).toMatchObject({ problems: [], provenance: { writer: "ai" } });
});

const text = (length: number) => "one line of words\n".repeat(length / 18);
const small = snapshot();
const middling = snapshot({ files: [file("docs/words.md", { after: text(50_000), before: "" })] });
const large = snapshot({ files: [file("docs/words.md", { after: text(1_000_000), before: "" })] });

/** Threads that do what a test says, and the time of a test. */
class Stage {
  readonly started: Turn[] = [];
  readonly deadlines: (() => void)[] = [];
  readonly judges = new Judges({
    start: () => this.#start(),
    wait: (_, signal) =>
      new Promise((resolve) => {
        this.deadlines.push(resolve);
        signal.addEventListener("abort", () => resolve());
      }),
  });

  #start(): JudgingThread {
    const turn: Turn = { asked: [], stopped: false };
    this.started.push(turn);
    return {
      judge: (asked) => new Promise((answer) => turn.asked.push({ asked, answer })),
      stop: async () => {
        turn.stopped = true;
      },
    };
  }
}

interface Turn {
  readonly asked: { readonly asked: Snapshot; readonly answer: (result: ThreadResult) => void }[];
  stopped: boolean;
}

const judged = { status: "judged", judgement: judgementOf(small, resolvePolicy) } as const;

test("a small change is judged at once, without a thread", async () => {
  const { judges, started } = new Stage();
  expect(await judges.judge(small, "direct")).toEqual({
    status: "judged",
    ...judgementOf(small, resolvePolicy),
  });
  expect(started).toEqual([]);
});

test("a thread that takes too long is stopped, the change given to a new one once more, and then refused", async () => {
  const { judges, started, deadlines } = new Stage();
  const judging = judges.judge(middling, "direct");
  for (const attempt of [0, 1]) {
    while (deadlines.length <= attempt) await turn();
    deadlines[attempt]?.();
  }

  expect(await judging).toMatchObject({
    status: "refused",
    problem: {
      code: "evidence/not-judged",
      message: "This change could not be judged: it took longer than 3 minutes, two times.",
    },
  });
  expect(started.map(({ stopped }) => stopped)).toEqual([true, true]);
});

test("a thread that ends is replaced, and what the new one says counts", async () => {
  const { judges, started } = new Stage();
  const judging = judges.judge(middling, "direct");
  await until(() => started[0]?.asked.length === 1);
  started[0]?.asked[0]?.answer({ status: "ended", message: "out of memory" });
  await until(() => started[1]?.asked.length === 1);
  started[1]?.asked[0]?.answer(judged);

  expect(await judging).toMatchObject({ status: "judged", governed: true });
});

test("an error is an error, and the thread goes on with the next", async () => {
  const { judges, started } = new Stage();
  const failing = judges.judge(middling, "direct");
  await until(() => started[0]?.asked.length === 1);
  started[0]?.asked[0]?.answer({ status: "failed", message: "TypeError: of ours" });
  await expect(failing).rejects.toThrow("TypeError: of ours");

  const next = judges.judge(middling, "direct");
  await until(() => started[0]?.asked.length === 2);
  started[0]?.asked[1]?.answer(judged);
  expect(await next).toMatchObject({ status: "judged" });
  expect(started).toHaveLength(1);
});

test("large changes wait for one another, and others do not wait for them", async () => {
  const { judges, started } = new Stage();
  const slow = [judges.judge(large, "direct"), judges.judge(large, "direct")];
  const other = judges.judge(middling, "direct");
  await until(() => started.length === 2);

  expect(started.flatMap(({ asked }) => asked.map((each) => each.asked))).toEqual([large, middling]);
  started[1]?.asked[0]?.answer(judged);
  expect(await other).toMatchObject({ status: "judged" });
  started[0]?.asked[0]?.answer(judged);
  await until(() => started[0]?.asked.length === 2);
  started[0]?.asked[1]?.answer(judged);
  expect(await Promise.all(slow)).toHaveLength(2);
});

test("what was set aside leaves one thread to all others, and the next turn of its own", async () => {
  const { judges, started } = new Stage();
  const aside = [judges.judge(middling, "aside"), judges.judge(large, "aside")];
  await until(() => started.length === 1);
  await turn();
  expect(started).toHaveLength(1);

  const honest = [
    judges.judge(large, "direct"),
    judges.judge(large, "sweep"),
    judges.judge(middling, "direct"),
  ];
  await until(() => started.length === 2);
  for (let next = 0; next < honest.length; next++) {
    await until(() => started[1]?.asked.length === next + 1);
    started[1]?.asked[next]?.answer(judged);
  }
  expect(await Promise.all(honest)).toHaveLength(3);
  expect(started[0]?.asked).toHaveLength(1);
  started[0]?.asked[0]?.answer(judged);
  await until(() => started[0]?.asked.length === 2);
  started[0]?.asked[1]?.answer(judged);
  expect(await Promise.all(aside)).toHaveLength(2);
});

test("a large change is judged before what was set aside earlier", async () => {
  const { judges, started } = new Stage();
  const others = [judges.judge(large, "direct"), judges.judge(middling, "direct")];
  await until(() => started.length === 2);
  const aside = judges.judge(middling, "aside");
  const honest = judges.judge(large, "direct");
  started[0]?.asked[0]?.answer(judged);
  await until(() => started[0]?.asked.length === 2);
  expect(started[0]?.asked[1]?.asked).toBe(large);
  started[0]?.asked[1]?.answer(judged);
  await until(() => started[0]?.asked.length === 3);
  started[0]?.asked[2]?.answer(judged);
  started[1]?.asked[0]?.answer(judged);
  expect(await Promise.all([...others, honest, aside])).toHaveLength(4);
});

test("a real thread says the same as this one", async () => {
  const thread = startThread();
  try {
    expect(await thread.judge(middling)).toEqual({
      status: "judged",
      judgement: judgementOf(middling, resolvePolicy),
    });
  } finally {
    await thread.stop();
  }
});

test("a real thread that is stopped says so", async () => {
  const thread = startThread();
  const judging = thread.judge(middling);
  await thread.stop();
  expect(await judging).toMatchObject({ status: "ended" });
});

(platform === "linux" ? test : test.skip)(
  "a real thread lets the server go first, and nothing else of it",
  async () => {
    const before = priorities();
    const thread = startThread();
    try {
      await thread.judge(middling);
      const behind = Math.min(getPriority() + 5, 19);
      const now = priorities();
      expect(now.filter((each) => each === behind)).toHaveLength(
        before.filter((each) => each === behind).length + 1,
      );
      expect(now[0]).toBe(before[0]);
    } finally {
      await thread.stop();
    }
  },
);

/** Of all threads of this process, the main one first: proc_pid_stat(5) has the nice value as its 19th field. */
function priorities(): readonly number[] {
  const threads = readdirSync("/proc/self/task").toSorted((one, other) => Number(one) - Number(other));
  return threads.map((id) => {
    const fields = readFileSync(`/proc/self/task/${id}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return Number(fields[16]);
  });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await turn();
}
