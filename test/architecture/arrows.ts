import type { Room } from "../../scripts/architecture/rooms.ts";
import type { ImportGraph } from "./import-graph.ts";

/** Every import that the table of rooms does not allow, one sentence each. */
export function forbiddenArrows(graph: ImportGraph, rooms: readonly Room[]): readonly string[] {
  return [...graph].flatMap(([file, imported]) => {
    const from = roomOf(file, rooms);
    if (from === undefined) return [`${file} is in no room.`];
    return imported.flatMap((target) => objection({ file, from, target, to: roomOf(target, rooms) }));
  });
}

/** Rooms of the table that import a room below them in it, or one that it does not name. */
export function arrowsUpwards(rooms: readonly Room[]): readonly string[] {
  return rooms.flatMap(({ name, imports }, index) => {
    const above = rooms.slice(0, index).filter((room) => imports.some((entry) => covers(entry, room)));
    const unknown = imports.filter((entry) => !above.some((room) => covers(entry, room)));
    return unknown.map((entry) => `${name} may not import ${entry}, which is not above it in the table.`);
  });
}

interface Arrow {
  readonly file: string;
  readonly from: Room;
  readonly target: string;
  readonly to: Room | undefined;
}

function objection({ file, from, target, to }: Arrow): readonly string[] {
  if (to === undefined) return [`${file} imports ${target}, which is in no room.`];
  if (to === from) return [];
  if (!from.imports.some((entry) => covers(entry, to))) {
    return [`${file} imports ${target}: ${from.name} may not import ${to.name}.`];
  }
  if (to.door === undefined || to.door === target) return [];
  return [`${file} imports ${target}: other rooms import only ${to.door}.`];
}

function covers(entry: string, room: Room): boolean {
  if (entry.endsWith("/*")) return room.name.startsWith(entry.slice(0, -1));
  return entry === room.name || entry === room.group;
}

function roomOf(file: string, rooms: readonly Room[]): Room | undefined {
  const matches = rooms.flatMap((room) =>
    room.files
      .filter((entry) => (entry.endsWith("/") ? file.startsWith(entry) : file === entry))
      .map((entry) => ({ room, entry })),
  );
  return matches.toSorted((a, b) => b.entry.length - a.entry.length)[0]?.room;
}
