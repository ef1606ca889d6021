import type { Notation } from "../reading/part.ts";
import type { Check } from "./check.ts";
import type { Absence, Except, Family, Row, Table } from "./row.ts";

interface SettingPath {
  readonly path: string;
  /** The last key of the path. */
  readonly key: string;
  /** The path as people write it. */
  readonly name: string;
}

/** A row as the engine looks it up: for one type, or for any part of its notations. */
export interface Setting {
  readonly of: ReadonlySet<Notation>;
  readonly type: string;
  /** The block that may stand there any number of times, each judged by itself. */
  readonly holder: string | undefined;
  /** One for each name of the setting. */
  readonly paths: readonly SettingPath[];
  /** For people. */
  readonly name: string;
  readonly check: Check;
  readonly absence: Absence;
  readonly why: string;
  readonly except: Except | undefined;
}

const ANY = "*";

/** All that is known of a family, by type. */
export interface Settings {
  readonly byType: ReadonlyMap<string, readonly Setting[]>;
  readonly anywhere: readonly Setting[];
  /** The names of those that may stand anywhere. */
  readonly names: ReadonlySet<string>;
}

export function settingsOf({ id, why }: Family, tables: readonly Table[]): Settings {
  const all = tables.flatMap(({ of, rows }) =>
    (rows[id] ?? []).flatMap((row) => settingsIn(row, new Set(of), why)),
  );
  const anywhere = all.filter(({ type }) => type === ANY);
  return {
    byType: Map.groupBy(
      all.filter(({ type }) => type !== ANY),
      ({ type }) => type,
    ),
    anywhere,
    names: new Set(anywhere.flatMap(({ paths }) => paths.map(({ key }) => key))),
  };
}

function settingsIn(
  [types, paths, check, absence, own, except]: Row,
  of: ReadonlySet<Notation>,
  why: string,
) {
  return types.split(" ").map((type): Setting => {
    const prefix = type.startsWith("AWS::") ? "Properties." : "";
    const [holder, inner] = paths.includes("?.") ? paths.split("?.") : [undefined, paths];
    const names = (inner ?? "").split(" ");
    return {
      of,
      type,
      holder: holder === undefined ? undefined : `${prefix}${holder}`,
      paths: names.map((name) => ({
        path: holder === undefined ? `${prefix}${name}` : name,
        key: name.slice(name.lastIndexOf(".") + 1),
        name,
      })),
      name: names[0] ?? "",
      check,
      absence,
      why: own ?? why,
      except,
    };
  });
}
