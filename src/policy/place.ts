/** 1-based; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Path = readonly PropertyKey[];

/** Where each part of a file is. For a part that is missing, the nearest part around it. */
export interface Positions {
  key(path: Path): Position;
  value(path: Path): Position;
}
