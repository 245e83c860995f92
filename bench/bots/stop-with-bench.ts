/** Loaded before a bot (`node --import`), so that none outlives a benchmark that was killed. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening alone would keep a bot alive that has ended its work.
process.channel?.unref();
