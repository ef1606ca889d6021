const HOUR_MS = 60 * 60_000;

/** GitHub does not document what an App may ask as itself; 5,000 is what it grants anybody. The App asks for other things too. */
const MOST_AN_HOUR = 4_000;

/** Kept for what only people with rights can cause: nobody else can use up the requests that tell of it. */
const KEPT_FOR_RIGHTS = 600;

export interface HourPorts {
  readonly now: () => Date;
  readonly everyMs: number;
}

/** What looks may cost: `idle` where nothing happens, `most` whatever happens. */
export function hourlyCost(everyMs: number): { readonly idle: number; readonly most: number } {
  return { idle: Math.ceil(HOUR_MS / everyMs), most: MOST_AN_HOUR };
}

/** The requests of one hour. Looks to come are set aside in it, so that new deliveries are always heard of. */
export class Hour {
  readonly #ports: HourPorts;
  #ends = 0;
  #spent = 0;

  constructor(ports: HourPorts) {
    this.#ports = ports;
  }

  spend(): void {
    this.#roll();
    this.#spent += 1;
  }

  /** Whether there may be one request more than the looks themselves. */
  allows({ needsRights }: { readonly needsRights: boolean }): boolean {
    const now = this.#roll();
    const looks = Math.ceil((this.#ends - now) / this.#ports.everyMs);
    const spare = MOST_AN_HOUR - this.#spent - looks;
    return spare > (needsRights ? 0 : KEPT_FOR_RIGHTS);
  }

  #roll(): number {
    const now = this.#ports.now().getTime();
    if (now >= this.#ends) {
      this.#ends = now + HOUR_MS;
      this.#spent = 0;
    }
    return now;
  }
}
