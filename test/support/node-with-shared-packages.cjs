const { TestEnvironment } = require('jest-environment-node');

/** Node, with a way to what the worker has loaded itself: see shared-package.cjs. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireShared = require;
  }
};
