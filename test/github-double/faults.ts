export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** As in the request log. */
  readonly operation: string;
  readonly body: unknown;
}

export interface RawResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Fault {
  readonly match: (request: SeenRequest) => boolean;
  /** How often it strikes; default: always. */
  readonly times?: number;
  /** An answer instead of the real one, none at all, or the real one changed. */
  readonly respond: RawResponse | "hang" | ((real: RawResponse) => RawResponse);
}

/** What goes wrong between the app and GitHub. */
export class Faults {
  #faults: { readonly fault: Fault; left: number }[] = [];

  /** Gives a function that takes the fault away again. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#faults.push(entry);
    return () => {
      this.#faults = this.#faults.filter((each) => each !== entry);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  strike(request: SeenRequest): Fault["respond"] | null {
    const entry = this.#faults.find(({ fault, left }) => left > 0 && fault.match(request));
    if (!entry) return null;
    entry.left -= 1;
    return entry.fault.respond;
  }
}
