import type { Annotation, CheckWrite } from "../../github/writing/write.ts";
import type { Publication } from "./port.ts";

/** A check as it is written: its annotations with their places. */
export function checkWriteOf({
  name,
  existing,
  conclusion,
  explanation,
  detailsUrl,
}: Publication): CheckWrite {
  const annotations = explanation.annotations.map(
    ({ path, line, level, title, message }): Annotation => ({
      path,
      startLine: line,
      endLine: line,
      level,
      title,
      message,
    }),
  );
  return {
    ...{ name, existing, conclusion, report: { ...explanation, annotations } },
    ...(detailsUrl !== undefined && { detailsUrl }),
  };
}
