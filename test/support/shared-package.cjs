/**
 * Large packages that keep no state of a test are loaded once by each worker, not once by each suite, which took a third of
 * the time of all the tests.
 */
module.exports = {
  process: (_, path) => ({ code: `module.exports = requireShared(${JSON.stringify(path)});` }),
  getCacheKey: (_, path) => path,
};
