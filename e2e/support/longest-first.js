const { default: Sequencer } = require("@jest/test-sequencer");

/** Stories of a cluster's whole life take minutes; by their file names, the longest first. */
const LONG = [
  /each-feature/,
  /example-platform/,
  /everything/,
  /node-groups/,
  /example-production/,
  /cdktf-cli/,
  /traffic/,
  /reference/,
  /production/,
  /example-/,
];

/** Begins with the long stories, also on a machine that knows no durations from an earlier run. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b));
  }
};

function rank({ path }) {
  const found = LONG.findIndex((name) => name.test(path));
  return found === -1 ? LONG.length : found;
}
