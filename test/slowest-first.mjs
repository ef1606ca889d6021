import Sequencer from "@jest/test-sequencer";

/** They play for minutes, mostly waiting: begun last, they would be waited for alone. */
const SLOWEST = ["test/chaos/", "test/history/", "test/linear/", "test/store/postgres/", "test/attacks/e-"];

/** Jest's own order, after those of which it does not know before a first run how long they take. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = SLOWEST.findIndex((folder) => path.includes(folder));
      return place === -1 ? SLOWEST.length : place;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
