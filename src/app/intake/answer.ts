/** What the server answers. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string;
}

export function json(status: number, value: object): Answer {
  return { status, contentType: "application/json", text: JSON.stringify(value) };
}

export function problem(status: number, error: string): Answer {
  return json(status, { error });
}
