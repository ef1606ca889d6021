import { z } from "zod";
import { APP_EVENTS, APP_PERMISSIONS } from "../test/gate/manifest.ts";
import { type Act, type ActionName, type Answer, perform } from "./actions.ts";
import { type Stage, setStage } from "./stage.ts";
import { openPulls } from "./story.ts";

export interface ShowOptions {
  readonly appId: number;
  readonly publicKey: string;
  readonly secret: string;
  /** Where the app listens, or will. */
  readonly app: string;
  /** Resolves when a fresh app answers. */
  readonly freshApp: (api: string) => Promise<void>;
}

const health = z.object({ active: z.int() });

/** The story as it stands: it goes on with every act, and can begin anew. */
export class Show {
  #stage: Stage;
  readonly #options: ShowOptions;
  /** GitHub's last answer in each pull request, where it was worth showing. */
  readonly #answers = new Map<number, Answer>();
  #beginning: Promise<void> = Promise.resolve();

  private constructor(stage: Stage, options: ShowOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  static async begin(options: ShowOptions): Promise<Show> {
    const show = new Show(await setStage(options.appId, 0), options);
    await show.#open();
    return show;
  }

  get stage(): Stage {
    return this.#stage;
  }

  answerIn(pull: number): Answer | undefined {
    return this.#answers.get(pull);
  }

  act(name: ActionName, act: Act): Answer {
    const answer = perform(this.#stage, name, act);
    if (answer.message === "") this.#answers.delete(act.pull.number);
    else this.#answers.set(act.pull.number, answer);
    return answer;
  }

  /** A new GitHub under the same address, and a new app that knows nothing of the old one. */
  startOver(): Promise<void> {
    this.#beginning = this.#beginning.then(async () => {
      const { port } = this.#stage.double;
      await this.#stage.double.stop();
      this.#answers.clear();
      this.#stage = await setStage(this.#options.appId, port);
      await this.#open();
    });
    return this.#beginning;
  }

  /** True when every delivery is answered and the app has nothing left to do. */
  async settled(): Promise<boolean> {
    const { webhooks } = this.#stage.double;
    const seen = webhooks.deliveries.length;
    await webhooks.settled();
    const answer = await fetch(`${this.#options.app}/healthz`);
    const { active } = health.parse(await answer.json());
    return active === 0 && webhooks.deliveries.length === seen;
  }

  async stop(): Promise<void> {
    await this.#stage.double.stop();
  }

  async #open(): Promise<void> {
    const { double, acme } = this.#stage;
    const { appId, publicKey, secret, app } = this.#options;
    double.connectApp({
      appId,
      privateKeyPublicPem: publicKey,
      secret,
      webhookUrl: `${app}/api/github/webhooks`,
      installationAccount: acme,
      permissions: APP_PERMISSIONS,
      events: APP_EVENTS,
    });
    await this.#options.freshApp(double.apiHost);
    openPulls(this.#stage);
  }
}
