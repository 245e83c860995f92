/** Loaded before a bot (`node --import`): profiles it between the messages `profile` and `profiled`, to which it answers with the profile. */
import { Session } from 'node:inspector/promises';

const SAMPLE_EVERY_US = 250;
const session = new Session();
session.connect();

process.on('message', async (message) => {
  if (message === 'profile') {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
    await session.post('Profiler.start');
  } else if (message === 'profiled') {
    const { profile } = await session.post('Profiler.stop');
    process.send?.(profile);
  }
});
process.channel?.unref();
