import { describe, expect, test } from "@jest/globals";
import { atOnce } from "../../../src/app/work/at-once.ts";

const MB = 1024 * 1024;
const SECOND = 1_000;

interface Look {
  /** Milliseconds since the look before. */
  readonly after?: number;
  readonly busy: number;
  readonly memory?: number;
}

/** What is answered at each look. */
function played(looks: readonly Look[]): readonly number[] {
  let time = 0;
  let current: Look = { busy: 0 };
  const jobs = atOnce({
    busy: () => current.busy,
    memory: () => (current.memory ?? 150) * MB,
    now: () => time,
  });
  return looks.map((look) => {
    current = look;
    time += look.after ?? SECOND;
    return jobs();
  });
}

const times = (count: number, look: Look) => Array.from({ length: count }, () => look);

describe("how many jobs are in work at once", () => {
  test.each<readonly [what: string, looks: readonly Look[], jobs: readonly number[]]>([
    ["more and more while the process only waits", times(3, { busy: 0.2 }), [14, 18, 22]],
    ["never more than so many", times(8, { busy: 0 }).slice(0, 8), [14, 18, 22, 26, 30, 30, 30, 30]],
    [
      "as many as before while it neither waits nor is short of time",
      [{ busy: 0.2 }, { busy: 0.7 }],
      [14, 14],
    ],
    [
      "fewer again when the processor is what is short",
      [{ busy: 0.2 }, ...times(2, { busy: 0.95 })],
      [14, 10, 10],
    ],
    [
      "as few as ever as soon as memory is short",
      [...times(3, { busy: 0 }), { busy: 0, memory: 300 }],
      [14, 18, 22, 10],
    ],
    [
      "no others before the process has been looked at for a while",
      [
        { busy: 0, after: 100 },
        { busy: 0, after: 300 },
        { busy: 0, after: 300 },
      ],
      [10, 10, 14],
    ],
  ])("%s", (_, looks, jobs) => {
    expect(played(looks)).toEqual(jobs);
  });
});
