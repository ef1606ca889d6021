import type { ConfigFile } from "../keys/config.ts";
import { type HoursConfig, minutesIn } from "../keys/working-hours.ts";
import type { Path } from "../place.ts";
import { show, showPath } from "../show.ts";
import type { OwnerCheck } from "./validate-owner.ts";
import type { Finding } from "./validate-schema.ts";

type HoursOf = Omit<HoursConfig, "teams">;

const PLACE = ["time", "working-hours"] as const;

/** Hours that no clock shows, and teams that are none. */
export function validateHours({ time }: ConfigFile, checkOwner: OwnerCheck): readonly Finding[] {
  const { teams = [], ...own } = time?.["working-hours"] ?? {};
  return [
    ...checkHours(own, PLACE, {}),
    ...teams.flatMap(({ team, ...hours }, index) => {
      const path = [...PLACE, "teams", index];
      return [...checkTeam(team, [...path, "team"], checkOwner), ...checkHours(hours, path, own)];
    }),
  ];
}

function checkTeam(team: string, path: Path, checkOwner: OwnerCheck): readonly Finding[] {
  if (/^@[^/]+\/[^/]+$/.test(team)) return checkOwner(team, path);
  const message = `${showPath(path)} is ${show(team)}, which is no team.`;
  return [invalid(path, message, "Write a team as in CODEOWNERS, such as @acme/sre.")];
}

function checkHours(hours: HoursOf, path: Path, around: HoursOf): readonly Finding[] {
  const { zone } = hours;
  const { start = "09:00", end = "17:00" } = { ...around, ...hours };
  const zones =
    zone === undefined || isZone(zone)
      ? []
      : [
          invalid(
            [...path, "zone"],
            `${showPath([...path, "zone"])} is ${show(zone)}, which is no time zone.`,
            "Write its name in the tz database, such as Europe/Berlin.",
          ),
        ];
  if (minutesIn(start) < minutesIn(end)) return zones;
  const at = [...path, hours.end === undefined ? "start" : "end"];
  const message = `${showPath(path)} begins at ${show(start)} and ends at ${show(end)}, which is not later.`;
  return [...zones, invalid(at, message, "Let the working day end after it begins, on the same day.")];
}

function isZone(name: string): boolean {
  try {
    return (
      /^[A-Za-z]/.test(name) &&
      new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== ""
    );
  } catch {
    return false;
  }
}

function invalid(path: Path, message: string, remedy: string): Finding {
  return { code: "config/invalid-value", path, at: "value", message, remedy };
}
