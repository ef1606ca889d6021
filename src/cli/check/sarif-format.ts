import { EXIT } from "../exit-code.ts";
import { outcomeOf } from "../outcome.ts";
import { printJson } from "../output/print.ts";
import { headlineText } from "../report/report.ts";
import { ownPackage } from "../version.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import type { Format } from "./format.ts";

/*
 * SARIF 2.1.0 (OASIS standard with errata 01). What lies in a file is a result; what does not is a notification of the
 * tool, because code scanning refuses results without a place.
 */

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export const SARIF: Format = {
  printChecked(terminal, checked) {
    const annotations = checked.verdict === null ? [] : annotationsOf(checked.verdict);
    const exitCode = EXIT[outcomeOf(checked.verdict)];
    const notifications = annotations
      .filter(({ place }) => place === null)
      .map(({ level, message }) => ({ level: LEVELS[level], message: messageOf(message) }));
    const summary = { level: "note", message: messageOf(headlineText(checked)) } as const;
    printJson(terminal, logOf(annotations, { exitCode, notifications: [summary, ...notifications] }));
  },
  printFailure(terminal, message) {
    const notifications = [{ level: "error", message: messageOf(message) } as const];
    printJson(terminal, logOf([], { exitCode: EXIT.notEvaluated, notifications }));
  },
};

const LEVELS = { error: "error", warning: "warning", notice: "note" } as const;

interface Message {
  readonly text: string;
}

interface Notification {
  readonly level: (typeof LEVELS)[Annotation["level"]];
  readonly message: Message;
}

interface Invocation {
  readonly exitCode: number;
  readonly notifications: readonly Notification[];
}

function logOf(annotations: readonly Annotation[], { exitCode, notifications }: Invocation) {
  const rules = [...new Set(annotations.map(({ rule }) => rule))];
  const { version, homepage } = ownPackage();
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "countersign",
            version,
            informationUri: homepage,
            rules: rules.map((id) => ({ id })),
          },
        },
        invocations: [
          {
            executionSuccessful: exitCode !== EXIT.notEvaluated,
            exitCode,
            toolExecutionNotifications: notifications,
          },
        ],
        results: annotations.flatMap((annotation) => resultOf(annotation, rules)),
      },
    ],
  };
}

function resultOf({ level, rule, message, place }: Annotation, rules: readonly string[]) {
  if (place === null) return [];
  const { file, line, column } = place;
  return [
    {
      ruleId: rule,
      ruleIndex: rules.indexOf(rule),
      level: LEVELS[level],
      message: messageOf(message),
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file), uriBaseId: "%SRCROOT%" },
            ...(line !== undefined && {
              region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
            }),
          },
        },
      ],
    },
  ];
}

/** A path as a relative reference (RFC 3986), whatever stands in it. */
function uriOf(path: string): string {
  return path
    .split("/")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/");
}

/** Plain text in which nothing is a placeholder (3.11.5) or a link (3.11.6). */
function messageOf(text: string): Message {
  return { text: text.replace(/[{}]/g, "$&$&").replaceAll("](", "] (") };
}
