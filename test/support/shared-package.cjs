/** Large packages that keep no state of a test are loaded once by each worker: they would cost each suite about a second. */
module.exports = {
  process: (_, path) => ({ code: `module.exports = requireShared(${JSON.stringify(path)});` }),
  getCacheKey: (_, path) => path,
};
