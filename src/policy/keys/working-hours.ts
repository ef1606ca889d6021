import * as z from "zod";
import { repositoryIfSet } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { owner } from "./accounts.ts";
import { described, key, type Written } from "./key.ts";

const WEEKDAYS: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = `(?:${WEEKDAYS.join("|")})`;

const HOURS = {
  zone: described({
    schema: z.string().min(1).max(LIMITS.nameLength),
    title: "a time zone of the tz database, such as Europe/Berlin",
    description: "The time zone, by its name in the tz database.",
    default: { written: "UTC" },
    examples: ["Europe/Berlin"],
  }).exactOptional(),
  days: described({
    schema: z.string().regex(new RegExp(`^${DAY}(?:-${DAY}|(?:,${DAY})*)$`)),
    title: "a range of days, such as mon-fri, or a list, such as mon,wed,fri",
    description: "The working days.",
    default: { written: "mon-fri" },
    examples: ["sun-thu"],
  }).exactOptional(),
  start: described({
    schema: z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/),
    title: 'a time of day, such as "09:00"',
    description: "When the working day begins.",
    default: { written: "09:00" },
    examples: ["08:30"],
  }).exactOptional(),
  end: described({
    schema: z.string().regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/),
    title: 'a time of day, such as "17:00"',
    description: "When it ends.",
    default: { written: "17:00" },
    examples: ["18:00"],
  }).exactOptional(),
};

const ofTeam = z.strictObject({
  team: described({
    schema: owner,
    description: "The team.",
    default: { text: "none (required)", value: null },
    examples: ["@acme/sre-apac"],
  }),
  ...HOURS,
});

const hours = z.strictObject({
  ...HOURS,
  teams: described({
    schema: z.array(ofTeam).max(LIMITS.owners),
    description: "Hours of single teams. What one leaves out is as above.",
    default: { text: "none", value: [] },
    examples: [[{ team: "@acme/sre-apac", zone: "Asia/Tokyo" }]],
  }).exactOptional(),
});

export type HoursConfig = Written<typeof hours>;

/** When somebody works. */
export interface Hours {
  /** A name of the tz database. */
  readonly zone: string;
  /** From 1 for Monday to 7, as ISO 8601 counts. */
  readonly days: readonly number[];
  /** Minutes after midnight, by the clock on the wall; `end` is the first moment after it. */
  readonly start: number;
  readonly end: number;
}

export interface WorkingHours extends Hours {
  /** By team, `org/slug`, lower-cased. */
  readonly teams: Readonly<Record<string, Hours>>;
}

const DEFAULT: Hours = { zone: "UTC", days: [1, 2, 3, 4, 5], start: 9 * 60, end: 17 * 60 };

export const workingHours = key({
  schema: hours,
  description: "When people work: `respond-within` and the days of a line are counted in this time.",
  default: { text: "Monday to Friday, 09:00 to 17:00 UTC", value: { ...DEFAULT, teams: {} } },
  examples: [{ zone: "Europe/Berlin", days: "mon-fri", start: "09:00", end: "17:00" }],
  floor: repositoryIfSet<WorkingHours>(),
  read: readWorkingHours,
});

function readWorkingHours({ teams = [], ...own }: HoursConfig): WorkingHours {
  const all = readHours(own, DEFAULT);
  return {
    ...all,
    teams: Object.fromEntries(
      teams.map(({ team, ...written }) => [team.replace(/^@/, "").toLowerCase(), readHours(written, all)]),
    ),
  };
}

function readHours({ zone, days, start, end }: Omit<HoursConfig, "teams">, otherwise: Hours): Hours {
  return {
    zone: zone ?? otherwise.zone,
    days: days === undefined ? otherwise.days : readDays(days),
    start: start === undefined ? otherwise.start : minutesIn(start),
    end: end === undefined ? otherwise.end : minutesIn(end),
  };
}

/** A range may go over the end of the week. */
function readDays(text: string): readonly number[] {
  const numbers = text.split(/[-,]/).map((day) => WEEKDAYS.indexOf(day) + 1);
  const [first = 1, last = 1] = numbers;
  if (!text.includes("-")) return [...new Set(numbers)].toSorted();
  const length = (last - first + 7) % 7;
  return Array.from({ length: length + 1 }, (_, index) => ((first - 1 + index) % 7) + 1).toSorted();
}

export function minutesIn(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * 60 + minute;
}
