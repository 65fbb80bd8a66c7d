/**
 * Loaded with `node --require` before the Playground: it listens on every address and has no option for it.
 * Whatever it opens is opened on 127.0.0.1 instead, so that nobody on the network reaches a bot without a lock.
 */
const net = require('node:net');

const LOOPBACK = '127.0.0.1';
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, second] = args;
  // listen(options, …): sockets of a path or a handle are local already.
  if (first !== null && typeof first === 'object') {
    if ('port' in first && first.port !== undefined) args[0] = { ...first, host: LOOPBACK };
    return listen.apply(this, args);
  }
  // listen(port, host?, backlog?, callback?)
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    if (typeof second === 'string') args[1] = LOOPBACK;
    else args.splice(1, 0, LOOPBACK);
    return listen.apply(this, args);
  }
  // listen(), listen(callback): any free port.
  if (first === undefined || first === null || typeof first === 'function') {
    const callback = args.find((arg) => typeof arg === 'function');
    return listen.apply(this, callback ? [0, LOOPBACK, callback] : [0, LOOPBACK]);
  }
  return listen.apply(this, args);
};
