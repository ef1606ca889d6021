/** What is known of the time that people have and had. All moments are ISO 8601 UTC. */

/** Facts of one pull request, and of those beside it. Whoever cannot tell one leaves it out: it then holds nobody up. */
export interface TimeFacts {
  /** Those whose review is asked for now, and since when. */
  readonly requests: readonly ReviewRequest[];
  /** Requests that were made before, whether they stand or were answered; left out for none. */
  readonly earlierRequests?: readonly ReviewRequest[];
  /** When people first wrote a comment on it, by account id, as far as it is known. */
  readonly firstComments: Readonly<Record<number, string>>;
  /** When its author last pushed or replied; left out where nobody heard. */
  readonly activeAt?: string;
  /** The text of `.gitattributes` at the root of the base. */
  readonly attributes?: string;
  /** How many reviews of other open pull requests wait for somebody in the installation, by account id. */
  readonly load?: Readonly<Record<number, number>>;
  /** The changes that stand in the lines of the repository's areas, this one among them. */
  readonly lines?: readonly LinePlace[];
}

/** A login, or a team's slug, as GitHub writes it. */
export interface ReviewRequest {
  readonly kind: "user" | "team";
  readonly name: string;
  readonly at: string;
}

/** The place of one change in the line of an area: whoever came first is asked about first. */
export interface LinePlace {
  readonly area: string;
  readonly pull: number;
  readonly since: string;
  /** Its author may not write to the repository, so it stands behind all others. */
  readonly outside?: true;
}

/** How long something has stood in the open. */
export interface ClockRecord {
  /** What it belongs to; the same for the same content, whatever commits make it. */
  readonly key: string;
  /** When it was first seen. */
  readonly first: string;
  /** Milliseconds that it had run when it was stopped last. */
  readonly ran: number;
  /** Since when it runs; `null` while it is stopped. */
  readonly since: string | null;
}

/** A change takes a place, or keeps it. */
export interface LineRecord {
  readonly area: string;
  readonly since: string;
  /** Its owners are asked about it. */
  readonly asked: boolean;
  /** How many changes they are asked about at once. */
  readonly most: number;
  /** Its author may not write to the repository. */
  readonly outside?: true;
}
