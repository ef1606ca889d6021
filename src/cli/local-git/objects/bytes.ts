import { isUtf8 } from "node:buffer";

/**
 * Text as git holds it: UTF-8 mostly, but a path or a name may be any bytes. Bytes that are no UTF-8 become `\xff`,
 * so that the result stays plain text and shows what is there.
 */
export function decodeBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isUtf8(bytes.subarray(at, at + n)));
    text +=
      length === undefined
        ? `\\x${bytes.toString("hex", at, at + 1)}`
        : bytes.toString("utf8", at, at + length);
    at += length ?? 1;
  }
  return text;
}
