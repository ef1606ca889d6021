/** What a command ends with; scripts rely on it. */
export const EXIT = { pass: 0, wouldBlock: 1, notEvaluated: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
