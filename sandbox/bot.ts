/**
 * Loaded into the bot's process before the bot itself (`node --import`), which is then started as anywhere else and knows
 * nothing of it: when the sandbox is gone, however it went, the channel to it closes and the bot stops as on SIGTERM.
 */
process.once('disconnect', () => {
  const isHeard = process.emit('SIGTERM', 'SIGTERM');
  if (!isHeard) process.exit();
});

// Listening would keep the process alive; a bot that has stopped by itself may go.
process.channel?.unref();

export {};
