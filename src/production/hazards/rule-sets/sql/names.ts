export const NAME =
  '((?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\])(?:\\.(?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\]))*)';

export const plain = (name: string) => name.replaceAll(/["`[\]]/g, "");

/** A name as it is compared; the schema that most tables stand in need not be said. */
export const full = (name: string) =>
  plain(name)
    .toLowerCase()
    .replace(/^(?:public|dbo|main)\./, "");
