/**
 * Loaded with `node --require`: ends this process when the one that started it is gone without saying
 * goodbye (killed, crashed), so that no port stays taken by a bot that nobody sees.
 */
const parent = Number(process.env.PASSERELLE_DEV_PID);

if (parent > 0) {
  const watch = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      // EPERM: it lives, under another name.
      if (error.code === 'ESRCH') process.exit(0);
    }
  }, 1000);
  watch.unref();
}
