const { default: Sequencer } = require('@jest/test-sequencer');

/** They take longest, from half a minute on. */
const slow = [
  'cards',
  'features/session-changes',
  'features/permissions',
  'features/last-seat',
  'security/security',
  'faults/teams',
  'faults/database-away',
  'features/lost-channel',
];

/**
 * Begins with the slowest suites, so that none is left alone at the end: on a new machine jest knows no times, and begins
 * with the largest files.
 */
module.exports = class extends Sequencer {
  async sort(tests) {
    const rank = ({ path }) => {
      const at = slow.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? slow.length : at;
    };
    return (await super.sort(tests)).toSorted((a, b) => rank(a) - rank(b));
  }
};
